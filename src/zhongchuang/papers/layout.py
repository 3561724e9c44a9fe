"""An official document as GB/T 9704-2012 lays it out: what stands on the sheet, in which type, at which distance."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from zhongchuang.gap.words import plain_name
from zhongchuang.page import typesetting
from zhongchuang.papers.wording import day, wording, written_number

HERE = Path(__file__).parent
POINTS = 72 / 25.4
"""In a millimetre."""

SUBSTITUTES = "|"
WIDE = 0x2E80
"""From here on a character fills its square; those before take half of it."""

UNPRINTED = frozenset({"Cc", "Cs"})
NO_CHARACTERS = "\ufffe\uffff"
"""What no file of XML may hold."""


@cache
def layout():
    return tomllib.loads((HERE / "layout.toml").read_text(encoding="utf-8"))


def area():
    """Width and height of the type area in points."""
    page = layout()["page"]
    width, height = page["width"] - page["left"] - page["right"], page["height"] - page["top"] - page["bottom"]  # fmt: skip
    return width * POINTS, height * POINTS


def squares(text):
    """How many characters of full width a text takes."""
    return sum(1 if ord(one) >= WIDE else 0.5 for one in text)


def clean(text):
    """A text without what cannot be printed or turns its direction."""
    kept = (one for one in text if unicodedata.category(one) not in UNPRINTED and one not in NO_CHARACTERS)  # fmt: skip
    return plain_name("".join(kept)).strip()


def type_of(line):
    """The type in which a line is set: headings have their own."""
    return next((name for name, head in layout()["heads"].items() if re.match(head, line)), "fang")


@dataclass(frozen=True)
class Sheet:
    """All that stands on a document, in Chinese. `free` are the characters to the right of sender and date.

    The imprint at the foot of the last page is `copies`, `office` and `issued`; a paper from before there was one has none.
    """

    mark: str
    mark_size: float
    number: str
    title: str
    to: str
    lines: tuple
    sender: str
    date: str
    free: tuple
    draft: str
    enclosures: tuple = ()
    copies: tuple = ()
    office: str = ""
    issued: str = ""

    @classmethod
    def of(cls, paper):
        words = wording()
        sender = clean(paper.sender if paper.number_id else paper.department.name)
        date = day(paper.dated) if paper.dated else words["undated"]
        lines = [one for one in map(clean, paper.text.splitlines()) if one]
        return cls(
            mark=sender, mark_size=fitting(sender), number=clean(written_number(paper)), title=clean(paper.title),
            to=clean(paper.to) + words["colon"], lines=tuple((type_of(one), one) for one in lines),
            sender=sender, date=date, free=free(sender, date), draft="" if paper.number_id else words["draft"],
            enclosures=enclosures(paper), **imprint(paper, sender, date),
        )  # fmt: skip


def enclosures(paper):
    """What is enclosed: the word before the first one, a number where there are several, the name."""
    names = [one for one in map(clean, paper.enclosures.splitlines()) if one]
    numbers = [f"{number}. " for number in range(1, len(names) + 1)] if len(names) > 1 else [""]
    return tuple(
        ("" if at else wording()["enclosures"], number, name)
        for at, (number, name) in enumerate(zip(numbers, names, strict=False))
    )


def imprint(paper, sender, date):
    """To whom copies go, who issues the document, and on which day."""
    if paper.number_id and not paper.office:
        return {}
    words, copies = wording(), clean(" ".join(paper.copies.split()))
    return {
        "copies": (words["copies"], copies.rstrip(words["copies_end"]) + words["copies_end"])
        if copies
        else (),
        "office": clean(paper.office) or sender,
        "issued": words["issued"].format(day=date),
    }


def fitting(mark):
    """The size of the issuer's name: one line, no larger than said."""
    return min(layout()["size"]["mark"], int(area()[0] / max(squares(mark), 1)))


def free(sender, date):
    """Characters right of sender and date: the sender is centred over the date, which leaves room for the seal."""
    seal, half = layout()["place"]["seal"], (squares(sender) - squares(date)) / 2
    shift = max(half - seal, 0)
    return seal + shift - half, seal + shift


@cache
def families():
    """The fonts that the PDF uses, by type, and whether any of a type is the real one."""
    here, found = typesetting.families(), {}
    for name, wanted in layout()["installed"].items():
        real, others = wanted[: wanted.index(SUBSTITUTES)], wanted[wanted.index(SUBSTITUTES) + 1 :]
        own = [one for one in real if one in here]
        rest = [one for one in others if one in here]
        found[name] = ([*own, *rest] or [typesetting.LATIN], bool(own))
    return found


def substitutes():
    """The types of which this machine has no font of the standard, as the standard calls them."""
    return [layout()["fonts"][name] for name, (_names, is_real) in families().items() if not is_real]  # fmt: skip
