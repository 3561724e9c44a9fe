"""Credit records from before the platform, one a row."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from zhongchuang.credit.access import in_reach
from zhongchuang.credit.models import Record
from zhongchuang.credit.rules import choices, matters, shown_until
from zhongchuang.filing.importable.columns import (
    credit_code,
    day_after,
    doubled,
    endless,
    no_operator,
    operators,
    otherwise,
)
from zhongchuang.filing.importable.named import NamedSpaces
from zhongchuang.imports.declaration import Column
from zhongchuang.past.importable.rows import aliases, checked
from zhongchuang.spaces.actions.imported import parts
from zhongchuang.spaces.importable.columns import fault

SAME = ("operator_id", "space_id", "matter", "basis", "day")
COMPARED = ("words", "until", "number")


def columns():
    answers = {word: one for one in matters() for word in aliases(one, "choices")}
    return (
        credit_code(_("Unified social credit code of the operator")),
        Column("space", _("Space"), longest=200, aliases=aliases("space"), about=_("Where it is about one space alone: its name or code in the register. Blank: the operator as a whole.")),
        Column("matter", _("Matter"), "choice", required=True, choices=tuple(choices()), answers=answers, aliases=aliases("matter")),
        Column("basis", _("Basis"), required=True, longest=300, aliases=aliases("basis"), about=_("Document and article by which it is recorded, with its number.")),
        Column("words", _("Facts found"), required=True, longest=1000, aliases=aliases("words"), about=_("What was found. The operator reads it. No names of people.")),
        Column("day", _("Found on"), "day", required=True, aliases=aliases("found")),
        Column("last_day", _("Shown until"), "day", aliases=aliases("shown_until"), about=_("The last day on which it is shown. Blank: as long as the platform shows this matter.")),
        Column("number", _("Number of the decision"), longest=40, aliases=aliases("number_of_decision"), about=_("Where it rests on one, such as a title that was revoked.")),
    )  # fmt: skip


class OfCredit:
    """The rows beside the operators of the reach, their spaces, and the records that stand already."""

    def __init__(self, rows, *, by):
        self.by, self.today = by, timezone.localdate()
        self.operators = operators(rows)
        self.spaces = NamedSpaces([row for row in rows if row and row["space"]], by=by)
        self.seen, self.known, self.here = {}, {}, set()
        for some in parts(sorted(one.pk for one in self.operators.values())):
            self.here |= set(in_reach(by).filter(pk__in=some).values_list("pk", flat=True))
            for one in Record.objects.filter(operator__in=some):
                self.known[key(one)] = one

    def look(self, place, row, plan):
        """The fate of one row; the record that it would make joins the plan with its place."""
        operator = self.operators.get(row["credit_code"])
        space = self.spaces.of(row) if row["space"] else None
        plan.faults += (found := [*self.of_names(place, row, operator, space), *self.of_days(place, row)])  # fmt: skip
        if found:
            return ""
        record = self.record(row, operator, space)
        first = self.seen.setdefault(key(record), place)
        if first != place:
            plan.faults.append(doubled(place, "credit_code", first))
            return ""
        known = self.known.get(key(record))
        if known is None:
            plan.work.append((place, record))
            return "new"
        if all(getattr(known, name) == getattr(record, name) for name in COMPARED):
            return "same"
        plan.faults.append(otherwise(place, "credit_code", operator.name))
        return "skipped"

    def of_names(self, place, row, operator, space):
        if operator is None:
            yield no_operator(place, row["credit_code"])
        elif operator.pk not in self.here:
            yield fault(place, "credit_code", "other_region", gettext_noop("%(name)s neither sits in your region nor runs a space there."), name=operator.name)  # fmt: skip
        if row["space"] and space is None:
            yield self.spaces.fault(place, row)
        elif space and operator and space.operator_id != operator.pk:
            yield fault(place, "space", "other_operator", gettext_noop("Today %(name)s runs this space. Leave the space blank, or correct the code of the operator."), name=space.operator.name)  # fmt: skip

    def of_days(self, place, row):
        if row["day"] > self.today:
            yield fault(place, "day", "future", gettext_noop("%(day)s lies in the future. What is decided from now on is decided on the platform."), day=row["day"].isoformat())  # fmt: skip
        if row["last_day"] and row["last_day"] < row["day"]:
            yield fault(place, "last_day", "ends_early", gettext_noop("The last day lies before the first day."))  # fmt: skip
        yield from endless(place, row["last_day"])

    def record(self, row, operator, space):
        until = day_after(row["last_day"]) or shown_until(row["matter"], row["day"])
        return Record(
            operator=operator, space=space, matter=row["matter"], basis=row["basis"], words=row["words"], day=row["day"],
            until=until, number=row["number"] or "", department=self.by.organisation, by=self.by.user,
        )  # fmt: skip


def key(record):
    return tuple(getattr(record, name) for name in SAME)


def checked_credit(rows, *, by, scope, existing, on):
    """What writing the rows would do."""
    del scope, existing, on
    return checked(OfCredit(rows, by=by), rows)
