"""Invented documents with personal numbers in places where nobody looks, among figures that are none."""

import io
import random
from datetime import date, timedelta

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.workbook.defined_name import DefinedName
from PIL import Image, PngImagePlugin
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject
from stdnum import luhn
from stdnum.cn import ric, uscc

from tests.files.conftest import docx, picture

REGIONS = ("330482", "330106", "430104", "110101", "440305", "310115", "510104", "650102")
CARD_BEGINS = ("622202", "621700", "622848", "621226", "623058", "955880", "436742")
PHONE_BEGINS = ("138", "139", "150", "159", "166", "177", "186", "198", "133", "147")


def identity(chance):
    born = date(1950, 1, 1) + timedelta(days=chance.randrange(20_000))
    body = f"{chance.choice(REGIONS)}{born:%Y%m%d}{chance.randrange(1000):03}"
    return body + ric.calc_check_digit(body)


def card(chance):
    begin = chance.choice(CARD_BEGINS)
    body = begin + "".join(chance.choice("0123456789") for _ in range(18 - len(begin)))
    return body + luhn.calc_check_digit(body)


def phone(chance):
    return f"{chance.choice(PHONE_BEGINS)}{chance.randrange(1, 10**8):08}"


SEEDS = (identity, card, phone)


def credit_code(chance):
    body = f"91{chance.choice(REGIONS)}{chance.choice(['MA28', '7463', 'MA2B'])}{chance.randrange(10**5):05}"
    return body + uscc.calc_check_digit(body)


def figure(chance):
    """A figure of daily work that is no personal number."""
    day = date(2015, 1, 1) + timedelta(days=chance.randrange(4000))
    digits = "".join(chance.choice("0123456789") for _ in range(24))
    return chance.choice(
        [
            f"{chance.randrange(10**11):,}.00 元",
            f"{chance.randrange(10**12) / 100:.2f}",
            f"{chance.randrange(1, 10**5)}00000",
            credit_code(chance),
            f"{day:%Y%m%d}",
            f"{day:%Y-%m-%d}",
            f"浙科发〔{day.year}〕{chance.randrange(300)}号",
            f"0573-{digits[:8]}",
            f"发票号码：{digits[:20]}",
            f"订单号：1{chance.choice('3578')}{digits[:9]}",
            f"DD{day:%Y%m%d}{digits[:6]}",
            f"ZL{day.year}1{digits[:7]}.{digits[8]}",
            f"978-7-{digits[:4]}-{digits[4:8]}-{digits[9]}",
            f"合同编号{day:%Y%m%d}{digits[:4]}",
            f"{digits[:10]}",
            f"{day:%Y%m%d%H%M%S}{digits[:4]}",
            f"{chance.uniform(0, 100):.2f}%",
        ]
    )


# --- Word: a function a place ---------------------------------------------------------------------


def w(text, props=""):
    return f"<w:p><w:r><w:rPr>{props}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def split_runs(text):
    middle = len(text) // 2
    runs = "".join(f"<w:r><w:t>{half}</w:t></w:r>" for half in (text[:middle], text[middle:]))
    return f"<w:p>{runs}</w:p>"


def word_table(text):
    return f"<w:tbl><w:tr><w:tc>{w('甲')}</w:tc><w:tc>{w(text)}</w:tc></w:tr></w:tbl>"


def word_boxes(text):
    cells = "".join(f"<w:tc>{w(sign)}</w:tc>" for sign in text)
    return f"<w:tbl><w:tr><w:tc>{w('身份证号')}</w:tc>{cells}</w:tr></w:tbl>"


def text_box(text):
    return f"<w:p><w:r><w:pict><w:txbxContent>{w(text)}</w:txbxContent></w:pict></w:r></w:p>"


WORD_BODIES = {
    "body": lambda text: w(f"联系人 {text}，特此说明"),
    "table": word_table,
    "split": split_runs,
    "boxes": word_boxes,
    "text box": text_box,
    "white": lambda text: w(text, '<w:color w:val="FFFFFF"/>'),
    "hidden": lambda text: w(text, "<w:vanish/>"),
    "deleted": lambda text: (
        f"<w:p><w:del w:author='x'><w:r><w:delText>{text}</w:delText></w:r></w:del></w:p>"
    ),
}
WORD_PARTS = {
    "header": "word/header1.xml",
    "footnote": "word/footnotes.xml",
    "comment": "word/comments.xml",
    "endnote": "word/endnotes.xml",
    "property": "docProps/core.xml",
    "custom property": "docProps/custom.xml",
}


def named(xml):
    return xml.replace("<w:document>", '<w:document xmlns:w="urn:w">')


def word(place, text, noise):
    """A Word file with the text in that place."""
    around = "".join(w(one) for one in noise)
    body, parts = around, {}
    if place in WORD_BODIES:
        body += WORD_BODIES[place](text)
    elif "property" in place:
        parts[WORD_PARTS[place]] = f"<properties><description>{text}</description></properties>"
    else:
        parts[WORD_PARTS[place]] = f'<w:notes xmlns:w="urn:w">{w(text)}</w:notes>'
    parts["word/document.xml"] = named(f"<w:document><w:body>{body}</w:body></w:document>")
    return docx(**parts)


# --- Excel ----------------------------------------------------------------------------------------


def numeric(book, text):
    book.active["H2"] = int(text) if text.isdecimal() and len(text) == 11 else text


def with_font(book, text):
    book.active["H3"] = text
    book.active["H3"].font = Font(color="FFFFFFFF")


def with_note(book, text):
    book.active["A1"].comment = Comment(text, "x")


def hidden_sheet(book, text):
    sheet = book.create_sheet("备份")
    sheet["C7"] = text
    sheet.sheet_state = "hidden"


