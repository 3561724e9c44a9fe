"""Finds packs, conditions and facts by words, articles, document numbers and pinyin initials."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import get_language

from zhongchuang.gap import packpage, words
from zhongchuang.gap.packs import all_packs
from zhongchuang.page.pinyin import initials
from zhongchuang.policy.answer import tested
from zhongchuang.policy.facts import fact_groups, space_catalogue

MOST = 50
LONGEST = 200


@dataclass(frozen=True)
class Hit:
    """A result: where it leads, and its words in parts, each marked where it was found."""

    title: list[tuple[str, bool]]
    description: list[tuple[str, bool]]
    url: str
    kind: str


@dataclass(frozen=True)
class _Entry:
    title: str
    description: str
    url: str
    kind: str
    text: str
    initials: str


def search_rules(query: str) -> list[Hit]:
    """The packs, conditions and facts that have every word of the query; the best first, at most fifty."""
    wanted = _plain(query[:LONGEST]).split()
    if not wanted:
        return []
    scored = [
        (score, place, one)
        for place, one in enumerate(_entries(get_language() or ""))
        if (score := _score(one, wanted))
    ]
    scored.sort(key=lambda row: (-row[0], row[1]))
    return [
        Hit(marked(one.title, wanted), marked(one.description, wanted), one.url, one.kind)
        for _score_, _place, one in scored[:MOST]
    ]


def _score(one: _Entry, wanted: list[str]) -> int:
    """0 where a word is missing; more for words in the title, and for whole titles."""
    title, total = _plain(one.title), 0
    for word in wanted:
        if word == title:
            total += 8
        elif word in title:
            total += 4
        elif word in one.text:
            total += 2
        elif word.isascii() and word.isalpha() and word in one.initials:
            total += 3 if one.initials.startswith(word) else 1
        else:
            return 0
    return total


def marked(text: str, wanted: list[str]) -> list[tuple[str, bool]]:
    """The text in parts; those that a word of the query matches are marked."""
    plain = _plain(text)
    if len(plain) != len(text):
        return [(text, False)]
    hits = [False] * len(text)
    for word in wanted:
        at = plain.find(word)
        while at >= 0:
            hits[at : at + len(word)] = [True] * len(word)
            at = plain.find(word, at + 1)
    parts: list[tuple[str, bool]] = []
    for sign, hit in zip(text, hits, strict=True):
        if parts and parts[-1][1] == hit:
            parts[-1] = (parts[-1][0] + sign, hit)
        else:
            parts.append((sign, hit))
    return parts


def _plain(text: str) -> str:
    """Ordinary width, small letters; brackets of document numbers in one form."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return plain.translate(_BRACKETS)


_BRACKETS = {
    ord(sign): ord(form) for signs, form in (("\u3014[", "("), ("\u3015]", ")")) for sign in signs
}


@lru_cache(maxsize=4)
def _entries(_language: str) -> tuple[_Entry, ...]:
    """All that can be found, in the reader's language; the other language is searched as well."""
    found = []
    for pack in all_packs().values():
        url = reverse("gap:pack", args=[pack.id])
        found.append(
            _entry(
                words.say(pack.title),
                words.joined(filter(None, (pack.authority, pack.number))),
                url,
                "pack",
                (pack.title.zh, pack.title.en, pack.short.zh, pack.short.en, pack.id),
            )
        )
        for rules in pack.sets.values():
            found += [
                _condition(pack, rules, one, url)
                for one in rules.conditions()
                if one.text is not None
            ]
    return (*found, *map(_fact, space_catalogue().columns.values()))


def _condition(pack, rules, condition, url: str) -> _Entry:
    place = words.joined(
        filter(None, (words.say(pack.short), words.say(rules.title), words.cite(condition.cite)))
    )
    asks = packpage.asks(tested(condition))
    look_at = getattr(tested(condition), "look_at", None)
    description = words.joined(filter(None, (place, asks or words.say(look_at))))
    return _entry(
        words.say(condition.text),
        description,
        f"{url}#{rules.name}.{condition.id}",
        "condition",
        (condition.text.zh, condition.text.en, str(condition.cite or "")),
    )


def _fact(column) -> _Entry:
    fact = column.fact
    url = f"{reverse('gap:start')}#f-{column.name.replace('.', '-')}"
    group = words.say(fact_groups()[fact.group])
    return _entry(
        words.label(column),
        words.joined((group, words.say(fact.definition))),
        url,
        "fact",
        (fact.label.zh, fact.label.en, column.name, fact.definition.zh),
    )


def _entry(title: str, description: str, url: str, kind: str, more: tuple[str, ...]) -> _Entry:
    return _Entry(
        title,
        description,
        url,
        kind,
        _plain("\n".join((title, description, *more))),
        initials(more[0]),
    )
