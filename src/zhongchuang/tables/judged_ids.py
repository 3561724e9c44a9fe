"""Which judgements the rules ask for, and what is wrong with the headings of judgement columns."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from zhongchuang.policy.conditions import Condition, Judged
from zhongchuang.policy.errors import _
from zhongchuang.policy.loading import PackRefused, all_packs
from zhongchuang.policy.pack import Pack, RuleSet

from .headers import JUDGED, Heading
from .problems import CellRefused

MOST_NAMED = 4
"""Full names that a warning lists."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Every name of a judgement, and the plain ids that several sets share, with their full names."""

    names: frozenset[str]
    shared: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Readers:
    """Who will read the judgements: one set, or all packs where `rules` is None."""

    folders: tuple[Path, ...] = ()
    pack: Pack | None = None
    rules: RuleSet | None = None

    def faults(self, headings: Iterable[Heading]) -> Iterator[tuple[Heading, CellRefused]]:
        """The columns that will not be used, each with the reason."""
        own = asked_of([(self.pack, self.rules)]) if self.pack and self.rules else None
        headings = [one for one in headings if own is None or one.judged not in own.names]
        if not headings:
            return
        everything = asked_by(self._packs())
        for heading in headings:
            if own is None and heading.judged in everything.shared:
                yield heading, _shared(heading, everything.shared[heading.judged])
            elif heading.judged not in everything.names:
                near = _nearest(heading.judged, own.names if own else ())
                yield heading, _unknown(heading, near or _nearest(heading.judged, everything.names))

    def _packs(self) -> Mapping[str, Pack]:
        """All packs; a broken one of a deployment is told where its rules are needed, not here."""
        try:
            return all_packs(*self.folders)
        except PackRefused:
            return all_packs()


def asked_by(packs: Mapping[str, Pack]) -> Asked:
    """The judgements that packs ask for."""
    return asked_of((pack, rules) for pack in packs.values() for rules in pack.sets.values())


def asked_of(sets: Iterable[tuple[Pack, RuleSet]]) -> Asked:
    """The judgements that sets ask for; the points of an indicator are named by its plain id."""
    names: set[str] = set()
    full: dict[str, list[str]] = defaultdict(list)
    for pack, rules in sets:
        own = _judged(rules.root)
        for id_ in own:
            full[id_].append(f"{pack.id}:{rules.name}.{id_}")
        for id_ in own.union(*(_judged(one.when) for one in pack.awards.values())):
            names |= {id_, f"{pack.id}.{id_}", f"{pack.id}:{rules.name}.{id_}"}
        names |= {one.id for one in (rules.scoring.indicators if rules.scoring else ())}
    return Asked(frozenset(names), {id_: many for id_, many in full.items() if len(many) > 1})


def _judged(root: Condition | None) -> set[str]:
    """The ids of what a person judges."""
    return {one.id for one in root.walk() if isinstance(one, Judged)} if root else set()


def _nearest(id_: str, names: Iterable[str]) -> str:
    import difflib  # noqa: PLC0415 -- slow import

    return next(iter(difflib.get_close_matches(id_, sorted(names), n=1, cutoff=0.4)), "")


def _shared(heading: Heading, full: Sequence[str]) -> CellRefused:
    more = ["…"] if len(full) > MOST_NAMED else []
    return CellRefused(
        "judged_in_several_sets",
        _(
            "“%(found)s” stands in several sets of rules, and a judgement under one settles no other; the column is not used. Name the set in the heading: %(allowed)s."
        ),
        found=heading.text,
        allowed=", ".join([*(JUDGED + one for one in full[:MOST_NAMED]), *more]),
    )


def _unknown(heading: Heading, near: str) -> CellRefused:
    return CellRefused(
        "unknown_judgement",
        _(
            "“%(found)s” names no condition that a person judges; the column is not used. Nearest: %(near)s."
        ),
        found=heading.text,
        near=JUDGED + near if near else "–",
    )
