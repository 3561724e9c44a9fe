"""The forms of a pack, and those of the product that any pack can name."""

from collections.abc import Iterable, Mapping
from typing import Any

from zhongchuang.policy.errors import Refused, _
from zhongchuang.policy.facts import Text
from zhongchuang.policy.form import LISTS, OF_SPACE, SIGNED, Blank, Form, ListColumn, Rows
from zhongchuang.policy.pack import digest_of, plain
from zhongchuang.policy.quantity import unit_of
from zhongchuang.policy.reading import Node

MOST_ROWS, MOST_LINES, MOST_COLUMNS, MOST_WIDTH, MOST_FIELDS = 100, 40, 16, 20, 100

EVERYTHING = tuple(dict.fromkeys(name for names in LISTS.values() for name in names))


def read_forms(root: Node) -> dict[str, Form]:
    """All forms that stand in a file, by name."""
    return {name: _form(name, node) for name, node in root.tables("forms")}


def forms_of(node: Node, known: Mapping[str, Form]) -> tuple[Form, ...]:
    """The forms that a material names."""
    found = {}
    for name in node.texts("forms", ()):
        if name in known:
            found[name] = known[name]
        else:
            node.fault(
                "forms",
                _("There is no form “%(found)s”. Allowed: %(allowed)s, or one of your own as [forms.%(found)s]."),
                found=name,
                allowed=", ".join(known),
            )  # fmt: skip
    return tuple(found.values())


def unnamed(root: Node, own: Mapping[str, Form], named: Iterable[str]) -> None:
    """Note the forms of a pack that none of its materials names."""
    named = set(named)
    for name in own:
        if name not in named:
            root.fault(f"forms.{name}", _("No material of this pack names this form."))


def _form(name: str, node: Node) -> Form:
    read = Form(
        id=name,
        title=node.words("title"),
        digest=digest_of(plain(node.value)),
        how=_texts(node, "how"),
        words=_texts(node, "words"),
        fields=tuple(_field(one) for one in node.list("fields")),
        rows=_rows(node.table("rows")) if "rows" in node else None,
        signed=_signed(node),
        note=node.words("note", None),
        cite=node.cite(),
        basis=node.basis(),
    )
    if "rows" not in node:
        node.take("rows", None)
    _distinct(node, "fields", [one.id for one in read.fields])
    _few(node, "fields", read.fields, MOST_FIELDS)
    if not (read.fields or read.rows or read.words):
        node.fault("fields", _("A form has fields, rows or words."))
    if read.cite is None and not read.basis:
        node.fault("cite", _('A form names its article, or says basis = "project".'))
    node.done()
    return read


def _field(node: Node) -> Blank:
    fact = node.column() if "fact" in node else node.take("fact", None)
    label = Text(fact.fact.label["zh"], fact.fact.label["en"]) if fact else None
    read = Blank(
        id=node.name("id"),
        text=node.words("text", label) if label else node.words("text"),
        unit=_unit(node, fact.unit if fact else ""),
        filled=node.one_of("filled", OF_SPACE, ""),
        fact=fact,
        lines=_at_most(node, "lines", MOST_LINES),
        sample=_said(node, "sample"),
    )
    node.done()
    return read


def _rows(node: Node) -> Rows:
    filled = node.one_of("filled", LISTS, "")
    columns = tuple(_column(one, LISTS.get(filled, EVERYTHING)) for one in node.list("columns"))
    if not columns or len(columns) > MOST_COLUMNS:
        node.fault(
            "columns",
            _("Found %(found)s. Allowed: %(allowed)s."),
            found=len(columns),
            allowed=f"1 – {MOST_COLUMNS}",
        )
    if "filled" not in node and any(one.filled for one in columns):
        node.fault("filled", _("This list says nowhere which records fill its columns."))
    _distinct(node, "columns", [one.id for one in columns])
    read = Rows(columns, _at_most(node, "blank", MOST_ROWS), filled)
    node.done()
    return read


def _column(node: Node, allowed: tuple[str, ...]) -> ListColumn:
    samples = tuple(_text(node, "samples", one) for one in node.typed("samples", list, "a list", [])
                    or [])  # fmt: skip
    _few(node, "samples", samples, MOST_ROWS)
    filled = node.one_of("filled", allowed, "")
    read = ListColumn(
        id=node.name("id"),
        text=node.words("text"),
        unit=_unit(node, ""),
        filled=filled,
        width=_at_most(node, "width", MOST_WIDTH),
        samples=samples,
    )
    node.done()
    return read


def _unit(node: Node, default: str) -> str:
    code = node.text("unit", "") or default
    try:
        return unit_of(code).code if code else ""
    except Refused as refused:
        node.add("unit", refused)
        return ""


def _at_most(node: Node, key: str, most: int) -> int:
    """A whole number that paper has room for; 1 where none is said."""
    found = node.whole(key, 1) or 1
    if found > most:
        node.fault(
            key, _("Found %(found)s. Allowed: %(allowed)s."), found=found, allowed=f"≤ {most}"
        )
    return min(found, most)


def _few(node: Node, key: str, found: tuple[Any, ...], most: int) -> None:
    """Note a list that is longer than anybody fills in."""
    if len(found) > most:
        node.fault(
            key, _("Found %(found)s. Allowed: %(allowed)s."), found=len(found), allowed=f"≤ {most}"
        )


def _signed(node: Node) -> tuple[str, ...]:
    found = node.texts("signed", ())
    for one in found:
        if one not in SIGNED:
            node.fault(
                "signed",
                _("“%(found)s” is not allowed. Allowed: %(allowed)s."),
                found=one,
                allowed=", ".join(SIGNED),
            )
    return tuple(one for one in dict.fromkeys(found) if one in SIGNED)


def _texts(node: Node, key: str) -> tuple[Text, ...]:
    """Paragraphs in both languages."""
    found = []
    for one in node.list(key):
        found.append(Text(one.text("zh"), one.text("en")))
        one.done()
    return tuple(found)


def _said(node: Node, key: str) -> Text | None:
    """What stands in a sample: words in both languages, or the same in both."""
    return _text(node, key, node.take(key)) if key in node else node.take(key, None)


def _text(node: Node, key: str, value: Any) -> Text:
    if isinstance(value, str):
        return Text(value, value)
    inner = Node(value, f"{node.path}.{key}", node.file, node.faults, bare=node.bare)
    read = Text(inner.text("zh"), inner.text("en"))
    inner.done()
    return read


def _distinct(node: Node, key: str, ids: list[str]) -> None:
    for id_ in sorted({one for one in ids if one and ids.count(one) > 1}):
        node.fault(key, _("The id “%(found)s” is used twice in this list."), found=id_)
