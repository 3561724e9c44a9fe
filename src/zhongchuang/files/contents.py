"""The texts of a file with their places: also what is hidden, deleted, noted beside it, or only in its properties."""

import io
import logging
import re
import zipfile
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from xml.etree import ElementTree as ET

from PIL import ExifTags, Image
from pypdf import PdfReader

from zhongchuang.files.kinds import DOCX, IMAGES, PDF, XLSX
from zhongchuang.policy.errors import _

PLACES = {
    "paragraph": _("paragraph %(number)s"),
    "note": _("%(part)s"),
    "properties": _("properties of the file"),
    "cell": _("sheet %(sheet)s, cell %(cell)s"),
    "hidden_cell": _("sheet %(sheet)s, cell %(cell)s (hidden)"),
    "comment": _("comment at cell %(cell)s"),
    "unused": _("texts of the workbook that no cell shows"),
    "page": _("page %(number)s"),
    "page_note": _("notes and fields on page %(number)s"),
    "line": _("line %(number)s"),
    "outline": _("table of contents"),
}
PARTS = {
    "header": _("header"), "footer": _("footer"), "footnotes": _("footnote"),
    "endnotes": _("endnote"), "comments": _("comment"), "document": _("text"),
    "drawing": _("drawing"), "chart": _("chart"), "workbook": _("names and settings of the workbook"),
    "threadedComment": _("comment"), "diagrams": _("diagram"), "pivotCache": _("pivot table"),
    "other": _("another part of the file"),
}  # fmt: skip
BLOCKS = {"p", "si", "is", "comment", "row"}
BETWEEN = {"tab", "br", "cr", "noBreakHyphen"}
SHORTEST = 11
ENCODINGS = ("utf-8-sig", "gb18030")


def texts_of(data, kind):
    """Place, its parameters and the text there; None as the text is a place that holds a picture alone."""
    if kind == DOCX:
        return of_word(data)
    if kind == XLSX:
        return of_workbook(data)
    if kind == PDF:
        return of_pdf(data)
    if kind in IMAGES:
        return of_picture(data)
    return of_lines(data)


def local(tag):
    return tag.rpartition("}")[2]


def part_name(name):
    """A word for a part of an Office file."""
    stem = re.sub(r"\d*\.xml.*$", "", name.rpartition("/")[2])
    folder = name.split("/")[1] if name.count("/") > 1 else ""
    found = next((one for one in (stem, folder, folder.rstrip("s")) if one in PARTS), "other")
    return PARTS[found]


def parsed(archive, name):
    """Elements of an XML part as they end; each is cleared by whoever used it."""
    with archive.open(name) as part:
        for _event, element in ET.iterparse(part):  # noqa: S314 -- inspected: no definitions, limits set
            yield element


def is_xml(name):
    return name.endswith((".xml", ".rels", ".vml"))


# --- Word -----------------------------------------------------------------------------------------


