"""Files of every kind, good and bad, made here: none is kept in the repository."""

import io
import struct
import zipfile

import pytest
from PIL import Image
from pypdf import PdfWriter

TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{}</Types>'
OVERRIDE = '<Override PartName="/{}" ContentType="application/vnd.openxmlformats-officedocument.{}.main+xml"/>'
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
RELATION = '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"{}/>'
EXTERNAL = ' TargetMode="External"'
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def zipped(parts, **options):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(body="", *, types="", **parts):
    """A Word file; parts are given with `__` for a slash and `_xml`, `_rels`, `_bin` for the ending."""
    return zipped(
        {
            "[Content_Types].xml": TYPES.format(
                OVERRIDE.format("word/document.xml", "wordprocessingml.document") + types
            ),
            "_rels/.rels": RELATIONS.format(
                RELATION.format("officeDocument", "word/document.xml", "")
            ),
            "word/document.xml": f"<w:document><w:body>{body}</w:body></w:document>",
        }
        | parts
    )


def xlsx(rows="<row><c><v>1</v></c></row>", *, types="", **parts):
    return zipped(
        {
            "[Content_Types].xml": TYPES.format(
                OVERRIDE.format("xl/workbook.xml", "spreadsheetml.sheet") + types
            ),
            "xl/workbook.xml": "<workbook/>",
            "xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{rows}</sheetData></worksheet>",
        }
        | parts
    )


def related(kind, target, mode=EXTERNAL):
    return {"word/_rels/document.xml.rels": RELATIONS.format(RELATION.format(kind, target, mode))}


def picture(kind="JPEG", size=(64, 48), *, mode="RGB", **options):
    out = io.BytesIO()
    Image.new(mode, size, 120).save(out, kind, **options)
    return out.getvalue()


def exif(**more):
    data = Image.Exif()
    data[0x010F] = "SECRETCAMERA"
    data[0x8825] = {1: "N", 2: (30.0, 15.0, 0.0)}
    data.update(more)
    return data


def pdf(pages=2, change=lambda writer: None):
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def overlapping():
    """Two entries that point at the same bytes, as flat bombs do by the thousand."""
    data = bytearray(zipped({"[Content_Types].xml": "x" * 50, "b.xml": "x" * 50}))
    second = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, second + 42, 0)
    return bytes(data)


def lying():
    """An entry that says it is small and is not."""
    data = bytearray(docx("x" * 3_000_000))
    at = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 100)
    return bytes(data)


def huge_png():
    """A header that promises 60,000 by 60,000 pixels."""
    data = bytearray(picture("PNG"))
    struct.pack_into(">II", data, 16, 60_000, 60_000)
    import zlib  # noqa: PLC0415 -- this one file

    struct.pack_into(">I", data, 29, zlib.crc32(bytes(data[12:29])))
    return bytes(data)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "out").mkdir()
    return tmp_path
