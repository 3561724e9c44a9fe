"""The procedures of a pack: steps, form, materials, window, what they end with."""

import re
from collections.abc import Mapping
from typing import Any

from zhongchuang.policy.errors import Refused, _
from zhongchuang.policy.facts import is_choice, space_catalogue
from zhongchuang.policy.form import Form
from zhongchuang.policy.pack import RuleSet
from zhongchuang.policy.procedure import (
    ACTORS,
    CHANGE,
    FILLED_ENTRIES,
    FILLED_MATERIALS,
    FORWARD,
    HANDS,
    KINDS,
    LEVELS,
    NEEDS,
    REFUSE,
    RETURN,
    REVIEW,
    TITLES,
    WORDED,
    Ban,
    Entry,
    Gives,
    Material,
    Procedure,
    Section,
    Step,
    Window,
)
from zhongchuang.policy.reading import Node
from zhongchuang.policy.sections.forms import forms_of

DAY = re.compile(r"(\d\d)-(\d\d)")
LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
ALONE = ("notice",)
"""Kinds of steps that nobody takes: they end by themselves."""


def read_procedures(
    root: Node, sets: Mapping[str, RuleSet], forms: Mapping[str, Form]
) -> dict[str, Procedure]:
    """All procedures of a pack, by name; `forms` are those that materials can name."""
    return {name: _procedure(name, node, sets, forms) for name, node in root.tables("procedures")}


def _procedure(
    name: str, node: Node, sets: Mapping[str, RuleSet], forms: Mapping[str, Form]
) -> Procedure:
    kind = node.one_of("kind", KINDS)
    steps = tuple(_step(one, contests=kind == REVIEW) for one in node.list("steps"))
    if not steps:
        node.fault("steps", _("This list is empty."))
    _distinct(node, "steps", [one.id for one in steps])
    read = Procedure(
        id=name,
        set=node.one_of("set", sets, ""),
        kind=kind,
        title=node.words("title"),
        steps=steps,
        gives=_gives(node.table("gives")) if "gives" in node else None,
        sections=tuple(_section(one) for one in node.list("sections")),
        materials=tuple(_material(one, forms) for one in node.list("materials")),
        window=_window(node.table("window")) if "window" in node else None,
        batches=bool(node.typed("batches", bool, "true, false", False)),
        withdraw_minutes=_whole(node, "withdraw_within", "minute") or 0,
        ban=_ban(node.table("ban")) if "ban" in node else None,
        note=node.words("note", None),
        cite=node.cite(),
        basis=node.basis(),
        changes=_columns(node, "changes", WORDED),
        asked_within=_whole(node, "asked_within", "workday") or 0,
    )
    _distinct(node, "materials", [one.id for one in read.materials])
    _distinct(node, "sections", [one.id for one in read.sections])
    _distinct(node, "sections.entries", [one.id for one in read.entries()])
    if read.cite is None and not read.basis:
        node.fault("cite", _('A procedure names its article, or says basis = "project".'))
    _of_kind(node, read)
    node.done()
    return read


def _of_kind(node: Node, read: Procedure) -> None:
    """What a change and a review have to say of themselves, and nothing else may."""
    if (read.kind == CHANGE) != bool(read.changes):
        node.fault("changes", _("A procedure of changes names what changes; no other does."))
    filled = [*(one.filled for one in read.entries()), *(one.filled for one in read.materials)]
    if read.kind != CHANGE and any(filled):
        node.fault(
            "sections", _("Only the form of a change is filled from a change of the register.")
        )
    if (read.kind == REVIEW) != bool(read.asked_within):
        node.fault(
            "asked_within",
            _("A review says in how many working days it can be asked for; nothing else does."),
        )
    if read.id == REVIEW and (read.kind != REVIEW or read.set):
        node.fault(
            "kind",
            _("Only a review on request of all sets is called “review”, as the general one is."),
        )
    if read.kind in (CHANGE, REVIEW) and read.gives:
        node.fault("gives", _("A change or a review gives no title of its own."))


def _distinct(node: Node, key: str, ids: list[str]) -> None:
    for id_ in sorted({one for one in ids if one and ids.count(one) > 1}):
        node.fault(key, _("The id “%(found)s” is used twice in this list."), found=id_)


def _whole(node: Node, key: str, unit: str) -> int | None:
    """A whole number of a unit, or None where the key is absent."""
    if key not in node:
        node.take(key, None)
        return None
    amount = node.amount(key, unit)
    if amount is None or amount.denominator == 1:
        return None if amount is None else int(amount)
    node.fault(key, _("Found %(found)s. Allowed: a whole number."), found=node.value[key])
    return None


