"""TOML to pack. Every fault is found in one pass and names file, key, what was found, what is allowed."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from .errors import Refused, _
from .form import Form
from .pack import Pack, RuleSet
from .procedure import REVIEW, Procedure, at_level
from .quantity import LARGEST
from .reading import MOST_FAULTS, Fault, Node, TooManyFaults
from .sections.forms import read_forms, unnamed
from .sections.money import read_awards, read_consequences, read_programmes
from .sections.procedures import read_procedures
from .sections.sets import read_sets
from .term import Term

LARGEST_FILE = 1_000_000
"""Bytes of a pack file; the longest pack of ours is a fiftieth of it."""

LONGEST_LINE = 10_000
DEEPEST = 20
MOST_VALUES = 50_000
LONGEST_NUMBER = 40
_PIECE = rb"(?:[\w-]++|\"(?:[^\"\\\n]|\\.)*+\"|'[^'\n]*+')[ \t]*+"
_LONG_KEY = re.compile(rb"(?<![\w-])(?:%s\.[ \t]*+){%d}" % (_PIECE, DEEPEST))
"""A key of so many parts, such as a.b.c: the parser's work grows with their square."""

PACKS = Path(__file__).parent.parent / "packs"
"""The packs that come with the product."""


class PackRefused(Refused):
    """A pack that cannot be used; `faults` names all that is wrong."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(
            _("The pack has %(count)s faults. First: %(first)s"), count=len(faults), first=faults[0]
        )
        self.faults = list(faults)


def load_pack(folder: Path) -> Pack:
    """The pack in a folder, or PackRefused with every fault in it."""
    path = folder / "pack.toml"
    pack, faults = parse_pack(read_toml(path), path)
    if pack is not None and pack.id != folder.name:
        faults.append(
            Fault(
                str(path),
                "pack.id",
                Refused(
                    _("“%(found)s” is not the name of its folder. Allowed: “%(allowed)s”."),
                    found=pack.id,
                    allowed=folder.name,
                ),
            )
        )
    if faults or pack is None:
        raise PackRefused(faults)
    return pack


def parse_pack(raw: dict[str, Any], path: Path) -> tuple[Pack | None, list[Fault]]:
    """The pack that a TOML document holds, and its faults; None where they leave no pack."""
    faults: list[Fault] = []
    try:
        return _pack(Node(raw, "", str(path), faults), path), faults
    except TooManyFaults:
        return None, [*faults, Fault(str(path), "", _too_many())]


def _pack(root: Node, path: Path) -> Pack | None:
    head = root.table("pack")
    sets = read_sets(root)
    programmes = read_programmes(root)
    awards = read_awards(root, programmes)
    consequences = read_consequences(root)
    forms = read_forms(root)
    procedures = read_procedures(root, sets, {**general_forms(), **forms})
    unnamed(root, forms, (name for one in procedures.values() for name in one.forms()))
    term, basis, note = _term(head)
    entry = head.one_of("entry", sets) if sets else head.text("entry")
    for name, one in sets.items():
        for grade in one.scoring.grades if one.scoring else ():
            if grade.award and grade.award not in awards:
                root.table("sets").table(name).table("grades").table(grade.id).fault(
                    "award",
                    _("There is no award “%(found)s” in this pack. Allowed: %(allowed)s."),
                    found=grade.award,
                    allowed=", ".join(awards) or "-",
                )
    title = head.words("title")
    read = {
        "id": head.name("id"),
        "version": head.text("version"),
        "status": head.one_of("status", ("law", "plan", "proposal")),
        "authority": head.text("authority"),
        "number": head.text("number", ""),
        "region": head.text("region", ""),
        "replaces": head.text("replaces", ""),
        "title": title,
        "short": head.words("short", title),
        "note": head.words("note", None),
    }
    if read["region"] and not read["region"].isdigit():
        head.fault(
            "region",
            _("“%(found)s” is no region code. Allowed: digits, such as “33” or “4110”."),
            found=read["region"],
        )
    head.done()
    root.done()
    if root.faults or term is None:
        return None
    return Pack(
        **read,
        term=term,
        term_basis=basis,
        term_note=note,
        entry=entry,
        sets=sets,
        awards=awards,
        programmes=programmes,
        consequences=consequences,
        procedures=procedures,
        forms=forms,
        raw=root.value,
        folder=path.parent,
    )


GENERAL_FORMS = Path(__file__).parent / "forms"


@cache
def general_forms() -> dict[str, Form]:
    """The forms of the product that any pack can name, by name: a file each."""
    faults: list[Fault] = []
    found: dict[str, Form] = {}
    for path in sorted(GENERAL_FORMS.glob("*.toml")):
        found |= read_forms(Node(read_toml(path), "", str(path), faults))
    if faults:
        raise PackRefused(faults)
    return found


GENERAL_REVIEW = Path(__file__).parent / "review.toml"


@cache
def general_review() -> Procedure:
    """The review on request of packs that say none."""
    path = GENERAL_REVIEW
    faults: list[Fault] = []
    read = read_procedures(Node(read_toml(path), "", str(path), faults), {}, general_forms())
    if faults:
        raise PackRefused(faults)
    return read[REVIEW]


def with_general_review(text: str) -> str:
    """The text of a pack that says no review, with the general one behind it, so that both are kept as they are now."""
    return f"{text}\n{GENERAL_REVIEW.read_text(encoding='utf-8')}"


def review_of(pack: Pack, contested: Procedure | None, level: str) -> Procedure:
    """The review on request of a decision at a level: the pack's own for its set or for all, else the general one."""
    own = [one for one in pack.procedures.values() if one.kind == REVIEW]
    fitting = [one for one in own if contested and one.set == contested.set] or [
        one for one in own if not one.set
    ]
    return at_level(fitting[0] if fitting else general_review(), contested, level)


