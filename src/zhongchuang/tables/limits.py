"""What a file may be: its size, what a workbook may unpack to, and what it may not carry along."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from zhongchuang.policy.errors import _

from .problems import CellRefused

MB = 1024 * 1024
CHUNK = 4 * MB


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is read of one file; `at_once` reads values while the rest is looked through, for which more memory is needed."""

    size: int
    entries: int
    unpacked: int
    ratio: int
    rows: int
    columns: int
    parquet: bool = True
    at_once: bool = False


UPLOAD = Limits(
    size=50 * MB,
    entries=2000,
    unpacked=200 * MB,
    ratio=100,
    rows=200_000,
    columns=300,
    parquet=False,
)
LOCAL = Limits(
    size=2000 * MB, entries=2000, unpacked=4000 * MB, ratio=100, rows=2_000_000, columns=300
)
"""A file of one's own, named on the command line."""

SMALL = MB
"""Below this an unpacked size is harmless at any ratio: an empty sheet packs very well."""

_FORBIDDEN_PARTS = (
    (
        re.compile(r"vbaproject|/macrosheets/|vbadata", re.IGNORECASE),
        "macros",
        _(
            "The workbook holds macros. Save it as .xlsx without macros, or copy the figures to a new workbook."
        ),
    ),
    (
        re.compile(r"/externallinks/", re.IGNORECASE),
        "external_links",
        _(
            "The workbook takes figures from other files or programs (external links, DDE). In Excel choose Data, "
            "Edit Links, Break Link, and save it again."
        ),
    ),
    (
        re.compile(r"/(?:embeddings|activex)/|oleobject", re.IGNORECASE),
        "embedded",
        _(
            "The workbook holds embedded objects or controls. Remove them, or copy the figures to a new workbook."
        ),
    ),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTITY = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def check_size(size: int, limits: Limits) -> None:
    """Refuse a file that is too large before it is read."""
    if size > limits.size:
        raise CellRefused(
            "too_large",
            _(
                "The file has %(found)s MB; at most %(allowed)s MB are read. Split it into several files."
            ),
            found=-(-size // MB),
            allowed=limits.size // MB,
        )


class Package:
    """A zipped workbook: its parts are unpacked in pieces, never beyond the limits."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self.data, self.limits = data, limits
        self.entries = self._open()
        self._check_names()
        self._check_sizes()
        for entry in self.entries.values():
            self._check_content(entry)

    def _open(self) -> dict[str, zipfile.ZipInfo]:
        try:
            with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
                listed = archive.infolist()
        except (
            zipfile.BadZipFile,
            zipfile.LargeZipFile,
            ValueError,
            EOFError,
            OSError,
            struct.error,
            NotImplementedError,
            IndexError,
            OverflowError,
            RuntimeError,
        ) as fault:
            raise damaged() from fault
        if len(listed) > self.limits.entries:
            raise CellRefused(
                "too_many_parts",
                _("The workbook consists of %(found)s parts; at most %(allowed)s are read."),
                found=len(listed),
                allowed=self.limits.entries,
            )
        entries = {entry.filename.lstrip("/"): entry for entry in listed}
        if len({name.casefold() for name in entries}) != len(listed):
            raise CellRefused(
                "doubled_part",
                _(
                    "The workbook holds two parts of one name. Open it in Excel or WPS and save it again."
                ),
            )
        return entries

    def _check_names(self) -> None:
        for name, entry in self.entries.items():
            if entry.flag_bits & 0x1:
                raise encrypted()
            if ".." in name.replace("\\", "/").split("/"):
                raise damaged()
            for pattern, code, message in _FORBIDDEN_PARTS:
                if pattern.search(f"/{name}"):
                    raise CellRefused(code, message)

    def _check_sizes(self) -> None:
        unpacked = sum(entry.file_size for entry in self.entries.values())
        if unpacked > self.limits.unpacked:
            raise CellRefused(
                "unpacks_too_large",
                _(
                    "The workbook unpacks to %(found)s MB; at most %(allowed)s MB are read. Split it into several files."
                ),
                found=-(-unpacked // MB),
                allowed=self.limits.unpacked // MB,
            )
        if unpacked > SMALL and unpacked > self.limits.ratio * len(self.data):
            raise CellRefused(
                "packed_too_tight",
                _(
                    "The workbook unpacks to more than %(allowed)s times its size, as no workbook of figures does. Open it in Excel or WPS and save it again."
                ),
                allowed=self.limits.ratio,
            )

    def _check_content(self, entry: zipfile.ZipInfo) -> None:
        """Look into the beginning of a part; a large one is looked through when it is read."""
        if entry.is_dir():
            return
        begin = next(self.pieces(entry, CHUNK if entry.file_size <= CHUNK else 64 * 1024), b"")
        if begin.startswith(_OLE):
            raise CellRefused("embedded", _FORBIDDEN_PARTS[2][2])
        if begin.startswith((b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf")):
            raise CellRefused(
                "nested_archive",
                _("The workbook holds another archive. Copy the figures to a new workbook."),
            )
        if entry.filename.casefold().endswith((".xml", ".rels", ".vml")):
            refuse_entities(begin)

    def pieces(self, entry: zipfile.ZipInfo, size: int = CHUNK) -> Iterator[bytes]:
        """The content of a part, piece by piece; refused where it is longer or shorter than the archive says."""
        packed = self._packed(entry)
        if entry.compress_type == zipfile.ZIP_STORED:
            if entry.compress_size != entry.file_size:
                raise damaged()
            yield from (bytes(packed[at : at + size]) for at in range(0, len(packed), size))
            return
        unpack, left, rest = zlib.decompressobj(-15), entry.file_size, bytes(packed)
        while not unpack.eof:
            try:
                piece = unpack.decompress(rest, size)
            except zlib.error as fault:
                raise damaged() from fault
            rest = unpack.unconsumed_tail
            left -= len(piece)
            if left < 0 or not (piece or rest or unpack.eof):
                raise damaged()
            if piece:
                yield piece
        if left:
            raise damaged()

    def _packed(self, entry: zipfile.ZipInfo) -> memoryview:
        """The packed bytes of a part, found by its own header."""
        header = self.data[entry.header_offset : entry.header_offset + 30]
        if len(header) < 30 or not header.startswith(b"PK\x03\x04"):
            raise damaged()
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise damaged()
        name, extra = struct.unpack("<HH", header[26:30])
        begin = entry.header_offset + 30 + name + extra
        packed = memoryview(self.data)[begin : begin + entry.compress_size]
        if len(packed) != entry.compress_size:
            raise damaged()
        return packed

    def read(self, name: str) -> bytes:
        """A whole small part; empty where the workbook lacks it."""
        entry = self.entries.get(name)
        return b"".join(self.pieces(entry)) if entry else b""


def refuse_entities(xml: bytes) -> None:
    """Refuse XML that declares a document type or entities; workbooks have none."""
    if _ENTITY.search(xml) or b"\x00" in xml[:200]:
        raise CellRefused(
            "entities",
            _(
                "The workbook declares XML entities, as no program for spreadsheets does. Copy the figures to a new workbook."
            ),
        )


def damaged() -> CellRefused:
    """The refusal of a file that breaks off or contradicts itself."""
    return CellRefused(
        "damaged",
        _(
            "The file is damaged or incomplete. Fetch it again, or open it in Excel or WPS and save it as .xlsx."
        ),
    )


def encrypted() -> CellRefused:
    """The refusal of a file under a password."""
    return CellRefused(
        "encrypted",
        _("The file is protected by a password. Remove the password and save it again."),
    )


def too_many_rows(found: int, limits: Limits) -> CellRefused:
    """The refusal of a sheet that is too long."""
    return CellRefused(
        "too_many_rows",
        _(
            "The sheet reaches down to row %(found)s; at most %(allowed)s rows are read. Delete what stands below the figures, or split the file."
        ),
        found=found,
        allowed=limits.rows,
    )


def too_many_columns(found: int, limits: Limits) -> CellRefused:
    """The refusal of a sheet that is too wide."""
    return CellRefused(
        "too_many_columns",
        _(
            "The sheet is %(found)s columns wide; at most %(allowed)s are read. Delete what stands beside the figures."
        ),
        found=found,
        allowed=limits.columns,
    )


def check_shape(rows: int, columns: int, limits: Limits) -> None:
    """Refuse a sheet with more rows or columns than are read; one row is the header."""
    if rows > limits.rows + 10:
        raise too_many_rows(rows, limits)
    if columns > limits.columns:
        raise too_many_columns(columns, limits)
