"""Verdicts, values and thresholds in the reader's words."""

from collections.abc import Iterable
from datetime import date, datetime
from fractions import Fraction

from zhongchuang.policy.answer import tested
from zhongchuang.policy.awards import Award
from zhongchuang.policy.conditions import UPWARD, Bound, Condition, Judged, RatioBound
from zhongchuang.policy.errors import Refused, _
from zhongchuang.policy.facts import Column, Text, Value, space_catalogue
from zhongchuang.policy.pack import Pack, RuleSet
from zhongchuang.policy.quantity import Exact, exact, plain_width, unit_of, write_number
from zhongchuang.policy.verdict import FOR_JUDGEMENT, MET, NOT_APPLICABLE, NOT_MET, UNKNOWN, Finding

from .language import chosen, gettext

MARKS = {NOT_APPLICABLE: "-", MET: "√", FOR_JUDGEMENT: "○", UNKNOWN: "?", NOT_MET: "×"}
"""One sign a verdict, all of them in GBK too; the word stands beside it."""

SIGNS = {"at_least": "≥", "more_than": ">", "at_most": "≤", "less_than": "<"}
DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d")
TEN_THOUSAND = 10_000


class Declined(Refused):
    """The input was understood and the answer is no."""


def verdict(code: int) -> str:
    """The verdict with its mark."""
    words = {
        NOT_APPLICABLE: gettext("Does not apply"),
        MET: gettext("Met"),
        UNKNOWN: gettext("Unknown"),
        FOR_JUDGEMENT: gettext("For a person to judge"),
        NOT_MET: gettext("Not met"),
    }
    return f"{MARKS[code]} {words[code]}"


def say_text(text: Text | None) -> str:
    """The words of a pack in the reader's language; empty where there are none."""
    return text[chosen()] if text else ""


def listed(words: Iterable[str]) -> str:
    """Words in a row."""
    return gettext(", ").join(words)


def label(name: str) -> str:
    """The label of a column, judgements and figures of the year before included."""
    if name.startswith("previous."):
        return gettext("%(fact)s, year before") % {"fact": label(name.removeprefix("previous."))}
    if name.startswith("judged."):
        return gettext("points for %(id)s") % {"id": name.removeprefix("judged.")}
    catalogue = space_catalogue()
    return (
        catalogue.labelled(catalogue.columns[name], chosen()) if name in catalogue.columns else name
    )


def grouped(amount: Exact) -> str:
    """A number with thousands separators."""
    whole, point, rest = write_number(abs(amount)).partition(".")
    return f"{'-' if amount < 0 else ''}{int(whole):,}{point}{rest}"


def quantity(amount: Exact, unit: str) -> str:
    """An amount with its unit; Chinese money of whole hundreds counts in ten thousand yuan from there up."""
    if unit == "%":
        return f"{grouped(amount)}%"
    if chosen() == "zh" and unit == "CNY" and abs(amount) >= TEN_THOUSAND and amount % 100 == 0:
        return gettext("%(amount)s ten thousand yuan") % {
            "amount": grouped(exact(Fraction(amount, TEN_THOUSAND)))
        }
    words = unit_of(unit)
    word = words.zh if chosen() == "zh" else words.one if amount == 1 else words.en
    return f"{grouped(amount)} {word}"


def value(column: Column, found: Value) -> str:
    """A value of a fact."""
    fact = column.fact
    if isinstance(found, bool):
        return gettext("yes") if found else gettext("no")
    if isinstance(found, frozenset):
        return listed(sorted(_code(column, one) for one in found)) or gettext("none")
    if isinstance(found, str):
        return _region(found) if fact.type == "region" else _code(column, found)
    return quantity(found, fact.unit)


def _region(code: str) -> str:
    from zhongchuang.policy.regions import region_name  # noqa: PLC0415 -- slow import

    try:
        return region_name(code)
    except Refused:
        return code