def rules_of(raw: dict[str, Any], name: str) -> RuleSet:
    """The set inside the canonical rules of a decision, which have no texts; PackRefused where it is none."""
    faults: list[Fault] = []
    sets: dict[str, RuleSet] = {}
    with suppress(TooManyFaults):
        sets = read_sets(Node(raw, "rules", "", faults, bare=True))
    if name not in sets and not faults:
        faults.append(Fault("", f"rules.sets.{name}", Refused(_("This key is missing."))))
    if faults:
        raise PackRefused(faults)
    return sets[name]


def _term(head: Node) -> tuple[Term | None, str, Any]:
    node = head.table("in_force")
    start, until = node.day("from"), node.day("until", None)
    basis, note = node.one_of("basis", ("project",), ""), node.words("note", None)
    node.done()
    if start is None:
        return None, basis, note
    try:
        return Term(start, until), basis, note
    except Refused as refused:
        head.add("in_force", refused)
        return None, basis, note


def read_toml(path: Path) -> dict[str, Any]:
    """The document as plain values, numbers with a point as Decimal; PackRefused where it is none."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise PackRefused(
            [
                Fault(
                    str(path),
                    "",
                    Refused(
                        _("The file cannot be read: %(why)s."), why=error.strerror or str(error)
                    ),
                )
            ]
        ) from None
    return parse_toml(data, str(path))


def parse_toml(data: bytes, name: str) -> dict[str, Any]:
    """The same from bytes; size, line length, depth and number of values are bounded before they can hurt."""
    try:
        _check_size(data)
        raw = _parsed(data)
        if sum(1 for _value in _values(raw, 0)) > MOST_VALUES:
            raise _too_much()
    except Refused as refused:
        raise PackRefused([Fault(name, "", refused)]) from None
    except RecursionError:
        raise PackRefused([Fault(name, "", _too_deep())]) from None
    return raw


def _check_size(data: bytes) -> None:
    if len(data) > LARGEST_FILE:
        raise Refused(
            _("The file has %(found)s bytes. Allowed: %(allowed)s."),
            found=len(data),
            allowed=LARGEST_FILE,
        )
    if any(len(line) > LONGEST_LINE for line in data.splitlines()):
        raise Refused(
            _("A line is longer than %(allowed)s bytes. Break it into several."),
            allowed=LONGEST_LINE,
        )
    if sum(map(data.count, (b"=", b"[", b"."))) > MOST_VALUES:
        raise _too_much()
    if _LONG_KEY.search(data):
        raise _too_deep()


def _parsed(data: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(data.decode("utf-8-sig"), parse_float=_number)
    except UnicodeDecodeError as error:
        raise Refused(
            _("The file is not UTF-8: byte %(place)s. Save it as UTF-8."), place=error.start
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise Refused(_("The file is no TOML: %(why)s."), why=str(error)) from None
    except Refused:
        raise
    except ValueError:  # Python reads no whole number of thousands of digits
        longest = max(re.findall(rb"[\d_]+", data), key=len).decode()
        raise _out_of_range(longest) from None


def _number(text: str) -> Decimal:
    number = Decimal(text)
    if len(text) > LONGEST_NUMBER or not number.is_finite() or abs(number.adjusted()) > MOST_DIGITS:
        raise _out_of_range(text)
    return number


def _out_of_range(text: str) -> Refused:
    return Refused(_("“%(found)s” is out of range for a number in a pack."), found=text[:40])


def _too_much() -> Refused:
    return Refused(_("The file holds more than %(allowed)s values."), allowed=MOST_VALUES)


MOST_DIGITS = 15


def _values(value: Any, depth: int) -> Iterator[Any]:
    if depth > DEEPEST:
        raise _too_deep()
    if isinstance(value, int) and abs(value) >= LARGEST:
        raise _out_of_range(hex(value))
    yield value
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _values(one, depth + 1)


def _too_many() -> Refused:
    return Refused(
        _("There are more than %(allowed)s faults. Correct these first."), allowed=MOST_FAULTS
    )


def _too_deep() -> Refused:
    return Refused(_("Tables are nested deeper than %(allowed)s levels."), allowed=DEEPEST)


def pack_folders(*more: Path) -> Iterator[Path]:
    """The folders of all packs: those that come with the product, then those of a deployment."""
    for place in (PACKS, *more):
        yield from pack_folders_in(place)


def pack_folders_in(place: Path) -> list[Path]:
    """The pack folders of one place, by name; none where it is no folder."""
    if not place.is_dir():
        return []
    return sorted(folder for folder in place.iterdir() if (folder / "pack.toml").is_file())


@cache
def all_packs(*more: Path) -> dict[str, Pack]:
    """Every pack by id. A deployment's pack takes the place of one with the same id."""
    return {pack.id: pack for pack in map(load_pack, pack_folders(*more))}


