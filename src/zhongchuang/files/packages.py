"""Word and Excel files: archives whose parts are looked at, one by one, within limits."""

import html
import io
import re
import stat
import zipfile
import zlib
from itertools import pairwise
from pathlib import PurePosixPath

from zhongchuang.files.kinds import COMPOUND, DOCX, END_OF_ZIP, XLSX, ZIPPED
from zhongchuang.files.limits import ENTRIES, MB, RATIO, RATIO_FROM, UNPACKED
from zhongchuang.files.problems import FileRefused

CHUNK, OVERLAP = 4 * MB, 64 * 1024
WHOLE = 40 * MB
MAIN_PARTS = {
    DOCX: b"wordprocessingml.document.main+xml",
    XLSX: b"spreadsheetml.sheet.main+xml",
}
MACROS = (
    b"macroenabled",
    b"vbaproject",
    b"vbadata",
    b"xlmacrosheet",
    b"intlmacrosheet",
    b"activex",
)
RELATIONSHIP = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
ATTRIBUTE = re.compile(rb"""\b(Type|Target|TargetMode)\s*=\s*("[^"]*"|'[^']*')""")
EMBEDDED = re.compile(r"/(oleObject|package|control|attachedToolbars|keyMapCustomizations)$")
WEB = re.compile(r"(https?|mailto|tel):|#", re.IGNORECASE)
FIELD_TEXT = re.compile(rb"<(?:\w+:)?instrText\b[^>]*>([^<]*)")
SIMPLE_FIELD = re.compile(rb"""\binstr\s*=\s*("[^"]*"|'[^']*')""")
FORMULA = re.compile(rb"<(?:\w+:)?f\b[^>]*>([^<]*)")
DDE_FIELD = re.compile(r"\bDDE(AUTO)?\b", re.IGNORECASE)
DDE_FORMULA = re.compile(r"\s*[+=@-]*\s*'?[\w. ]{1,40}'?\|")
LOADING_FIELD = re.compile(r"\b(INCLUDEPICTURE|INCLUDETEXT|RD)\b[^a-z]*(\S{0,80})", re.IGNORECASE)