def _code(column: Column, written: str) -> str:
    """A choice by its words, with the level of `kind@level` before it."""
    kind, _at, level = written.removesuffix("+").partition("@")
    fact = column.fact
    word = say_text(fact.choices.get(kind)) or kind
    if not level:
        return word
    levels = {
        "county": gettext("county level"),
        "municipal": gettext("municipal level"),
        "provincial": gettext("provincial level"),
        "national": gettext("national level"),
    }
    template = (
        gettext("%(kind)s (%(level)s or above)")
        if written.endswith("+")
        else gettext("%(kind)s (%(level)s)")
    )
    return template % {"kind": word, "level": levels.get(level, level)}


def needed(condition: Condition, asked: Value | frozenset[Value] | None) -> str:
    """What a condition asks for, with its sign."""
    test = tested(condition)
    if asked is None or isinstance(test, Judged) or not test.facts():
        return ""
    column = test.facts()[0]
    if isinstance(test, Bound | RatioBound):
        return f"{SIGNS[test.op]} {value(column, asked)}"
    if isinstance(asked, frozenset) and test.kind != "is":
        return gettext("one of: %(list)s") % {
            "list": listed(sorted(value(column, one) for one in asked))
        }
    if isinstance(asked, frozenset):
        return listed(value(column, one) for one in asked)
    return gettext("within %(region)s") % {"region": value(column, asked)}


def gap(finding: Finding) -> str:
    """By how much a leaf falls short or goes over; what was found where it is no figure."""
    test = tested(finding.condition)
    if finding.verdict != NOT_MET or not test.facts():
        return ""
    column = test.facts()[0]
    if finding.short_by is None:
        return (
            gettext("found %(found)s") % {"found": value(column, finding.found)}
            if finding.found is not None
            else ""
        )
    if not finding.short_by:
        return gettext("just at the threshold, which is not enough")
    message = (
        gettext("short by %(amount)s") if test.kind in UPWARD else gettext("over by %(amount)s")
    )
    return message % {"amount": value(column, finding.short_by)}


def some(names: Iterable[str], most: int = 3) -> str:
    """The first few words in a row, and how many more there are."""
    words = list(names)
    shown = listed(words[:most])
    return (
        gettext("%(some)s and %(count)s more") % {"some": shown, "count": len(words) - most}
        if len(words) > most
        else shown
    )


def article(finding: Finding, groups: Iterable[Finding] = ()) -> str:
    """The article of a leaf, or of the group nearest around it."""
    cite = finding.condition.cite or next(
        (one.condition.cite for one in reversed(list(groups)) if one.condition.cite), None
    )
    return str(cite) if cite else ""


def award(one: Award) -> str:
    """What an award is and how much it pays."""
    amounts = {"not_stated": gettext("amount not stated"), "case_by_case": gettext("case by case")}
    if one.amount is None:
        amount = amounts.get(one.kind, "")
    else:
        amount = quantity(one.amount.amount, one.amount.unit)
        if one.up_to is not None:
            amount = gettext("%(low)s to %(high)s") % {
                "low": amount,
                "high": quantity(one.up_to.amount, one.up_to.unit),
            }
        if one.approximate:
            amount = gettext("about %(amount)s") % {"amount": amount}
    return f"{say_text(one.text)} {amount}".strip()


def state(code: str) -> str:
    """Whether a pack is in force."""
    return {
        "in_force": gettext("In force"),
        "lapsed": gettext("Lapsed"),
        "not_yet": gettext("Not yet in force"),
    }[code]


def name_of(pack: Pack, rules: RuleSet) -> str:
    """The pack and set in few words."""
    return gettext("%(pack)s · %(set)s") % {
        "pack": say_text(pack.short),
        "set": say_text(rules.title),
    }


def day(text: str) -> date:
    """A day as people write it: 2016-03-01, 2016/3/1, 2016.3.1 or 20160301; today where nothing is given."""
    if not text:
        return date.today()  # noqa: DTZ011 -- a day of the law is a calendar day where the person sits
    plain = plain_width(text)
    for form in DAYS:
        try:
            return datetime.strptime(plain, form).date()  # noqa: DTZ007 -- a day has no time zone
        except ValueError:
            continue
    raise Refused(_("“%(found)s” is no day. Write it as in 2016-03-01."), found=text)