def very_hidden_sheet(book, text):
    hidden_sheet(book, text)
    book["备份"].sheet_state = "veryHidden"


def hidden_row(book, text):
    book.active["B30"] = text
    book.active.row_dimensions[30].hidden = True


def hidden_column(book, text):
    book.active["J4"] = text
    book.active.column_dimensions["J"].hidden = True


def a_name(book, text):
    book.defined_names["contact"] = DefinedName("contact", attr_text=f'"{text}"')


def rich(book, text):
    half = len(text) // 2
    bold = TextBlock(InlineFont(b=True), text[half:])
    book.active["H5"] = CellRichText(text[:half], bold)


def head_line(book, text):
    book.active.oddHeader.center.text = f"联系 {text}"


def book_property(book, text):
    book.properties.description = text


def formula(book, text):
    book.active["H6"] = f'="联系人{text}"'


BOOK_PLACES = {
    "cell": lambda book, text: book.active.append([f"{text}"]),
    "in a sentence": lambda book, text: book.active.append([f"联系人{text}，请核对"]),
    "number": numeric,
    "white": with_font,
    "comment": with_note,
    "hidden sheet": hidden_sheet,
    "very hidden sheet": very_hidden_sheet,
    "hidden row": hidden_row,
    "hidden column": hidden_column,
    "defined name": a_name,
    "rich text": rich,
    "header": head_line,
    "property": book_property,
    "formula": formula,
}


def workbook(place, text, noise):
    book = openpyxl.Workbook()
    for one in noise:
        book.active.append(["项目", one])
    BOOK_PLACES[place](book, text)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


# --- PDF, text, pictures --------------------------------------------------------------------------


def pdf_page(writer, lines, colour="0 0 0"):
    page = writer.add_blank_page(595, 842)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
    )
    content = DecodedStreamObject()
    rows = "".join(f"1 0 0 1 50 {800 - 18 * n} Tm ({line}) Tj\n" for n, line in enumerate(lines))
    content.set_data(f"BT /F1 11 Tf {colour} rg\n{rows}ET".encode("latin-1"))
    page[NameObject("/Contents")] = content


def ascii_only(noise):
    """What Helvetica can write."""
    spoken = [one.replace("订单号：", "Order No. ") for one in noise]
    return [
        "".join(sign for sign in one if sign.isascii() and sign not in "()\\") for one in spoken
    ]


def pdf(place, text, noise):
    writer = PdfWriter()
    pdf_page(writer, ascii_only(noise))
    if place == "text":
        pdf_page(writer, [f"Contact {text}."])
    elif place == "white":
        pdf_page(writer, [text], "1 1 1")
    elif place == "spaced" and len(text) > 11:
        pdf_page(writer, [" ".join(text)])
    elif place == "broken" and len(text) > 11:
        pdf_page(writer, [text[:10], text[10:]])
    elif place == "metadata":
        writer.add_metadata({"/Subject": f"contact {text}"})
    elif place == "annotation":
        writer.add_annotation(0, FreeText(text=text, rect=(50, 550, 200, 650)))
    else:
        pdf_page(writer, ["Table", f"1 {text} 20"])
    out = io.BytesIO()
    writer.write(out)
    assert len(PdfReader(out).pages) >= 1
    return out.getvalue()


PDF_PLACES = ("text", "white", "spaced", "broken", "metadata", "annotation", "row")
LINE_PLACES = ("utf-8", "utf-8-sig", "gb18030", "utf-16")
PICTURE_PLACES = ("exif", "user comment", "png text")


def lines(place, text, noise):
    rows = [f"{n},{one}" for n, one in enumerate(noise)] + [f"99,甲,{text}"]
    return "\r\n".join(rows).encode(place)


def photograph(place, text, noise):
    if place == "png text":
        info = PngImagePlugin.PngInfo()
        info.add_text("Comment", text)
        return picture("PNG", pnginfo=info)
    data = Image.Exif()
    if place == "exif":
        data[0x013B] = f"contact {text}"
    else:
        data[0x8769] = {0x9286: b"ASCII\0\0\0" + text.encode()}
    return picture("JPEG", exif=data)


MAKERS = {
    "docx": (word, tuple(WORD_BODIES) + tuple(WORD_PARTS), 100),
    "xlsx": (workbook, tuple(BOOK_PLACES), 100),
    "pdf": (pdf, PDF_PLACES, 60),
    "csv": (lines, LINE_PLACES, 25),
    "jpg": (photograph, PICTURE_PLACES, 15),
}


def documents(seed=1):
    """300 documents as (kind, place, the bytes, kind of number, the number)."""
    chance = random.Random(seed)  # noqa: S311 -- invented figures
    for kind, (make, places, count) in MAKERS.items():
        for number in range(count):
            place, seeding = places[number % len(places)], SEEDS[(number // len(places)) % 3]
            text = seeding(chance)
            if place == "boxes" and seeding is phone:
                text = identity(chance)
            noise = [figure(chance) for _ in range(20)]
            yield kind, place, make(place, text, noise), text


def clean_documents(seed=2, count=120):
    """Documents with ordinary figures alone, as (kind, the bytes, how many figures)."""
    chance = random.Random(seed)  # noqa: S311 -- invented figures
    for number in range(count):
        noise = [figure(chance) for _ in range(50)]
        kind = ("docx", "xlsx", "pdf", "csv")[number % 4]
        text = "甲"
        if kind == "docx":
            yield kind, word("body", text, noise), len(noise)
        elif kind == "xlsx":
            yield kind, workbook("cell", text, noise), len(noise)
        elif kind == "pdf":
            yield kind, pdf("text", "a", noise), len(noise)
        else:
            yield kind, lines("utf-8", text, noise), len(noise)
