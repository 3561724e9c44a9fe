"""Personal numbers in a text or a file: identity numbers, payment cards, mobile telephones.

A number counts where its form and its check digit agree, so that amounts, dates and codes of organisations do not.
"""

import re
import tomllib
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from stdnum import luhn
from stdnum.cn import ric

from zhongchuang.files import masks
from zhongchuang.files.contents import texts_of
from zhongchuang.files.names import UNSEEN
from zhongchuang.policy.errors import _

IDENTITY, CARD, PHONE = "identity", "card", "phone"
KINDS = {
    IDENTITY: _("identity number"),
    CARD: _("bank card number"),
    PHONE: _("mobile phone number"),
}
MASKED = {IDENTITY: masks.identity, CARD: masks.hidden, PHONE: masks.phone}
MOST = 200
"""Hits that are listed; all are counted."""

GAP = r"[ \u00b7_-]?"
ALONE, END = r"(?<![0-9A-Za-z.])(?<!\d,)", r"(?![0-9A-Za-z])(?!\.\d)(?!,\d{3}(?!\d))"
IDENTITY_FORM = re.compile(
    rf"{ALONE}([1-8]\d{{5}}){GAP}((?:19|20)\d{{6}}){GAP}(\d{{3}}[\dXx]){END}"
)
CARD_FORM = re.compile(rf"{ALONE}\d{{4}}(?:{GAP}\d{{4}}){{2,3}}(?:{GAP}\d{{1,4}})?{END}")
PHONE_FORM = re.compile(
    rf"(?<![0-9A-Za-z.])(?<!\d,)(?:\+?86[ -]?|\(\+?86\) ?)?"
    rf"(1(?:3\d|4[5-9]|5[0-35-9]|6[2567]|7[0-8]|8\d|9[0-35-9]))[ -]?(\d{{4}})[ -]?(\d{{4}}){END}"
)
ENOUGH = re.compile(r"(?:\d[\s.\u00b7_-]*){11}")
INSIDE = re.compile(r"(?<=\d) +(?=[\dXx])")
NARROW = {ord(one): unicodedata.normalize("NFKC", one) for one in "０１２３４５６７８９Ｘｘ"}
PROVINCES = {
    *range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55),
    *range(61, 66), 71, 81, 82, 83,
}  # fmt: skip


@dataclass(frozen=True)
class Hit:
    """A personal number: its kind, where it stands, and the number masked."""

    kind: str
    place: str
    given: dict
    masked: str


@dataclass
class Personal:
    """What was found in a file: how many of each kind, where, and which parts nobody could read as text."""

    counts: Counter = field(default_factory=Counter)
    hits: list = field(default_factory=list)
    unread: list = field(default_factory=list)
    known: set = field(default_factory=set)

    def add(self, kind, place, given, number):
        """Note a number, once for each place."""
        key = (kind, number, place, *given.values())
        if key in self.known:
            return
        self.known.add(key)
        self.counts[kind] += 1
        if len(self.hits) < MOST:
            self.hits.append(Hit(kind, place, given, MASKED[kind](number)))


FORMS = tomllib.loads((Path(__file__).parent / "personal.toml").read_text(encoding="utf-8"))
CARDS = [(tuple(one["begins"]), set(one["lengths"])) for one in FORMS["cards"]]
NOT_PHONES = tuple(FORMS["not_phones"])


def is_identity(number):
    """Province, date of birth and check digit (GB 11643); counties of former times are not listed anywhere whole."""
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return (
        int(number[:2]) in PROVINCES
        and date(1900, 1, 1) <= born
        and ric.calc_check_digit(number[:-1]) == number[-1]
    )


def is_card(number):
    known = any(number.startswith(begins) and len(number) in lengths for begins, lengths in CARDS)
    return known and len(set(number)) > 3 and luhn.is_valid(number)


def numbers_in(text):
    """Kind and number of each personal number in a text, in any writing of digits and with the usual gaps."""
    text = UNSEEN.sub(lambda sign: " " if sign[0] < "\xa0" else "", text)
    text = unicodedata.normalize("NFKC", text)
    if not ENOUGH.search(text):
        return []
    found = found_in(text)
    # Numbers that a line or a cell broke in the middle; only those that a check digit proves.
    whole = INSIDE.sub("", text)
    if whole != text:
        known = {number for _kind, number in found}
        found += [
            (kind, number)
            for kind, number in found_in(whole)
            if kind != PHONE and number not in known
        ]
    return found


def masked(text):
    """A text with its personal numbers masked; empty where one is written so that it cannot be taken out."""
    text = text.translate(NARROW)
    for kind, form, is_one in forms():
        text = form.sub(partial(mask_of, kind, is_one), text)
    return "" if numbers_in(text) else text


def mask_of(kind, is_one, match):
    number = plain(kind, match)
    return MASKED[kind](number) if is_one(number) else match[0]


def forms():
    """The kinds of numbers in the order in which they are looked for: form, and what proves one."""
    return (
        (IDENTITY, IDENTITY_FORM, is_identity),
        (CARD, CARD_FORM, is_card),
        (PHONE, PHONE_FORM, is_phone),
    )


def found_in(text):
    found, taken = [], []
    for kind, form, is_one in forms():
        for match in form.finditer(text):
            number = plain(kind, match)
            apart = all(match.end() <= start or match.start() >= end for start, end in taken)
            before = text[max(0, match.start() - 8) : match.start()].rstrip(" :#").lower()
            if apart and is_one(number) and not (kind == PHONE and before.endswith(NOT_PHONES)):
                found.append((kind, number))
                taken.append(match.span())
    return found


def plain(kind, match):
    if kind == CARD:
        return re.sub(r"\D", "", match[0])
    return "".join(match.groups()).upper()


def is_phone(number):
    """Round figures are amounts."""
    return not number.endswith("00000")


def find(data, kind, also=None):
    """The personal numbers of a file of that kind; `also(place, given, text)` is told every text that was read."""
    found = Personal()
    for place, given, text in texts_of(data, kind):
        if text is None:
            found.unread.append([place, given])
            continue
        for number_kind, number in numbers_in(text):
            found.add(number_kind, place, given, number)
        if also:
            also(place, given, text)
    return found
