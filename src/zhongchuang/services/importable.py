"""How services and mentors stand in workbooks."""

from collections import defaultdict
from types import MappingProxyType

from django.utils.translation import gettext_noop

from zhongchuang.imports.declaration import Column
from zhongchuang.ledgers.importable.columns import aliases, column_of
from zhongchuang.ledgers.importable.rows import Sheet
from zhongchuang.residents.importable.references import OfResidents
from zhongchuang.services.models import Appointment, Mentor
from zhongchuang.spaces.importable.columns import fault

OF_MENTOR = ("name", "employer", "position", "field", "level")


class ServedSheet(Sheet):
    """Something done for residents."""

    references = MappingProxyType({"residents": OfResidents()})


class OfMentor:
    """A mentor by name and employer, among those who are or were appointed at the space."""

    def columns(self, ledger, label):
        return [
            Column("mentor", label, required=True, longest=100, aliases=aliases(ledger, "mentor")),
            column_of(Mentor, "employer", ledger=ledger, required=False),
        ]

    def known(self, space):
        found = {}
        for one in Appointment.objects.standing().filter(space=space).select_related("mentor"):
            found.setdefault(one.mentor.name, []).append(one)
        return found

    def row_of(self, line, name):
        return {name: line.mentor.name, "employer": line.mentor.employer}

    def find(self, place, name, row, known):
        """The mentor, who was appointed here on the day of the row."""
        named = known.get(row[name], [])
        if row["employer"]:
            named = [one for one in named if one.mentor.employer == row["employer"]]
        people = {one.mentor_id: one.mentor for one in named}
        if len(people) != 1:
            message = gettext_noop("“%(found)s” names no mentor of this space, or several. Compare name and employer with the ledger of mentors.")  # fmt: skip
            return None, [fault(place, name, "unknown_mentor", message, found=row[name])]
        day = row["day"]
        if not any(one.day <= day and (one.until is None or one.until > day) for one in named):
            message = gettext_noop("On that day %(mentor)s was not appointed here. Correct the day, or the appointment.")  # fmt: skip
            return None, [fault(place, "day", "not_appointed", message, mentor=row[name])]
        return next(iter(people.values())), []


class SessionSheet(ServedSheet):
    """Advice of mentors."""

    references = MappingProxyType({"mentor": OfMentor(), "residents": OfResidents()})

    def __init__(self, ledger):
        known_by = ("day", "mentor", "topic", "residents")
        super().__init__(ledger, known_by=known_by, happened=True)


class OfPerson:
    """The mentor of an appointment: one of this name and employer is known already, else he or she is recorded anew."""

    def columns(self, ledger, label):
        return [column_of(Mentor, name, ledger=ledger) for name in OF_MENTOR]

    def known(self, space):
        mine = Mentor.objects.filter(operator=space.operator_id)
        return {(one.name, one.employer): one for one in mine} | {"operator": space.operator}

    def row_of(self, line, name):
        return {one: getattr(line.mentor, one) for one in OF_MENTOR}

    def find(self, place, name, row, known):
        key = (row["name"], row["employer"] or "")
        if key not in known:
            plain = {one: row[one] or "" for one in OF_MENTOR}
            known[key] = Mentor(operator=known["operator"], **plain)
        return known[key], []


class MentorSheet(Sheet):
    """Appointments with who is appointed."""

    references = MappingProxyType({"mentor": OfPerson()})

    def __init__(self, ledger):
        super().__init__(ledger, known_by=("mentor", "day"))

    @property
    def names(self):
        return ["mentor", *self.ledger.form._meta.fields]

    def values(self, place, row, known):
        """The line with its number keeps its mentor, whose name may change."""
        values, faults = super().values(place, row, known)
        if line := known.lines.get(row["line"]):
            people = known.references["mentor"]
            values["mentor"] = people.setdefault((line.mentor.name, line.mentor.employer), line.mentor)  # fmt: skip
        return values, faults

    def beside(self, place, values, line, known):
        """One who is appointed is not appointed once more."""
        own = line.pk if line else f"row {place}"
        day = values["day"]
        until = values["until"] or (line and line.until)
        held = self.spans(known)[key_of(values["mentor"])]
        stands = line and (day, until) == (line.day, line.until)
        for other, (begun, gone) in held.items() if not stands else ():
            if other != own and (gone is None or gone > day) and (until is None or until > begun):
                yield fault(
                    place, "day", "appointed",
                    gettext_noop("This mentor is appointed here since %(day)s already. Compare the days of both lines."),
                    day=begun.isoformat(),
                )  # fmt: skip
                return
        held[own] = (day, until)

    def spans(self, known):
        """When who is appointed, of the lines that stand and of the rows so far."""
        if "spans" not in known.references:
            known.references["spans"] = found = defaultdict(dict)
            for one in known.lines.values():
                found[key_of(one.mentor)][one.pk] = (one.day, one.until)
        return known.references["spans"]

    def differs(self, item, known):
        return bool(self.changes(item))

    def changes(self, item):
        """What a row says of the mentor that is not recorded so."""
        who = item.values.get("mentor") or item.line.mentor
        given = {name: item.row[name] for name in OF_MENTOR if item.row[name] is not None}
        return {name: value for name, value in given.items() if getattr(who, name) != value}

    def add(self, batch, work, item):
        who = item.values["mentor"]
        if who.pk is None and not any(one is who for one in batch.created[Mentor]):
            batch.add(who)
        super().add(batch, work, item)

    def change(self, batch, work, item):
        if changed := self.changes(item):
            people = work.known.references["mentor"]
            who = people.get(key_of(item.line.mentor), item.line.mentor)
            batch.change(who, changed, verb="mentor_changed")
        if item.values:
            super().change(batch, work, item)


def key_of(mentor):
    return mentor.name, mentor.employer