def of_word(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if is_xml(name):
                yield from of_part(archive, name)


def of_part(archive, name):
    """The paragraphs of a part, rows written with a sign a cell, and what stands in attributes."""
    place = "properties" if name.startswith("docProps/") else "note"
    given = {} if place == "properties" else {"part": part_name(name)}
    number = 0
    for element in parsed(archive, name):
        tag = local(element.tag)
        for value in element.attrib.values():
            if len(value) >= SHORTEST:
                yield place, given, value
        if tag == "p":
            number += 1
            where = (
                ("paragraph", {"number": number}) if name == "word/document.xml" else (place, given)
            )
            text = joined(element)
            yield *where, text
            element.clear()
            element.text = text if len(text) == 1 else ""  # a row may write one sign a cell
        elif tag == "tr":
            boxes = ["".join(cell.itertext()) for cell in element if local(cell.tag) == "tc"]
            if any(len(box) == 1 for box in boxes):
                yield place, given, boxed(boxes)
            element.clear()
        elif len(element) == 0 and element.text and tag not in {"t", "delText", "instrText"}:
            yield place, given, element.text


def boxed(boxes):
    """The text of cells in a row: cells of one sign stand together, others apart."""
    text = ""
    for box in boxes:
        text += box if len(box) == 1 else f" \n|{box}|"
    return text


def joined(element):
    """All text of an element, shown or deleted, with a space for tabs and breaks."""
    pieces = []
    for one in element.iter():
        if local(one.tag) in BETWEEN:
            pieces.append(" ")
        if one.text:
            pieces.append(one.text)
    return "".join(pieces)


# --- Excel ----------------------------------------------------------------------------------------


def of_workbook(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        shared = shared_texts(archive) if "xl/sharedStrings.xml" in names else []
        sheets, used = sheets_of(archive), set()
        for name in names:
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                title, hidden = sheets.get(name.lower(), (name.rpartition("/")[2], False))
                yield from of_sheet(archive, name, title, shared, used, hidden=hidden)
            elif re.match(r"xl/(threadedC|c)omments?", name):
                yield from of_comments(archive, name)
            elif is_xml(name) and name != "xl/sharedStrings.xml":
                yield from of_part(archive, name)
        for number, text in enumerate(shared):
            if number not in used:
                yield "unused", {}, text


def shared_texts(archive):
    texts = []
    for element in parsed(archive, "xl/sharedStrings.xml"):
        if local(element.tag) == "si":
            texts.append("".join(element.itertext()))
            element.clear()
    return texts


def sheets_of(archive):
    """Title of each sheet by its part, and whether it is hidden."""
    targets, found = {}, {}
    with suppress(KeyError):
        for element in parsed(archive, "xl/_rels/workbook.xml.rels"):
            if local(element.tag) == "Relationship":
                target = element.get("Target", "").lstrip("/")
                targets[element.get("Id")] = target if target.startswith("xl/") else f"xl/{target}"
    for element in parsed(archive, "xl/workbook.xml"):
        if local(element.tag) == "sheet":
            key = next((v for k, v in element.attrib.items() if local(k) == "id"), None)
            hidden = element.get("state", "visible") != "visible"
            found[targets.get(key, "").lower()] = (element.get("name", ""), hidden)
    return found


def of_sheet(archive, name, title, shared, used, *, hidden):
    columns, boxes = [], []
    for element in parsed(archive, name):
        tag = local(element.tag)
        if tag == "col" and element.get("hidden") in {"1", "true"}:
            columns.append((int(element.get("min", 0)), int(element.get("max", 0))))
        elif tag == "row":
            unseen = hidden or element.get("hidden") in {"1", "true"}
            boxes = []
            for cell in element:
                text = cell_text(cell, shared, used)
                boxes.append(text)
                at = cell.get("r", "?")
                far = any(first <= column_of(at) <= last for first, last in columns)
                place = "hidden_cell" if unseen or far else "cell"
                yield place, {"sheet": title, "cell": at}, text
            if any(len(box) == 1 for box in boxes):
                yield "cell", {"sheet": title, "cell": element.get("r", "?")}, boxed(boxes)
            element.clear()
        elif tag not in {"c", "v", "t", "is", "r", "f", "rPr"} and element.text:
            yield "cell", {"sheet": title, "cell": tag}, element.text


def column_of(cell):
    number = 0
    for sign in cell:
        if not sign.isalpha():
            break
        number = number * 26 + ord(sign.upper()) - 64
    return number


def cell_text(cell, shared, used):
    kind = cell.get("t", "n")
    value = "".join(one.text or "" for one in cell if local(one.tag) == "v")
    formula = " ".join(one.text or "" for one in cell if local(one.tag) == "f")
    if kind == "s" and value.isdecimal() and int(value) < len(shared):
        used.add(int(value))
        return shared[int(value)]
    if kind == "inlineStr":
        return "".join("".join(one.itertext()) for one in cell if local(one.tag) == "is")
    return f"{number_text(value) if kind == 'n' else value} {formula}".strip()


def number_text(value):
    """A number as its digits: `1.3812341234E10` is 13812341234."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if not number.is_finite() or number.adjusted() >= 30:
        return value
    whole = number == number.to_integral_value()
    return format(number.to_integral_value() if whole else number, "f")


def of_comments(archive, name):
    for element in parsed(archive, name):
        if local(element.tag) in {"comment", "threadedComment"}:
            yield "comment", {"cell": element.get("ref", "?")}, joined(element)
            element.clear()
        elif local(element.tag) == "author" and element.text:
            yield "comment", {"cell": "–"}, element.text


# --- PDF, pictures, plain text --------------------------------------------------------------------


def of_pdf(data):
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = PdfReader(io.BytesIO(data), strict=False)
    for value in (reader.metadata or {}).values():
        yield "properties", {}, str(value)
    described = reader.trailer["/Root"].get_object().get("/Metadata")
    if described is not None:
        yield "properties", {}, described.get_object().get_data().decode("utf-8", "replace")
    for number, page in enumerate(reader.pages, 1):
        text = page.extract_text()
        yield "page", {"number": number}, text
        if not text.strip() and "/XObject" in (page.get("/Resources") or {}):
            yield "page", {"number": number}, None
        for note in page.get("/Annots") or ():
            yield from of_note(note.get_object(), number)
    for value in fields_of(reader):
        yield "properties", {}, value
    for title in titles_of(reader.outline):
        yield "outline", {}, title


def of_note(note, number):
    for key in ("/Contents", "/T", "/V", "/DV", "/TU", "/Subj", "/RC"):
        if key in note:
            yield "page_note", {"number": number}, str(note[key])
    target = note.get("/A")
    if target is not None and "/URI" in target.get_object():
        yield "page_note", {"number": number}, str(target.get_object()["/URI"])


def fields_of(reader):
    found = reader.get_fields() or {}
    return [str(one.get("/V")) for one in found.values() if one.get("/V")]


def titles_of(outline):
    for one in outline:
        if isinstance(one, list):
            yield from titles_of(one)
        else:
            yield str(one.title)


def of_picture(data):
    """What a picture says beside itself; what it shows nobody reads here."""
    with Image.open(io.BytesIO(data)) as picture:
        picture.load()
        known = picture.getexif()
        tables = [known, *(known.get_ifd(one) for one in ExifTags.IFD)]
        values = [value for table in tables for value in table.values()]
        values += [value for name, value in picture.info.items() if name != "icc_profile"]
    for value in values:
        for text in readings(value):
            yield "properties", {}, text
    yield "page", {"number": 1}, None


def readings(value):
    """A value of a picture's data as text; Windows writes two bytes a sign."""
    if isinstance(value, bytes):
        return [value.decode("utf-8", "replace"), value.decode("utf-16-le", "replace")]
    return [str(value)]


def of_lines(data):
    for number, line in enumerate(decoded(data).splitlines(), 1):
        yield "line", {"number": number}, line


def decoded(data):
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16", "replace")
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace")
