"""A rule pack as its page shows it: every condition in words, in the order of the document."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from zhongchuang.gap import words
from zhongchuang.policy.answer import tested
from zhongchuang.policy.conditions import Condition, Group, Judged, When
from zhongchuang.policy.pack import RuleSet


@dataclass(frozen=True)
class Shown:
    """A condition with its anchor, what it asks for, and those inside it."""

    anchor: str
    text: str
    asks: str
    look_at: str
    only_where: str
    cite: str
    note: str
    project: bool
    members: list["Shown"] = field(default_factory=list)


def shown(rules: RuleSet) -> list[Shown]:
    """The conditions of a set."""
    return [_shown(one, rules) for one in rules.root.of] if rules.root else []


def _shown(condition: Condition, rules: RuleSet) -> Shown:
    test = tested(condition)
    return Shown(
        anchor=f"{rules.name}.{condition.id}",
        text=words.say(condition.text),
        asks=asks(test),
        look_at=words.say(test.look_at) if isinstance(test, Judged) else "",
        only_where=words.circumstance(condition) if isinstance(condition, When) else "",
        cite=words.cite(condition.cite),
        note=words.say(condition.note),
        project=condition.basis == "project",
        members=[_shown(one, rules) for one in condition.members()],
    )


def asks(test: Condition) -> str:
    """What a test asks for: fact and figure; of a group, how many of its members."""
    if isinstance(test, Group):
        return {
            "all_of": _("All of these:"),
            "any_of": _("One of these is enough:"),
            "none_of": _("None of these:"),
            "at_least_n_of": _("At least %(count)s of these:") % {"count": test.count},
        }[test.op]
    facts = test.facts()
    if not facts:
        return ""
    return _("%(fact)s %(needed)s") % {"fact": words.label(facts[0]), "needed": words.needed(test)}
