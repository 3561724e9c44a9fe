"""Figures, codes, conditions and citations in the reader's words."""

from fractions import Fraction

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zhongchuang.policy.answer import tested
from zhongchuang.policy.citation import Citation
from zhongchuang.policy.conditions import (
    Bound,
    Condition,
    Group,
    Includes,
    OneOf,
    RatioBound,
    When,
    Within,
)
from zhongchuang.policy.errors import Refused
from zhongchuang.policy.facts import Column, Definition, Text, Value, space_catalogue
from zhongchuang.policy.quantity import Exact, exact, unit_of, write_number
from zhongchuang.policy.regions import region_name

SIGNS = {"at_least": "≥", "more_than": ">", "at_most": "≤", "less_than": "<"}
UPWARD = ("at_least", "more_than")
DIRECTIONS = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C))
"""Marks of Unicode that reverse what stands after them."""

HUNDRED_MILLION, TEN_THOUSAND = 10**8, 10**4
"""Chinese counts money in these."""


def chinese() -> bool:
    """Whether the reader reads Chinese."""
    return (get_language() or "").startswith("zh")


def say(text: Text | None) -> str:
    """A text of a pack or of the catalogue in the reader's language."""
    return "" if text is None else text["zh" if chinese() else "en"]


def other(text: Text) -> str:
    """The same text in the other language."""
    return text["en" if chinese() else "zh"]


def label(column: Column) -> str:
    """The label of a column, with its time kind where the fact has several."""
    return space_catalogue().labelled(column, "zh" if chinese() else "en")


def cite(citation: Citation | None) -> str:
    """A citation as the reader's language writes it."""
    if citation is None:
        return ""
    return str(citation) if chinese() else citation.english()


def refusal(refused: Refused) -> str:
    """The sentence of a refusal."""
    return refused.text(_)


def plain_name(name: str) -> str:
    """A name without the signs that turn the direction of the text around it."""
    return name.translate(DIRECTIONS)


def number(value: Exact) -> str:
    """Digits with a comma between thousands; endless fractions to four places."""
    whole, point, places = write_number(value).partition(".")
    sign = "-" if whole.startswith("-") else ""
    return f"{sign}{abs(int(whole)):,}{point}{places}"


def unit_word(code: str) -> str:
    """The unit as it stands beside a field; money in yuan."""
    unit = unit_of(code)
    return unit.zh if chinese() else unit.en


def amount(value: Exact, code: str) -> str:
    """An amount with its unit: 620 m², 24%, 300 and the word for ten thousand yuan."""
    if code == "%":
        return f"{number(_rounded(value))}%"
    if code == "CNY":
        return money(value)
    unit = unit_of(code)
    if chinese():
        return f"{number(value)} {unit.zh}"
    return f"{number(value)} {unit.one if value == 1 else unit.en}"


def money(value: Exact) -> str:
    """Yuan; in Chinese counted in ten thousands or hundred millions."""
    if chinese() and abs(value) >= HUNDRED_MILLION:
        return _("CNY %(number)s × 100 million") % {
            "number": number(exact(Fraction(value) / HUNDRED_MILLION))
        }
    if chinese() and abs(value) >= TEN_THOUSAND:
        return _("CNY %(number)s × 10,000") % {
            "number": number(exact(Fraction(value) / TEN_THOUSAND))
        }
    return _("CNY %(number)s") % {"number": number(value)}


def difference(value: Exact, code: str) -> str:
    """How much is short: shares in percentage points."""
    if code == "%":
        return _("%(number)s percentage points") % {"number": number(_rounded(value))}
    return amount(value, code)


def _rounded(share: Exact) -> Exact:
    """A share for display, to two places; what decides is never rounded."""
    return exact(Fraction(round(Fraction(share) * 100), 100))


def level(code: str) -> str:
    """The word for a level of government."""
    return say(space_catalogue().facts["operator_relies_on_level"].choices[code])