def _columns(node: Node, key: str, beside: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Columns of the catalogue, by their own names, and the words that are allowed beside them."""
    found = []
    for name in node.texts(key, ()):
        try:
            found.append(name if name in beside else space_catalogue().column(name).name)
        except Refused as refused:
            node.add(key, refused)
    return tuple(found)


def _step(node: Node, *, contests: bool) -> Step:
    kind = node.one_of("kind", FORWARD)
    alone = kind in ALONE
    forward = FORWARD.get(kind, "")
    read = Step(
        id=node.name("id"),
        kind=kind,
        text=node.words("text"),
        level=node.one_of("level", LEVELS, "")
        if alone or contests
        else node.one_of("level", LEVELS),
        actor=node.one_of("actor", ACTORS, ACTORS[0]),
        hands=() if alone else _among(node, "hands", HANDS),
        may=() if alone else _among(node, "may", (forward, RETURN, REFUSE)),
        needs=_among(node, "needs", NEEDS, ()),
        days=_whole(node, "within", "workday"),
        opinions=_whole(node, "opinions", "person") or 0,
        note=node.words("note", None),
        cite=node.cite(),
        basis=node.basis(),
    )
    if not alone and forward not in read.may:
        node.fault("may", _("“%(found)s” is missing: nothing would lead on."), found=forward)
    if alone and "within" not in node:
        node.fault("within", _("A public notice has its working days."))
    if ("opinions" in read.needs) != bool(read.opinions):
        node.fault(
            "opinions",
            _("A step that needs opinions says of how many experts, such as “5 person”."),
        )
    if read.cite is None and not read.basis:
        node.fault("cite", _('A step names its article, or says basis = "project".'))
    node.done()
    return read


MISSING = object()


def _among(
    node: Node, key: str, allowed: tuple[str, ...], default: Any = MISSING
) -> tuple[str, ...]:
    """A list of words out of those allowed, each at most once."""
    words = node.texts(key) if default is MISSING else node.texts(key, default)
    for word in words:
        if word not in allowed or words.count(word) > 1:
            node.fault(
                key,
                _("“%(found)s” is not allowed. Allowed: %(allowed)s."),
                found=word,
                allowed=", ".join(allowed),
            )
            return ()
    return words


def _section(node: Node) -> Section:
    read = Section(
        id=node.name("id"),
        title=node.words("title"),
        facts=_columns(node, "facts"),
        entries=tuple(_entry(one) for one in node.list("entries")),
        note=node.words("note", None),
        cite=node.cite(),
        basis=node.basis(),
    )
    if not read.facts and not read.entries:
        node.fault("facts", _("A section has facts or entries."))
    if read.cite is None and not read.basis:
        node.fault("cite", _('A section names its article, or says basis = "project".'))
    node.done()
    return read


def _entry(node: Node) -> Entry:
    read = Entry(
        id=node.name("id"),
        text=node.words("text"),
        longest=_whole(node, "longest", "character") or 0,
        required=bool(node.typed("required", bool, "true, false", True)),
        note=node.words("note", None),
        filled=node.one_of("filled", FILLED_ENTRIES, ""),
    )
    if not read.longest:
        node.fault("longest", _("An entry says how long it may be, such as “500 character”."))
    node.done()
    return read


def _material(node: Node, forms: Mapping[str, Form]) -> Material:
    read = Material(
        id=node.name("id"),
        text=node.words("text"),
        required=bool(node.typed("required", bool, "true, false", True)),
        note=node.words("note", None),
        cite=node.cite(),
        basis=node.basis(),
        filled=node.one_of("filled", FILLED_MATERIALS, ""),
        forms=forms_of(node, forms),
    )
    if read.cite is None and not read.basis:
        node.fault("cite", _('A material names its article, or says basis = "project".'))
    node.done()
    return read


def _gives(node: Node) -> Gives:
    read = Gives(
        id=node.name("id"),
        title=node.words("title"),
        level=node.one_of("level", LEVELS),
        years=_whole(node, "term", "year"),
        plaque=bool(node.typed("plaque", bool, "true, false", False)),
        counts_as=_counted(node),
        note=node.words("note", None),
        cite=node.cite(),
        basis=node.basis(),
    )
    node.done()
    return read


def _counted(node: Node) -> str:
    """The title of the catalogue that a title counts as; its level follows the title's where none is written."""
    code, fact = node.text("counts_as", ""), space_catalogue().facts[TITLES]
    if code and (code.endswith("@") or not is_choice(fact, code)):
        node.fault(
            "counts_as",
            _(
                "“%(found)s” is no title of the catalogue. Allowed: %(kinds)s; each also with @ and one of %(levels)s."
            ),
            found=code,
            kinds=", ".join(fact.choices),
            levels=", ".join(fact.levels),
        )
        return ""
    return code


def _ban(node: Node) -> Ban:
    read = Ban(
        years=_whole(node, "term", "year"),
        note=node.words("note", None),
        cite=node.cite(),
        basis=node.basis(),
    )
    node.done()
    return read


def _window(node: Node) -> Window | None:
    first, last = _day(node, "first"), _day(node, "last")
    note, cite, basis = node.words("note", None), node.cite(), node.basis()
    node.done()
    return Window(first, last, note, cite, basis) if first and last else None


def _day(node: Node, key: str) -> tuple[int, int] | None:
    """Month and day, written 03-01; 29 February stands in no window, since not every year has it."""
    text = node.text(key)
    found = DAY.fullmatch(text)
    month, day = (int(found[1]), int(found[2])) if found else (0, 0)
    if 1 <= month <= len(LENGTHS) and 1 <= day <= LENGTHS[month - 1]:
        return month, day
    if text:
        node.fault(key, _("Found %(found)s. Allowed: %(allowed)s."), found=text, allowed="03-01")
    return None
