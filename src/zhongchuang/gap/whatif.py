"""Other thresholds tried on many subjects: what may be changed, what it does, and how the figures spread."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from zhongchuang.gap import words
from zhongchuang.gap.matrix import ASSUMED
from zhongchuang.gap.sources import Source, placeless, with_place
from zhongchuang.policy.answer import tested
from zhongchuang.policy.citation import Citation
from zhongchuang.policy.conditions import Bound, Condition, RatioBound
from zhongchuang.policy.errors import Refused
from zhongchuang.policy.facts import Column
from zhongchuang.policy.pack import Pack, RuleSet
from zhongchuang.policy.quantity import Exact, read_amount, write_number
from zhongchuang.policy.table import Table
from zhongchuang.policy.whatif import Effect, Histogram, changed, effect, histogram

PREFIX = "set."
MOST_NAMES = 200


@dataclass
class Knob:
    """A threshold that may be changed: the field's name, what stands now, what was entered."""

    condition: Condition
    article: Citation | None
    text: str
    error: str = ""

    @property
    def id(self) -> str:
        """The condition's id."""
        return self.condition.id

    @property
    def control(self) -> str:
        """The id of its field."""
        return f"k-{self.id}"

    @property
    def test(self) -> Bound | RatioBound:
        """The test of a figure."""
        return tested(self.condition)

    @property
    def label(self) -> str:
        """The condition in words."""
        return words.say(self.condition.text)

    @property
    def unit(self) -> str:
        """The unit beside the field."""
        return words.unit_word(self._column.unit)

    @property
    def sign(self) -> str:
        """How the figure is compared."""
        return (
            _("one for every") if isinstance(self.test, RatioBound) else words.SIGNS[self.test.op]
        )

    @property
    def now(self) -> Exact:
        """The threshold in force."""
        return self.test.per if isinstance(self.test, RatioBound) else self.test.needed

    @property
    def was(self) -> str:
        """The threshold in force, as the field writes it."""
        return write_number(self.now)

    @property
    def stands(self) -> str:
        """The test in force, in words."""
        return f"{self.sign} {words.amount(self.now, self._column.unit)}"

    @property
    def _column(self) -> Column:
        return self.test.other if isinstance(self.test, RatioBound) else self.test.column

    @property
    def changed(self) -> bool:
        """Whether another threshold was entered."""
        return bool(self.text) and not self.error and self.new != self.now

    @property
    def new(self) -> Exact:
        """The threshold to try."""
        return (
            read_amount(self.text, self._column.unit) if self.text and not self.error else self.now
        )

    @property
    def cite(self) -> str:
        """Its article."""
        return words.cite(self.article)


@dataclass
class Trial:
    """A set with other thresholds over the subjects of a source.

    In `table` those who do not state where they are registered are registered where the set wants it;
    `assumed` are their rows, and `stated` is the effect on the figures as they stand.
    """

    source: Source
    pack: Pack
    rules: RuleSet
    knobs: list[Knob]
    table: Table
    assumed: frozenset[int] = field(init=False)
    effect: Effect = field(init=False)
    stated: Effect = field(init=False)

    def __post_init__(self) -> None:
        settings = {one.id: one.text for one in self.knobs if one.changed}
        tried, given = changed(self.rules, settings), self.source.table
        self.effect = self.stated = effect(self.rules, tried, self.table, self.pack.id)
        self.assumed = frozenset() if self.table is given else frozenset(placeless(given))
        if self.assumed:
            self.stated = effect(self.rules, tried, given, self.pack.id)

    @property
    def counts(self) -> tuple[dict[str, int], dict[str, int]]:
        """How many have which verdict before and after; what is met by assumption stands apart."""
        return (
            _apart(self.effect.before, self.stated.before),
            _apart(self.effect.after, self.stated.after),
        )

    @property
    def changed(self) -> list[Knob]:
        """The thresholds that differ from those in force."""
        return [one for one in self.knobs if one.changed]

    @cached_property
    def pictures(self) -> list[tuple[Knob, Histogram]]:
        """How the figures spread, the changed conditions first."""
        bounds = [one for one in self.knobs if isinstance(one.test, Bound)]
        order = sorted(bounds, key=lambda one: not one.changed)
        return [(one, histogram(one.test, self.table)) for one in order]


def _apart(found: Mapping[str, int], stated: Mapping[str, int]) -> dict[str, int]:
    met = stated.get("met", 0)
    return {**found, "met": met, ASSUMED: found.get("met", 0) - met}


def knobs(rules: RuleSet, query: MultiValueDict) -> list[Knob]:
    """The thresholds of a set with what was entered for each."""
    found = []
    for one, article in _cited(rules.root, rules.cite):
        if not one.members() and isinstance(tested(one), Bound | RatioBound):
            knob = Knob(one, article, query.get(PREFIX + one.id, "").strip()[:60])
            knob.error = _fault(knob, rules)
            found.append(knob)
    return found


def _cited(
    condition: Condition, article: Citation | None
) -> Iterator[tuple[Condition, Citation | None]]:
    """Every condition with its article, or that of the nearest group around it."""
    article = condition.cite or article
    yield condition, article
    for member in condition.members():
        yield from _cited(member, article)


def _fault(knob: Knob, rules: RuleSet) -> str:
    if not knob.text:
        return ""
    try:
        changed(rules, {knob.id: knob.text}, "zh" if words.chinese() else "en")
        if knob.new < 0:
            return _("A threshold is not below 0.")
    except Refused as refused:
        return words.refusal(refused)
    return ""


def trial(one: Source, pack: Pack, rules: RuleSet, found: list[Knob]) -> Trial:
    """The trial; who does not state where it is registered is taken as registered where the set wants it."""
    return Trial(one, pack, rules, found, with_place(one.table, rules))