@cache
def _one_pack(folder: Path) -> Pack:
    return load_pack(folder)


def find_pack(reference: str, *more: Path) -> tuple[Pack, str]:
    """The pack and set name that `PACK` or `PACK:SET` means; PACK is an id or a folder."""
    id_, colon, name = reference.rpartition(":")
    if not colon or Path(reference).is_dir():
        id_, name = reference, ""
    folder = _folder(id_, more)
    if folder is None:
        ids = [one.name for one in pack_folders(*more)]
        raise Refused(
            _("There is no pack “%(found)s”. Packs are: %(allowed)s."),
            found=id_,
            allowed=", ".join(ids),
        )
    pack = _one_pack(folder)
    if name and name not in pack.sets:
        raise Refused(
            _("Pack %(pack)s has no set “%(found)s”. Its sets are: %(allowed)s."),
            pack=pack.id,
            found=name,
            allowed=", ".join(pack.sets),
        )
    return pack, name or pack.entry


def _folder(id_: str, more: Sequence[Path]) -> Path | None:
    for place in (*reversed(more), PACKS):
        if id_ and "/" not in id_ and "\\" not in id_ and (place / id_ / "pack.toml").is_file():
            return place / id_
    direct = Path(id_)
    return direct.resolve() if id_ and (direct / "pack.toml").is_file() else None