def choice(fact: Definition, code: str) -> str:
    """A code of a choice or list: kind, kind@level, or kind@level+ for that level and above."""
    kind, at, height = code.removesuffix("+").partition("@")
    words = say(fact.choices.get(kind)) or kind
    if not at:
        return words
    if code.endswith("+"):
        return _("%(kind)s, %(level)s level or above") % {"kind": words, "level": level(height)}
    return _("%(kind)s (%(level)s)") % {"kind": words, "level": level(height)}


def value(column: Column, held: Value | None) -> str:
    """What is known of a fact; empty where nothing is."""
    if held is None:
        return ""
    if isinstance(held, bool):
        return _("yes") if held else _("no")
    if isinstance(held, str):
        return region(held) if column.fact.type == "region" else choice(column.fact, held)
    if isinstance(held, frozenset):
        return joined(choice(column.fact, one) for one in sorted(held)) or _("none")
    return amount(held, column.unit)


def region(code: str) -> str:
    """The name of a region; the code where the list lacks it."""
    try:
        return region_name(code)
    except Refused:
        return code


def joined(words) -> str:
    """Words in a row, with the reader's comma."""
    return _(", ").join(words)


def alternatives(words) -> str:
    """Words of which one is enough."""
    return _(" or ").join(words)


def needed(condition: Condition, wanted: Value | None = None) -> str:
    """What a test asks for: ≥ 500 m², a word of the catalogue, a region."""
    test = tested(condition)
    if isinstance(test, Bound):
        return f"{SIGNS[test.op]} {amount(test.needed, test.column.unit)}"
    if isinstance(test, RatioBound):
        return ratio(test, wanted)
    if isinstance(test, OneOf):
        return alternatives(sorted(value(test.column, one) for one in test.allowed))
    if isinstance(test, Includes):
        return alternatives(choice(test.column.fact, one) for one in sorted(test.written))
    if isinstance(test, Within):
        return region(test.region)
    return ""


def ratio(test: RatioBound, wanted: Value | None) -> str:
    """One per so many of another fact, and what that makes here."""
    rule = _("one for every %(per)s of %(fact)s") % {
        "per": amount(test.per, test.other.unit),
        "fact": label(test.other),
    }
    if wanted is None:
        return rule
    makes = f"{SIGNS[test.op]} {amount(wanted, test.column.unit)}"
    return _("%(makes)s (%(rule)s)") % {"makes": makes, "rule": rule}


def circumstance(condition: When) -> str:
    """When a condition applies: the test of its `when`, in words."""
    return _described(condition.test)


def _described(test: Condition) -> str:
    if isinstance(test, Group):
        words = [_described(one) for one in test.of]
        return joined(words) if test.op == "all_of" else alternatives(words)
    facts = test.facts()
    if not facts:
        return say(getattr(test, "look_at", None))
    return _("%(fact)s: %(value)s") % {"fact": label(facts[0]), "value": needed(test)}


def uses(codes: tuple[str, ...]) -> str:
    """What an award may be used for."""
    said = {
        "rent": _("rent"),
        "broadband": _("broadband"),
        "equipment": _("equipment"),
        "software": _("software"),
        "platform": _("service platforms"),
        "events": _("events"),
        "training": _("training"),
        "mentors": _("mentors"),
        "operation": _("operation"),
        "refit": _("refitting"),
        "online_content": _("online content"),
        "angel_investment": _("angel investment"),
    }
    return joined(said.get(code, code) for code in codes)


def effects(codes: tuple[str, ...]) -> str:
    """What follows from misuse or failure."""
    said = {
        "qualification_cancelled": _("the qualification is cancelled"),
        "title_withdrawn": _("the title is withdrawn"),
        "filing_ended": _("the filing ends"),
        "clawback": _("money is paid back"),
        "credit_record": _("it goes on the credit record"),
        "referred": _("the case is handed on"),
        "rectification": _("correction within a time limit"),
    }
    return joined(said.get(code, code) for code in codes)
