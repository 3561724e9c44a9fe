"""A visit as an entry of a calendar (RFC 5545)."""

from datetime import UTC

from django.conf import settings

LONGEST = 74
"""Bytes of a line; what is longer goes on in the next one after a blank."""


def ics(visit):
    """The file that calendars read."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Zhongchuang//Visits//ZH", "METHOD:PUBLISH", "BEGIN:VEVENT",
        f"UID:{visit.key}", f"SEQUENCE:{visit.version}", f"DTSTAMP:{utc(visit.planned)}", f"DTSTART:{utc(visit.begins)}",
        f"SUMMARY:{escaped(f'{visit.case.space.name} {visit.case.number}')}", f"LOCATION:{escaped(visit.place)}",
        f"DESCRIPTION:{escaped(described(visit))}", f"URL:{settings.SITE_ADDRESS}{visit.get_absolute_url()}",
        f"STATUS:{'CANCELLED' if visit.state == visit.Standing.CANCELLED else 'CONFIRMED'}", "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    return "".join(f"{folded(one)}\r\n" for one in lines).encode()


def described(visit):
    return "\n".join(one for one in (visit.names, visit.others, visit.ready) if one)


def utc(moment):
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(text):
    """Text in which no sign of the format is left."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    plain = "".join(one for one in text.replace("\r\n", "\n") if one == "\n" or one.isprintable())
    return plain.replace("\n", "\\n")


def folded(line):
    """A line broken where it is too long, never within a character."""
    parts, size = [""], 0
    for sign in line:
        width = len(sign.encode())
        if size + width > LONGEST:
            parts.append("")
            size = 1
        parts[-1] += sign
        size += width
    return "\r\n ".join(parts)
