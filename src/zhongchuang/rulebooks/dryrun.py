"""A pack tried on the register before it holds: how many spaces of its region meet each set, who gains, who drops out."""

from collections import defaultdict
from dataclasses import dataclass

from zhongchuang.gap import sentences
from zhongchuang.gap.models import Statement
from zhongchuang.gap.packs import all_packs
from zhongchuang.gap.registered import WINDOWS
from zhongchuang.policy.facts import space_catalogue
from zhongchuang.policy.pack import RuleSet
from zhongchuang.policy.table import Table
from zhongchuang.policy.verdict import NAMES
from zhongchuang.policy.whatif import Effect, effect
from zhongchuang.procedures.models import Case
from zhongchuang.records.register import REGISTER, collect
from zhongchuang.spaces.models import Space

MOST = 200
"""So many who gain or drop out are named."""


@dataclass(frozen=True)
class Tried:
    """A set of the new pack beside the one of its name in force; `is_new` where there is none."""

    rules: RuleSet
    is_new: bool
    effect: Effect
    gains: list
    drops: list

    @property
    def counts(self):
        """The verdicts in words, how many have each now and by the new rules."""
        before, after = self.effect.before, self.effect.after
        return [(sentences.verdict_word(name), before.get(name, 0), after.get(name, 0)) for name in NAMES if before.get(name) or after.get(name)]  # fmt: skip


def spaces_of(pack):
    """The registered spaces for which a pack is."""
    return Space.objects.filter(state=Space.State.CONFIRMED, region__code__startswith=pack.region)


def dry_run(pack, on):
    """Each set of a pack over the register as it stands on a day."""
    old = all_packs().get(pack.id) or all_packs().get(pack.replaces)
    spaces = list(spaces_of(pack).order_by("pk"))
    tables = {}
    return [tried(rules, old, pack, spaces, on, tables) for rules in pack.sets.values() if rules.subject == "space" and rules.root]  # fmt: skip


def tried(rules, old, pack, spaces, on, tables):
    """One set: the figures of each window are collected once for all sets."""
    window = rules.window or WINDOWS[0]
    if window not in tables:
        tables[window] = table_of(spaces, on, window)
    before = old.sets.get(rules.name) if old else None
    found = effect(before or rules, rules, tables[window], pack.id)
    named = [[spaces[row] for row in rows[:MOST]] for rows in (found.gains, found.drops)]
    return Tried(rules, before is None, found, *named)


def table_of(spaces, on, window):
    """The figures of all spaces as columns, in a few queries; what an operator states stands before what is recorded, unless that is official."""
    names = [name for name in space_catalogue().columns if name]
    columns = collect([one.pk for one in spaces], names, on, window).columns
    for pk, facts in statements(spaces, on).items():
        row = next(number for number, one in enumerate(spaces) if one.pk == pk)
        for name, value in facts.items():
            column = columns.setdefault(name, [None] * len(spaces))
            if column[row] is None or name not in REGISTER.official:
                column[row] = value
    return Table([str(one) for one in spaces], {name: column for name, column in columns.items() if any(one is not None for one in column)})  # fmt: skip


def statements(spaces, on):
    """What operators state, by space and fact."""
    found = defaultdict(dict)
    lines = Statement.objects.standing().on(on).filter(space__in=[one.pk for one in spaces])
    for line in lines.order_by("day", "pk"):
        found[line.space_id][line.fact] = line.value
    return found


def running(pack_id):
    """How many cases go by a pack now; they stay on the version with which they began."""
    return Case.objects.running().filter(pack=pack_id).count()
