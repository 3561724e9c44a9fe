"""The small parts of a workbook in XML: its sheets with their files, and the number formats of its styles."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from posixpath import normpath
from xml.parsers import expat

from .limits import Package, damaged, refuse_entities
from .number_formats import BUILT_IN, meaning
from .sheets import Mark

Attributes = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Listed:
    """One sheet as the workbook lists it."""

    index: int
    name: str
    part: str
    hidden: bool


def local(name: str) -> str:
    """The name of an element or attribute without its namespace prefix."""
    return name.rpartition(":")[2]


def parse(
    pieces: Iterable[bytes],
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Walk through XML; a document type, entities or broken XML refuse the file."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: start(local(name), attributes)
    if end:
        parser.EndElementHandler = lambda name: end(local(name))
    if text:
        parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = lambda *_declared: refuse_entities(b"<!DOCTYPE")
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as fault:
        if isinstance(fault, ValueError) and hasattr(fault, "code") and isinstance(fault.code, str):
            raise
        raise damaged() from fault


def listed_sheets(package: Package) -> list[Listed]:
    """The sheets in the order of the workbook."""
    targets: dict[str, str] = {}
    found: list[Listed] = []

    def relation(name: str, attributes: Attributes) -> None:
        if name == "Relationship":
            targets[attributes.get("Id", "")] = _part(attributes.get("Target", ""))

    def sheet(name: str, attributes: Attributes) -> None:
        if name == "sheet":
            plain = {local(key): value for key, value in attributes.items()}
            part = targets.get(plain.get("id", ""), "")
            found.append(
                Listed(
                    len(found),
                    plain.get("name", ""),
                    part,
                    plain.get("state", "visible") != "visible",
                )
            )

    parse([package.read("xl/_rels/workbook.xml.rels")], relation)
    parse([package.read("xl/workbook.xml")], sheet)
    return found


def _part(target: str) -> str:
    return normpath(target.lstrip("/") if target.startswith("/") else f"xl/{target}")


def style_marks(package: Package) -> list[Mark | None]:
    """What each cell style says beside the number, by its index."""
    codes: dict[int, str] = dict(BUILT_IN)
    styles: list[int] = []
    inside = [""]

    def start(name: str, attributes: Attributes) -> None:
        if name == "numFmt" and inside[0] == "numFmts":
            codes[_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "xf" and inside[0] == "cellXfs":
            styles.append(_number(attributes.get("numFmtId")))
        elif name in ("numFmts", "cellXfs", "cellStyleXfs", "dxfs"):
            inside[0] = name

    def end(name: str) -> None:
        if name == inside[0]:
            inside[0] = ""

    content = package.read("xl/styles.xml")
    if content:
        parse([content], start, end)
    return [meaning(codes.get(number)) for number in styles]


def _number(text: str | None) -> int:
    try:
        return int(text or 0)
    except ValueError as fault:
        raise damaged() from fault