def inspect(data):
    """The kind of an Office file that may be kept."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return look_through(archive, data)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        OSError,
        UnicodeError,
    ) as fault:
        raise FileRefused("damaged") from fault
    except RuntimeError as fault:
        raise FileRefused("encrypted") from fault


def look_through(archive, data):
    entries = archive.infolist()
    if len(entries) > ENTRIES:
        raise FileRefused("entries", found=len(entries), allowed=ENTRIES)
    require_honest(entries, data)
    names = {entry.filename for entry in entries}
    if "[Content_Types].xml" not in names:
        raise FileRefused("kind")
    left, kind = UNPACKED, None
    for entry in entries:
        size = 0
        for content, size in windows(archive, entry, left):
            if entry.filename == "[Content_Types].xml":
                kind = kind or kind_by(content)
            look_at(entry.filename.lower(), content, first=size == len(content))
        left -= size
    return kind


def require_honest(entries, data):
    """Each part stands once, at a place of its own, under a name that stays inside, and nothing stands around them."""
    places = sorted(
        (entry.header_offset, entry.header_offset + entry.compress_size) for entry in entries
    )
    overlapping = any(end > start for (_, end), (start, _) in pairwise(places))
    if overlapping or len({entry.filename.lower() for entry in entries}) < len(entries):
        raise FileRefused("ratio", allowed=RATIO)
    if not places or places[0][0] != 0 or not data[-22:].startswith(END_OF_ZIP):
        raise FileRefused("two_kinds", kind="ZIP")
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise FileRefused("encrypted")
        if leads_out(entry):
            raise FileRefused("paths")
        if entry.file_size > RATIO_FROM and entry.file_size > RATIO * max(entry.compress_size, 1):
            raise FileRefused("ratio", allowed=RATIO)
    if sum(entry.file_size for entry in entries) > UNPACKED:
        raise FileRefused("unpacked", allowed=UNPACKED // MB)


def leads_out(entry):
    path = PurePosixPath(entry.filename)
    strange = "\\" in entry.filename or ":" in entry.filename or "\0" in entry.orig_filename
    return (
        strange
        or path.is_absolute()
        or ".." in path.parts
        or stat.S_ISLNK(entry.external_attr >> 16)
    )


def windows(archive, entry, left):
    """The bytes of a part, with how many there were so far; counted as they come, for what the archive says may be a lie.

    Windows overlap, so that what is looked for stands whole in one; Word's fields need all of the part.
    """
    whole = entry.filename.lower().startswith("word/") and entry.filename.endswith(".xml")
    window, size = b"", 0
    with archive.open(entry) as part:
        while piece := part.read(WHOLE if whole else CHUNK):
            size += len(piece)
            if size > left:
                raise FileRefused("unpacked", allowed=UNPACKED // MB)
            if size > RATIO_FROM and size > RATIO * max(entry.compress_size, 1):
                raise FileRefused("ratio", allowed=RATIO)
            if whole and size > WHOLE:
                raise FileRefused("too_heavy")
            window = window[-OVERLAP:] + piece
            yield window, size


def kind_by(types):
    lowered = types.lower()
    if any(word in lowered for word in MACROS):
        raise FileRefused("macros")
    for kind, mark in MAIN_PARTS.items():
        if mark in lowered:
            return kind
    raise FileRefused("kind")


def look_at(name, content, *, first):
    """Refuse a part that runs, loads or hides something; `first` tells whether it begins here."""
    if "vbaproject" in name or "/macrosheets/" in name or "/activex/" in name:
        raise FileRefused("macros")
    if first and content.startswith(COMPOUND):
        raise FileRefused("macros" if "_VBA_PROJECT".encode("utf-16-le") in content else "embedded")
    if "/embeddings/" in name or (first and content.startswith((ZIPPED, b"%PDF-", b"MZ"))):
        raise FileRefused("embedded")
    if "/externallinks/" in name and name.endswith(".xml"):
        dde = b"ddeLink" in content
        raise (
            FileRefused("dde") if dde else FileRefused("external", target=PurePosixPath(name).name)
        )
    if name.endswith((".xml", ".rels", ".vml")):
        look_at_xml(name, content)


def look_at_xml(name, content):
    if b"\0" in content or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise FileRefused("xml")  # UTF-16 shows by its zero bytes
    if name.endswith(".rels"):
        for tag in RELATIONSHIP.findall(content):
            look_at_relationship(tag)
    elif name.startswith("word/"):
        look_at_fields(content)
    elif name.startswith("xl/"):
        for formula in FORMULA.findall(content):
            if DDE_FORMULA.match(html.unescape(formula.decode("utf-8", "replace"))):
                raise FileRefused("dde")


def look_at_relationship(tag):
    """Addresses of web pages that a reader may click are fine; what is loaded or embedded is not."""
    found = {
        name.decode(): html.unescape(value[1:-1].decode("utf-8", "replace"))
        for name, value in ATTRIBUTE.findall(tag)
    }
    kind, target = found.get("Type", ""), found.get("Target", "")
    if EMBEDDED.search(kind):
        raise FileRefused("embedded")
    if kind.endswith(("/externalLink", "/externalLinkPath")):
        raise FileRefused("external", target=target[:80])
    if found.get("TargetMode") == "External" and not (
        kind.endswith("/hyperlink") and WEB.match(target)
    ):
        raise FileRefused("external", target=target[:80])


def look_at_fields(content):
    """Word splits a field's text over runs, so it is put together first."""
    texts = [b"".join(FIELD_TEXT.findall(content))]
    texts += [value[1:-1] for value in SIMPLE_FIELD.findall(content)]
    for raw in texts:
        text = html.unescape(raw.decode("utf-8", "replace"))
        if DDE_FIELD.search(text):
            raise FileRefused("dde")
        loading = LOADING_FIELD.search(text)
        if loading:
            raise FileRefused("external", target=loading[2])
