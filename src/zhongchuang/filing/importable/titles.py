"""Titles from before the platform, one a row, beside the register and beside the rules by which they were granted."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from zhongchuang.filing.importable.columns import (
    aliases,
    answers,
    credit_code,
    day_after,
    day_faults,
    doubled,
    gives_of,
    granting,
    no_operator,
    operators,
    otherwise,
    pack_column,
)
from zhongchuang.filing.importable.named import NamedSpaces
from zhongchuang.filing.models import Title
from zhongchuang.gap.packs import all_packs
from zhongchuang.imports.declaration import Column, Plan
from zhongchuang.organisations.models import Region
from zhongchuang.policy.procedure import LEVELS
from zhongchuang.procedures.access import is_for
from zhongchuang.procedures.holders import height
from zhongchuang.spaces.actions.imported import parts
from zhongchuang.spaces.importable.columns import fault

State = Title.State
KNOWN = tuple((one.value, one.label) for one in (State.VALID, State.EXPIRED, State.WITHDRAWN, State.REVOKED))  # fmt: skip
"""The states that a file may name."""

CUT_SHORT = frozenset({State.REVOKED, State.WITHDRAWN})
COMPARED = ("space_id", "operator_id", "pack", "kind", "since", "until", "ended_on", "reason", "basis")  # fmt: skip


def columns():
    """The columns in the order of a list of titles."""
    levels = tuple((level, Region.Level(level).label) for level in LEVELS)
    return (
        Column("number", _("Number of the title"), required=True, longest=40, aliases=aliases("number"), about=_("As on the certificate or in the list that was published; each number once.")),
        Column("space", _("Space"), required=True, longest=200, aliases=aliases("space"), about=_("Name or code under which the space stands in the register today.")),
        credit_code(_("Unified social credit code of the operator")),
        pack_column(granting()),
        Column("title_kind", _("Kind of title"), longest=200, aliases=aliases("title_kind"), about=_("Name of the title; may stay blank where the rules give one kind alone.")),
        Column("level", _("Level"), "choice", choices=levels, answers=answers(levels), aliases=aliases("level"), about=_("Blank: as the rules say.")),
        Column("since", _("Granted on"), "day", required=True, aliases=aliases("since")),
        Column("last_day", _("Last day"), "day", aliases=aliases("last_day"), about=_("The last day on which it holds; blank where it has no end.")),
        Column("basis", _("Basis"), required=True, longest=300, aliases=aliases("basis"), about=_("The document by which it was granted, with its number. It is published beside the title.")),
        Column("state", _("State"), "choice", choices=KNOWN, answers=answers(KNOWN), aliases=aliases("state"), about=_("Blank: valid, or expired where the last day is over.")),
        Column("ended_on", _("Ended on"), "day", aliases=aliases("ended_on"), about=_("Of a title that was revoked or given up: the day.")),
        Column("reason", _("Reason"), longest=1000, aliases=aliases("reason"), about=_("Of a title that was revoked or given up. It is published; no names of people.")),
    )  # fmt: skip


def checked_titles(rows, *, by, scope, existing, on):
    """What writing the rows would do; what stands in the register is never changed by a file."""
    del scope, existing, on
    checking, plan = Checking(rows, by=by), Plan(work=[])
    for place, row in enumerate(rows):
        plan.fates.append("" if row is None else checking.look(place, row, plan))
    return plan


class Checking:
    """The rows beside the spaces of the reach, the operators, and the titles that are on record."""

    def __init__(self, rows, *, by):
        self.by, self.today = by, timezone.localdate()
        self.packs = all_packs()
        self.operators = operators(rows)
        self.spaces = NamedSpaces(rows, by=by)
        self.known, self.seen = {}, {}
        given = [row for row in rows if row]
        for some in parts(sorted({row["number"] for row in given})):
            held = Title.objects.visible_to(by).filter(number__in=some)
            self.known |= {one.number: one for one in held}

    def look(self, place, row, plan):
        """The fate of one row; the title that it would make joins the plan."""
        space, gives = self.spaces.of(row), self.gives_of(row)
        faults = [*self.of_names(place, row, space, gives), *day_faults(place, row, self.today), *self.of_state(place, row)]  # fmt: skip
        first = self.seen.setdefault(row["number"], place)
        if first != place:
            faults.append(doubled(place, "number", first))
        plan.faults += faults
        if any(not one.warning for one in faults):
            return ""
        title = self.title(row, space, gives)
        known = self.known.get(row["number"])
        if known is None:
            plan.work.append(title)
            return "new"
        if all(getattr(known, name) == getattr(title, name) for name in COMPARED):
            return "same"
        plan.faults.append(otherwise(place, "number", row["number"]))
        return "skipped"

    # --- what the names in a row mean ---

    def gives_of(self, row):
        """What the rules say of the title; None where the kind names none of theirs, or is blank with several."""
        found = gives_of(self.packs[row["pack"]])
        if not row["title_kind"]:
            return next(iter(found.values())) if len(found) == 1 else None
        return next(
            (one for one in found.values() if row["title_kind"] in {one.id, one.title["zh"], one.title["en"]}),
            None,
        )  # fmt: skip

    def of_names(self, place, row, space, gives):
        """Faults of what a row names."""
        operator = self.operators.get(row["credit_code"])
        if operator is None:
            yield no_operator(place, row["credit_code"])
        if space is None:
            yield self.spaces.fault(place, row)
        elif not is_for(self.packs[row["pack"]], space):
            yield fault(place, "pack", "elsewhere", gettext_noop("These rules are for spaces in another region."))  # fmt: skip
        elif operator and operator.pk != space.operator_id:
            yield fault(
                place, "credit_code", "other_operator",
                gettext_noop("Today %(name)s runs this space; the title is recorded for the operator of the row."),
                warning=True, name=space.operator.name,
            )  # fmt: skip
        if gives is None:
            names = "；".join(one.title["zh"] for one in gives_of(self.packs[row["pack"]]).values())
            yield fault(place, "title_kind", "kind", gettext_noop("Write which title of these rules it is. Allowed: %(allowed)s."), allowed=names)  # fmt: skip
        else:
            yield from self.of_level(place, row, gives)

    def of_level(self, place, row, gives):
        own = self.by.organisation.level
        if row["level"] and row["level"] != gives.level:
            yield fault(
                place, "level", "other_level",
                gettext_noop("By these rules the title is one of the level “%(level)s”. Correct the level or the rules."),
                level=str(Region.Level(gives.level).label),
            )  # fmt: skip
        elif height(own) != height(gives.level):
            yield fault(
                place, "level", "not_granting",
                gettext_noop("A title of the level “%(level)s” is brought in by the department that granted it, at that level."),
                level=str(Region.Level(gives.level).label),
            )  # fmt: skip

    # --- its state and its days ---

    def of_state(self, place, row):
        state, ended, last = row["state"], row["ended_on"], row["last_day"]
        if state in CUT_SHORT and not ended:
            yield fault(place, "ended_on", "no_day", gettext_noop("A title that was revoked or given up has the day on which it ended. Enter it."))  # fmt: skip
        if state == State.REVOKED and not row["reason"]:
            yield fault(place, "reason", "no_reason", gettext_noop("A title that was revoked has a reason, which is published. Enter it."))  # fmt: skip
        if ended and state not in CUT_SHORT:
            yield fault(place, "ended_on", "not_ended", gettext_noop("Only a title that was revoked or given up has this day. Correct the state, or leave the day blank."))  # fmt: skip
        if ended and not row["since"] <= ended <= self.today:
            yield fault(place, "ended_on", "ended_when", gettext_noop("It ended between the day on which it was granted and today. Correct one of the days."))  # fmt: skip
        over = last is not None and last < self.today
        if (state == State.VALID and over) or (state == State.EXPIRED and not over):
            yield fault(place, "state", "other_state", gettext_noop("State and last day do not fit together. Correct one of the two, or leave the state blank."))  # fmt: skip

    def title(self, row, space, gives):
        """The title of a row, not saved."""
        operator = self.operators[row["credit_code"]]
        over = row["last_day"] is not None and row["last_day"] < self.today
        return Title(
            number=row["number"], space=space, operator=operator, department=self.by.organisation,
            pack=row["pack"], kind=gives.id, level=gives.level, counts_as=gives.counted, name_zh=gives.title["zh"], name_en=gives.title["en"],
            of_space=space.name, of_operator=operator.name, basis=row["basis"],
            state=row["state"] or (State.EXPIRED if over else State.VALID), since=row["since"],
            until=day_after(row["last_day"]), ended_on=row["ended_on"], reason=row["reason"] or "",
        )  # fmt: skip
