"""The certificate and the plaque of a title as PDF. The template is ours; names reach it as data alone."""

from io import BytesIO
from pathlib import Path

import segno
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zhongchuang.filing.changing import lines
from zhongchuang.gap import words
from zhongchuang.page.typesetting import fonts, typeset

TEMPLATE = Path(__file__).parent / "certificate.typ"


def public_address(title):
    """Where anybody checks the title."""
    return settings.SITE_ADDRESS + title.get_absolute_url()


def qr(title):
    """That address as a picture for cameras, SVG."""
    picture = BytesIO()
    segno.make(public_address(title), error="m").save(picture, kind="svg", scale=6, border=2)
    return picture.getvalue().decode()


def pdf(title):
    """One sheet, A4 across."""
    return typeset(TEMPLATE, content(title))


def content(title):
    """All that the template prints, in words."""
    term = _("from %(first)s, without end") % {"first": date_format(title.since)}
    if title.until:
        term = _("%(first)s to %(last)s") % {"first": date_format(title.since), "last": date_format(title.last_day)}  # fmt: skip
    return {
        "fonts": fonts(),
        "lang": "zh" if words.chinese() else "en",
        "site": str(settings.SITE["name"]),
        "title": title.name,
        "space": title.of_space,
        "rows": [
            [_("Operator"), title.of_operator],
            [pgettext("title", "Number"), title.number],
            [_("Holds"), term],
            [_("Granted by"), title.department.name],
            *changed(title),
        ],
        "qr": qr(title),
        "check": _("Scan to check whether it still holds"),
        "address": public_address(title),
    }


MOST = 4
"""So many changes find room on the sheet, the latest ones; all stand on the page of the title."""


def changed(title):
    """A row for each registered change: its day, and what is new."""
    return [
        [_("Changed on %(day)s") % {"day": date_format(line.change.on)}, "；".join(f"{one.label} {one.old or '–'} → {one.new or '–'}" for one in fields)]
        for line, fields in reversed(lines(title)[:MOST])
    ]  # fmt: skip
