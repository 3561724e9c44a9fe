"""What is looked at on the spot: lines made of the rules of a case and of the figures that were handed in."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from zhongchuang.gap import words
from zhongchuang.policy.answer import tested
from zhongchuang.policy.decision import read_exactly, write_exactly
from zhongchuang.policy.facts import space_catalogue
from zhongchuang.visits.rules import rules

FACT, CONDITION = "fact", "condition"


@dataclass(frozen=True)
class Line:
    """A figure with the conditions that ask for it, or a condition that a person judges.

    `stated` is the figure as it was handed in, None where it is unknown.
    """

    key: str
    text: str
    column: object = None
    stated: object = None
    asks: tuple = ()
    look_at: str = ""

    @property
    def says(self):
        """The figure as handed in, in words; of a condition what to look at."""
        if self.column is None:
            return self.look_at
        return in_words(self.column, self.stated)

    @property
    def is_stated(self):
        """Whether something was handed in that can be as stated: a figure, or that a condition is met."""
        return self.column is None or self.stated is not None

    @property
    def takes_value(self):
        """Whether another figure can be put beside the one that was handed in."""
        return self.column is not None and self.column.fact.type in {"quantity", "yes_no", "choice"}


def in_words(column, value):
    return _("unknown") if value is None else words.value(column, value)


def lines(case, facts, more=()):
    """All lines of a case, in the order of the catalogue, then what a person judges; `more` are keys kept earlier.

    `facts` are the figures as they were handed in, written exactly.
    """
    asked = conditions(case)
    keys = dict.fromkeys([*looked_at(case, asked), *judged(asked), *more])
    return [line_of(key, facts, asked) for key in keys]


def conditions(case):
    """The conditions by which a case goes, none where its procedure has no set."""
    pack, procedure = case.version_of_rules, case.course
    return pack.set(procedure.set).leaves() if procedure.set else ()


def looked_at(case, asked):
    """Keys of the figures that rules or form ask for and that can be seen there."""
    names = {column.name for one in asked for column in tested(one).facts()}
    for section in case.course.sections:
        names |= set(section.facts)
    catalogue = space_catalogue()
    made_of = {name: {*added, *divisors} for name, added, divisors in catalogue.formulas}
    whole = {part for name in names for part in made_of.get(name, {name})}
    return [f"{FACT}:{name}" for name, column in catalogue.columns.items() if name in whole and is_seen(column)]  # fmt: skip


def is_seen(column):
    """Whether a figure is of those that are looked at on the spot."""
    wanted = rules()["lines"]
    named = column.name in wanted["facts"]
    return named or (
        column.fact.group in wanted["groups"] and column.name not in wanted["leave_out"]
    )


def judged(asked):
    """Keys of the conditions that a person judges."""
    return [f"{CONDITION}:{one.id}" for one in asked if tested(one).kind == "judged"]


def line_of(key, facts, asked):
    """The line of a key; one that the rules no longer have is named by its key alone."""
    kind, _colon, name = key.partition(":")
    if kind == CONDITION:
        one = next((one for one in asked if one.id == name), None)
        text, look_at = (words.say(one.text), words.say(getattr(tested(one), "look_at", None))) if one else (name, "")  # fmt: skip
        return Line(key, text, look_at=look_at)
    column = space_catalogue().columns[name]
    asks = tuple(words.needed(one) for one in asked if column in tested(one).facts()[:1])
    return Line(key, words.label(column), column, read(column, facts.get(name)), asks)


def read(column, written):
    """A value that was kept exactly; None where none was."""
    return None if written is None else read_exactly(column, written)


def write(column, value):
    """A value as it is kept exactly."""
    return None if value is None else write_exactly(column, value)
