"""Bans that a department set before the platform, one a row."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from zhongchuang.filing.importable.columns import (
    aliases,
    credit_code,
    day_after,
    day_faults,
    doubled,
    no_operator,
    operators,
    otherwise,
    pack_column,
)
from zhongchuang.filing.models import Ban
from zhongchuang.gap.packs import all_packs
from zhongchuang.imports.declaration import Column, Plan
from zhongchuang.spaces.actions.imported import parts
from zhongchuang.spaces.importable.columns import fault
from zhongchuang.spaces.models import Space


def columns():
    packs = [pack for pack in all_packs().values() if pack.procedures]
    return (
        credit_code(_("Unified social credit code of the operator")),
        pack_column(packs),
        Column("since", _("Since"), "day", required=True, aliases=aliases("since", of="bans")),
        Column("last_day", _("Last day"), "day", aliases=aliases("last_day", of="bans"), about=_("The last day on which no application is taken; blank where the ban has no end.")),
        Column("cite", _("Article"), required=True, longest=60, aliases=aliases("cite", of="bans"), about=_("The article of the document that says so.")),
        Column("reason", _("Reason"), required=True, longest=1000, aliases=aliases("reason", of="bans"), about=_("The operator reads it when it applies. No names of people.")),
    )  # fmt: skip


def checked_bans(rows, *, by, scope, existing, on):
    """What writing the rows would do; a ban on record is never changed by a file."""
    del scope, existing, on
    checking, plan = Checking(rows, by=by), Plan(work=[])
    for place, row in enumerate(rows):
        plan.fates.append("" if row is None else checking.look(place, row, plan))
    return plan


class Checking:
    """The rows beside the operators of the reach and the bans on record."""

    def __init__(self, rows, *, by):
        self.by, self.today = by, timezone.localdate()
        self.operators = operators(rows)
        self.known, self.here, self.seen = {}, set(), {}
        for some in parts(sorted(one.pk for one in self.operators.values())):
            for ban in Ban.objects.filter(operator__in=some):
                self.known[ban.operator_id, ban.pack, ban.since] = ban
            spaces = Space.objects.visible_to(by).filter(operator__in=some)
            self.here |= set(spaces.values_list("operator", flat=True))

    def look(self, place, row, plan):
        operator = self.operators.get(row["credit_code"])
        plan.faults += (found := list(self.faults(place, row, operator)))
        if any(not one.warning for one in found):
            return ""
        ban = Ban(
            operator=operator, pack=row["pack"], since=row["since"], until=day_after(row["last_day"]),
            cite=row["cite"], reason=row["reason"], set_by=self.by.user,
        )  # fmt: skip
        known = self.known.get((operator.pk, ban.pack, ban.since))
        if known is None:
            plan.work.append(ban)
            return "new"
        if (known.until, known.cite, known.words) == (ban.until, ban.cite, ban.words):
            return "same"
        plan.faults.append(otherwise(place, "credit_code", operator.name))
        return "skipped"

    def faults(self, place, row, operator):
        yield from day_faults(place, row, self.today)
        if operator is None:
            yield no_operator(place, row["credit_code"])
        elif operator.pk not in self.here and not self.in_reach(operator.region):
            yield fault(place, "credit_code", "other_region", gettext_noop("%(name)s neither sits in your region nor runs a space there."), name=operator.name)  # fmt: skip
        if not self.by.organisation.region.code.startswith(all_packs()[row["pack"]].region):
            yield fault(place, "pack", "elsewhere", gettext_noop("These rules are for another region than that of your department."))  # fmt: skip
        key = (row["credit_code"], row["pack"], row["since"])
        if (first := self.seen.setdefault(key, place)) != place:
            yield doubled(place, "credit_code", first)

    def in_reach(self, region):
        return any(region.path.startswith(path) for path in self.by.post.reach)
