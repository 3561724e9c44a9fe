"""What an address holds that its page does not take: said above the answer, never passed over in silence."""

from collections.abc import Callable, Iterator
from functools import cache

from django.utils.datastructures import MultiValueDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhongchuang.gap import words
from zhongchuang.gap.choice import ALL, Choice, reference
from zhongchuang.gap.entry import JUDGED
from zhongchuang.gap.packs import all_packs
from zhongchuang.policy.answer import compared
from zhongchuang.policy.facts import space_catalogue

MOST = 6
LONGEST = 48
OF_OTHERS = ("isappinstalled", "nsukey", "scene")
"""What messengers add to the addresses that they pass on."""

Taken = Callable[[str, str], bool]


def notes(query: MultiValueDict, choice: Choice, *, facts: bool) -> list[str]:
    """The sentences above an answer; `facts` says whether the address carries the figures."""

    def taken(key: str, value: str) -> bool:
        return of_choice(key, value) or (facts and of_facts(key, value))

    return [*wrong_day(choice), *not_taken(query, taken)]


def wrong_day(choice: Choice) -> list[str]:
    """A sentence where the day in the address is none."""
    if not choice.wrong_day:
        return []
    return [
        _("“%(found)s” is not a day. A day is written as %(example)s; today, %(day)s, was taken.")
        % {
            "found": short(choice.wrong_day),
            "example": "2016-03-01",
            "day": date_format(choice.on),
        }
    ]


def not_taken(query: MultiValueDict, taken: Taken) -> list[str]:
    """A sentence that names what a page does not take, the first few of it."""
    found = list(_strays(query, taken))
    if not found:
        return []
    named = words.joined(found[:MOST])
    if more := len(found) - MOST if len(found) > MOST else 0:
        named += ngettext(" and %(count)s more", " and %(count)s more", more) % {"count": more}
    return [_("Not understood and left out: %(items)s") % {"items": named}]


def _strays(query: MultiValueDict, taken: Taken) -> Iterator[str]:
    columns = space_catalogue().columns
    for key, values in query.lists():
        if key in OF_OTHERS or key.startswith("utm_"):
            continue
        many = key in ("pack", "local") or (key in columns and columns[key].fact.type == "list")
        known = [one for one in dict.fromkeys(values) if taken(key, one)]
        yield from (item(key, one) for one in dict.fromkeys(values) if one not in known)
        given = [one for one in known if one.strip()]
        if many or len(given) < 2:
            continue
        used = given[0] if key in columns else values[-1]
        for one in given:
            if one != used:
                yield _("%(item)s (given twice; %(used)s was taken)") % {
                    "item": item(key, one),
                    "used": short(used),
                }


def item(key: str, value: str) -> str:
    """A name with its value, both as short as a line can hold."""
    return f"{short(key)}={short(value)}" if value else short(key)


def short(text: str) -> str:
    """The beginning of a text, without signs that turn or break a line."""
    plain = "".join(sign if sign.isprintable() else " " for sign in words.plain_name(text))
    return plain if len(plain) <= LONGEST else f"{plain[:LONGEST]}…"


def of_choice(key: str, value: str) -> bool:
    """Whether it is a choice of an answer; a day that is none has a sentence of its own."""
    if key in ("pack", "one"):
        return value in ("", *(reference(*pair) for pair in compared(all_packs()))) or (
            key == "pack" and value == ALL
        )
    allowed = {"show": ("", "missing"), "local": ("yes", "no")}
    return key == "on" or value in allowed.get(key, ())


def of_facts(key: str, value: str) -> bool:
    """Whether it is a fact, or a judgement on a condition that exists."""
    if key.startswith(JUDGED):
        return key.removeprefix(JUDGED) in judged() and value in ("", "yes", "no")
    return key in space_catalogue().columns


@cache
def judged() -> frozenset[str]:
    """The names that a judgement may have: an id, alone or behind its pack and set."""
    return frozenset(
        before + one.id + after
        for pack, rules in compared(all_packs())
        for one in rules.conditions()
        for before in ("", f"{pack.id}.", f"{pack.id}:{rules.name}.")
        for after in ("", ".when")
    )
