"""Every kind of bad file is refused with its own reason; good ones are understood."""

import io

import pytest
from PIL import Image
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from tests.files.conftest import (
    COMPOUND,
    OVERRIDE,
    docx,
    exif,
    huge_png,
    lying,
    overlapping,
    pdf,
    picture,
    related,
    xlsx,
    zipped,
)
from zhongchuang.files.inspection import inspect
from zhongchuang.files.problems import REASONS, FileRefused

BOMB = "<row>" + "0" * 12_000_000 + "</row>"


def scripted(writer):
    writer.root_object[NameObject("/Names")] = DictionaryObject(
        {NameObject("/JavaScript"): DictionaryObject()}
    )


def launching(writer):
    action = DictionaryObject(
        {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("cmd.exe")}
    )
    writer.root_object[NameObject("/OpenAction")] = action


def later(writer):
    """A link on the page whose second action runs a script."""
    script = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("x")}
    )
    action = DictionaryObject({NameObject("/S"): NameObject("/URI"), NameObject("/Next"): script})
    note = DictionaryObject({NameObject("/Subtype"): NameObject("/Link"), NameObject("/A"): action})
    writer.add_annotation(0, note)


BAD = {
    "nothing": ("a.pdf", lambda: b"", "empty"),
    "a program": ("a.pdf", lambda: b"MZ\x90\x00", "kind"),
    "a web page": ("a.pdf", lambda: b"<html><script>", "kind"),
    "a drawing named png": ("a.png", lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", "kind"),
    "a gif": ("a.gif", lambda: picture("GIF"), "kind"),
    "a gif with a jar": ("a.gif", lambda: picture("GIF") + zipped({"a.class": "x"}), "kind"),
    "a plain zip": ("a.zip", lambda: zipped({"a.txt": "x"}), "kind"),
    "a presentation": ("a.pptx", lambda: zipped({"[Content_Types].xml": OVERRIDE.format("ppt/a.xml", "presentationml.presentation")}), "kind"),
    "an old Word file": ("a.doc", lambda: COMPOUND, "old_office"),
    "a locked Word file": ("a.docx", lambda: COMPOUND + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "a locked PDF": ("a.pdf", lambda: pdf(1, lambda w: w.encrypt("x", algorithm="AES-256")), "encrypted"),
    "a PDF locked for the owner": ("a.pdf", lambda: pdf(1, lambda w: w.encrypt("", "owner", algorithm="RC4-128")), "encrypted"),
    "a picture named pdf": ("a.pdf", picture, "other_extension"),
    "a sheet named docx": ("a.docx", xlsx, "other_extension"),
    "a sheet that is a photograph": ("cat.xlsx", picture, "other_extension"),
    "half a PDF": ("a.pdf", lambda: pdf()[:60], "damaged"),
    "half a photograph": ("a.jpg", lambda: picture(size=(900, 900), quality=95)[:700], "damaged"),
    "half a Word file": ("a.docx", lambda: docx()[:300], "damaged"),
    "macros in their part": ("a.docx", lambda: docx(**{"word/vbaProject.bin": COMPOUND}), "macros"),
    "macros under another name": ("a.docx", lambda: docx(**{"word/picture.bin": COMPOUND + "_VBA_PROJECT".encode("utf-16-le")}), "macros"),
    "a macro type": ("a.docx", lambda: docx(types='<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'), "macros"),
    "an old macro sheet": ("a.xlsx", lambda: xlsx(**{"xl/macrosheets/sheet1.xml": "<x/>"}), "macros"),
    "a control": ("a.docx", lambda: docx(**{"word/activeX/activeX1.xml": "<x/>"}), "macros"),
    "an object": ("a.docx", lambda: docx(**{"word/oleObject1.bin": COMPOUND}), "embedded"),
    "a sheet in a document": ("a.docx", lambda: docx(**{"word/embeddings/a.xlsx": xlsx()}), "embedded"),
    "an archive in a document": ("a.docx", lambda: docx(**{"word/media/a.png": zipped({"a": "x"})}), "embedded"),
    "a program in a document": ("a.docx", lambda: docx(**{"word/media/a.png": b"MZ\x90\x00"}), "embedded"),
    "a template from elsewhere": ("a.docx", lambda: docx(**related("attachedTemplate", "http://evil.example/t.dotm")), "external"),
    "a picture from elsewhere": ("a.docx", lambda: docx(**related("image", "http://evil.example/p.png")), "external"),
    "a link to a share": ("a.docx", lambda: docx(**related("hyperlink", "file://///10.0.0.1/share")), "external"),
    "a workbook from elsewhere": ("a.xlsx", lambda: xlsx(**{"xl/externalLinks/externalLink1.xml": "<externalLink/>"}), "external"),
    "a field that loads a picture": ("a.docx", lambda: docx('<w:instrText>INCLUDEPICTURE "http://evil.example"</w:instrText>'), "external"),
    "a program started by a workbook": ("a.xlsx", lambda: xlsx(**{"xl/externalLinks/externalLink1.xml": "<externalLink><ddeLink ddeService='cmd'/></externalLink>"}), "dde"),
    "a program started by a formula": ("a.xlsx", lambda: xlsx("<row><c><f>cmd|'/c calc'!A0</f></c></row>"), "dde"),
    "a program started by a field": ("a.docx", lambda: docx("<w:instrText>DDEAUTO c:\\\\cmd.exe</w:instrText>"), "dde"),
    "a field split over runs": ("a.docx", lambda: docx("<w:instrText>DD</w:instrText></w:r><w:r><w:instrText>EAUTO x</w:instrText>"), "dde"),
    "a field written with references": ("a.docx", lambda: docx('<w:fldSimple w:instr="&#68;DE x"/>'), "dde"),
    "a PDF with an archive": ("a.pdf", lambda: pdf() + zipped({"a.class": "x"}), "two_kinds"),
    "a photograph with a jar": ("a.jpg", lambda: picture() + zipped({"a.class": "x"}), "two_kinds"),
    "an archive behind a script": ("a.docx", lambda: docx() + b"#" * 100, "two_kinds"),
    "a script before an archive": ("a.docx", lambda: zipped({"x": "y"}) + docx(), "two_kinds"),
    "a PDF with a script": ("a.pdf", lambda: pdf(1, scripted), "macros"),
    "a PDF that starts a program": ("a.pdf", lambda: pdf(1, launching), "macros"),
    "a PDF with a script behind a link": ("a.pdf", lambda: pdf(1, later), "macros"),
    "too many parts": ("a.docx", lambda: docx(**{f"word/p{n}.xml": "" for n in range(2001)}), "entries"),
    "a bomb": ("a.xlsx", lambda: xlsx(BOMB), "ratio"),
    "a flat bomb": ("a.docx", overlapping, "ratio"),
    "parts that lie about their size": ("a.docx", lying, "damaged"),
    "a part twice": ("a.docx", lambda: docx(**{"WORD/document.xml": "x"}), "ratio"),
    "a part that leads out": ("a.docx", lambda: docx(**{"../../etc/cron.d/x": "x"}), "paths"),
    "a part at the root": ("a.docx", lambda: docx(**{"/etc/passwd": "x"}), "paths"),
    "a part on a drive": ("a.docx", lambda: docx(**{"C:/x.xml": "x"}), "paths"),
    "entities": ("a.docx", lambda: docx(**{"word/styles.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}), "xml"),
    "entities in UTF-16": ("a.docx", lambda: docx(**{"word/styles.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x/>'.encode("utf-16")}), "xml"),
    "a picture of 3,600 megapixels": ("a.png", huge_png, "pixels"),
}  # fmt: skip

GOOD = {
    "a PDF": ("a.pdf", pdf, "pdf"),
    "a Word file": ("a.docx", docx, "docx"),
    "a workbook": ("a.XLSX", xlsx, "xlsx"),
    "a photograph": ("a.jpeg", picture, "jpg"),
    "a picture": ("a.png", lambda: picture("PNG", mode="RGBA"), "png"),
    "a file without an ending": ("scan", pdf, "pdf"),
    "a link to a web page": ("a.docx", lambda: docx(**related("hyperlink", "https://www.example.org/")), "docx"),
    "a formula with a bar in a text": ("a.xlsx", lambda: xlsx('<row><c><f>"a|b"&amp;A1</f></c></row>'), "xlsx"),
    "settings of a printer": ("a.xlsx", lambda: xlsx(**{"xl/printerSettings/printerSettings1.bin": b"\0\1"}), "xlsx"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_refused_with_its_reason(case):
    name, make, reason = BAD[case]
    with pytest.raises(FileRefused) as refused:
        inspect(make(), name)
    assert refused.value.code == reason
    assert "%(" not in str(refused.value)


def test_every_reason_that_a_file_itself_can_give_is_tried():
    about_resources = {"too_large", "unpacked", "pages", "too_slow", "too_heavy"}
    assert set(REASONS) - {reason for _, _, reason in BAD.values()} == about_resources


@pytest.mark.parametrize("case", GOOD)
def test_a_good_file_is_understood(case):
    name, make, kind = GOOD[case]
    assert inspect(make(), name).kind == kind


def test_the_pages_of_a_pdf_are_counted():
    assert inspect(pdf(7), "a.pdf").pages == 7


def test_a_photograph_keeps_the_picture_and_nothing_else():
    original = picture(size=(900, 600), exif=exif(), comment=b"SECRETCOMMENT")
    assert b"SECRETCAMERA" in original
    found = inspect(original, "a.jpg")
    assert (found.width, found.height) == (900, 600)
    assert b"SECRET" not in found.content
    with Image.open(io.BytesIO(found.content)) as kept:
        assert (kept.size, dict(kept.getexif())) == ((900, 600), {})
    with Image.open(io.BytesIO(found.thumbnail)) as small:
        assert (small.format, max(small.size)) == ("JPEG", 320)


def test_a_photograph_taken_sideways_stands_upright():
    sideways = exif()
    sideways[0x0112] = 6
    found = inspect(picture(size=(900, 600), exif=sideways), "a.jpg")
    assert (found.width, found.height) == (600, 900)


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("PNG", "1"),
        ("PNG", "L"),
        ("PNG", "LA"),
        ("PNG", "P"),
        ("PNG", "RGBA"),
        ("PNG", "I;16"),
        ("JPEG", "CMYK"),
        ("JPEG", "L"),
    ],
)
def test_pictures_of_every_mode_are_written_anew(kind, mode):
    name = "a.png" if kind == "PNG" else "a.jpg"
    assert inspect(picture(kind, mode=mode), name).thumbnail.startswith(b"\xff\xd8")
