"""A document is laid out as GB/T 9704-2012 says, in the Word file and in the PDF (U-12)."""

import io
import re
import zipfile
from xml.etree import ElementTree as ET

import pytest
from pypdf import PdfReader

from zhongchuang.papers.layout import Sheet, free
from zhongchuang.papers.printed import pdf
from zhongchuang.papers.word import docx

pytestmark = pytest.mark.any_database
MM = 1440 / 25.4
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LONG = "字" * 28 * 60
IMPRINT = {"office": "局办公室", "issued": "2026年11月6日印发"}
COPIES = {"copies": ("抄送：", "市科学技术局，" * 5 + "蜂巢有限公司。")}
ENCLOSED = {"enclosures": (("附件：", "1. ", "申请表"), ("", "2. ", "证明" * 20))}


@pytest.fixture
def sheet():
    """`sheet(text)` is a document of Ping with these lines."""

    def one(text=LONG, draft="", **more):
        sender, date = "平湖市科学技术局", "2026年11月6日"
        lines = (("hei", "一、审核情况"), ("kai", "（一）条件"), ("fang", text))
        return Sheet(sender, 48, "平科函〔2026〕1号", "关于推荐的函", "省科学技术厅：", lines, sender, date, free(sender, date), draft, **more)  # fmt: skip

    return one


@pytest.fixture
def parts(sheet):
    """The parts of the Word file, parsed."""
    with zipfile.ZipFile(io.BytesIO(docx(sheet("正文")))) as file:
        return {one: ET.fromstring(file.read(one)) for one in file.namelist() if one.endswith(".xml")}  # noqa: S314 -- our own file # fmt: skip


def values(element):
    return {name.removeprefix(W): value for name, value in element.attrib.items()}


def of(parts, text):
    """Paragraph and properties of the run that holds a text."""
    for paragraph in parts["word/document.xml"].iter(f"{W}p"):
        for run in paragraph.iter(f"{W}r"):
            if "".join(run.itertext()) == text:
                return paragraph, run.find(f"{W}rPr")
    raise AssertionError(text)


def test_the_word_file_is_a4_with_the_margins_of_the_standard(parts):
    section = parts["word/document.xml"].find(f"{W}body/{W}sectPr")
    size, edge = values(section.find(f"{W}pgSz")), values(section.find(f"{W}pgMar"))
    measured = [round(int(one) / MM, 1) for one in (size["w"], size["h"], edge["top"], edge["bottom"], edge["left"], edge["right"])]  # fmt: skip
    assert measured == [210, 297, 37, 35, 28, 26]


def test_the_word_file_holds_22_lines_of_28_characters(parts):
    section = parts["word/document.xml"].find(f"{W}body/{W}sectPr")
    size, edge, grid = (values(section.find(f"{W}{one}")) for one in ("pgSz", "pgMar", "docGrid"))
    width = (int(size["w"]) - int(edge["left"]) - int(edge["right"])) / 20
    height = (int(size["h"]) - int(edge["top"]) - int(edge["bottom"])) / 20
    assert grid["type"] == "linesAndChars"
    assert int(height / (int(grid["linePitch"]) / 20)) == 22
    assert int(width / (16 + int(grid["charSpace"]) / 4096)) == 28
    normal = next(one for one in parts["word/styles.xml"].iter(f"{W}style") if values(one)["styleId"] == "Normal")  # fmt: skip
    spacing = values(normal.find(f"{W}pPr/{W}spacing"))
    assert (spacing["line"], spacing["lineRule"]) == (grid["linePitch"], "exact")


@pytest.mark.parametrize(
    ("text", "font", "half_points"),
    [
        ("平科函〔2026〕1号", "仿宋_GB2312", "32"),
        ("关于推荐的函", "方正小标宋简体", "44"),
        ("正文", "仿宋_GB2312", "32"),
        ("一、审核情况", "黑体", "32"),
        ("（一）条件", "楷体_GB2312", "32"),
    ],
)
def test_each_part_of_the_word_file_has_its_type_and_size(parts, text, font, half_points):
    _paragraph, properties = of(parts, text)
    found = values(properties.find(f"{W}rFonts"))["eastAsia"], values(properties.find(f"{W}sz"))["val"]  # fmt: skip
    assert found == (font, half_points)
    assert properties.find(f"{W}b") is None


def test_the_issuer_stands_in_red_over_a_red_rule(parts):
    paragraph, mark = of(parts, "平湖市科学技术局")
    rule, _number = of(parts, "平科函〔2026〕1号")
    assert values(mark.find(f"{W}color"))["val"] == "D7000F"
    assert round(int(values(paragraph.find(f"{W}pPr/{W}spacing"))["before"]) / MM) == 35
    assert values(rule.find(f"{W}pPr/{W}pBdr/{W}bottom"))["color"] == "D7000F"


def test_page_numbers_stand_outside_right_on_odd_and_left_on_even_pages(parts):
    assert parts["word/settings.xml"].find(f"{W}evenAndOddHeaders") is not None
    section = parts["word/document.xml"].find(f"{W}body/{W}sectPr")
    links = {values(one)["type"]: one for one in section.findall(f"{W}footerReference")}
    assert set(links) == {"default", "even"}
    found = {}
    for name, footer in parts.items():
        if re.fullmatch(r"word/footer\d\.xml", name):
            found[values(next(footer.iter(f"{W}jc")))["val"]] = "".join(footer.itertext()), values(next(footer.iter(f"{W}ind")))  # fmt: skip
    assert found == {"right": ("—  PAGE  —", {"right": "280"}), "left": ("—  PAGE  —", {"left": "280"})}  # fmt: skip


def test_date_and_sender_leave_four_characters_for_the_seal(parts):
    date, _properties = of(parts, "2026年11月6日")
    assert values(date.find(f"{W}pPr/{W}ind"))["rightChars"] == "400"
    assert free("平湖市科学技术局", "2026年11月6日") == (3.25, 4)
    assert free("平湖市科学技术局经济开发区分局办公室", "2026年11月6日") == (0, 5.75)


def test_a_page_of_the_pdf_is_a4_and_holds_22_lines_of_28_characters(sheet):
    reader = PdfReader(io.BytesIO(pdf(sheet())))
    box = [round(float(one) / 72 * 25.4) for one in reader.pages[1].mediabox[2:]]
    lines = reader.pages[1].extract_text().splitlines()
    assert box == [210, 297]
    assert lines == ["字" * 28] * 22 + ["— 2 —"]


def starts(page):
    """Where each text of a page begins: millimetres from the left edge and from the head of the sheet."""
    found = []

    def seen(text, matrix, _at, _font, _size):
        if text.strip():
            found.append((text.strip(), round(matrix[4] / 72 * 25.4, 1), round(297 - matrix[5] / 72 * 25.4, 1)))  # fmt: skip

    page.extract_text(visitor_text=seen)
    return found


def test_the_text_of_the_pdf_stands_within_the_margins_and_its_number_below(sheet):
    lines = starts(PdfReader(io.BytesIO(pdf(sheet()))).pages[1])
    (first, left, head), (number, beside, foot) = lines[0], lines[-1]
    ascent = 0.8 * 16 / 72 * 25.4
    assert (first[0], left, round(head - ascent)) == ("字", 28, 37)
    assert (number, round(beside - 28)) == ("— 2 —", round(14 / 72 * 25.4))
    assert 297 - 35 + 7 <= foot <= 297 - 35 + 10


def test_the_pdf_says_what_the_sheet_says(sheet):
    text = "".join(PdfReader(io.BytesIO(pdf(sheet("正文在此")))).pages[0].extract_text().split())
    parts = ("平湖市科学技术局", "平科函〔2026〕1号", "关于推荐的函", "省科学技术厅：", "正文在此", "2026年11月6日", "—1—")  # fmt: skip
    assert [one for one in parts if one not in text] == []


def test_a_draft_is_marked_as_one(sheet):
    marked = {draft: "草稿" in PdfReader(io.BytesIO(pdf(sheet("正文", draft)))).pages[0].extract_text() for draft in ("", "草稿")}  # fmt: skip
    assert marked == {"": False, "草稿": True}


def test_what_an_officer_writes_is_never_markup(sheet):
    text = '#eval("1") $x$ *粗* <a&b>'
    printed = PdfReader(io.BytesIO(pdf(sheet(text)))).pages[0].extract_text()
    with zipfile.ZipFile(io.BytesIO(docx(sheet(text)))) as file:
        written = "".join(ET.fromstring(file.read("word/document.xml")).itertext())  # noqa: S314 -- our own file
    assert ("*粗*" in printed, text in written) == (True, True)


@pytest.fixture
def tables(sheet):
    """`tables(**more)` are the tables of the Word file."""

    def one(**more):
        with zipfile.ZipFile(io.BytesIO(docx(sheet("正文", **more)))) as file:
            return list(ET.fromstring(file.read("word/document.xml")).iter(f"{W}tbl"))  # noqa: S314 -- our own file

    return one


def test_the_imprint_of_the_word_file_floats_to_the_foot_of_the_type_area_between_lines(tables):
    (table,) = tables(**IMPRINT, **COPIES)
    place = values(table.find(f"{W}tblPr/{W}tblpPr"))
    assert (place["vertAnchor"], place["tblpYSpec"]) == ("margin", "bottom")
    assert round(int(values(table.find(f"{W}tblPr/{W}tblW"))["w"]) / MM) == 156
    lines = {
        one.tag.removeprefix(W): int(values(one)["sz"])
        for one in table.find(f"{W}tblPr/{W}tblBorders")
    }
    assert lines == {"top": 8, "bottom": 8, "insideH": 6}
    assert ["".join(row.itertext()) for row in table.iter(f"{W}tr")] == [
        "".join(COPIES["copies"]),
        "局办公室2026年11月6日印发",
    ]
    assert {values(one)["val"] for one in table.iter(f"{W}sz")} == {"28"}


def test_without_copies_the_imprint_has_office_and_day_and_without_an_office_there_is_none(tables):
    assert [len(list(one.iter(f"{W}tr"))) for one in tables(**IMPRINT)] == [1]
    assert tables() == []


@pytest.mark.parametrize("lines", range(1, 24, 2))
def test_the_imprint_stands_at_the_foot_of_the_last_page_of_the_pdf(sheet, lines):
    pages = PdfReader(io.BytesIO(pdf(sheet("字" * 28 * lines, **IMPRINT, **COPIES)))).pages
    found = {text: (left, head) for text, left, head in starts(pages[-1])}
    office, number = found["局办公室"], found[f"— {len(pages)} —"]
    size = 14 / 72 * 25.4
    assert (office[0], round(262 - office[1], 1)) == (
        round(28 + size, 1),
        pytest.approx(3.5, abs=0.5),
    )
    assert number[1] > 262
    copies = [
        (left, head)
        for text, left, head in starts(pages[-1])
        if "技术局，" in text or "蜂巢" in text
    ]
    assert {round(left, 0) for left, _head in copies} == {round(28 + 4 * size, 0)}
    assert found["抄送："][1] == min(head for _left, head in copies)


def test_what_is_enclosed_stands_under_the_text_with_its_numbers(sheet, parts):
    rows = starts(PdfReader(io.BytesIO(pdf(sheet("正文", **ENCLOSED)))).pages[0])
    at = {text: (left, head) for text, left, head in rows}
    square = 156 / 28
    assert at["附件："][0] == pytest.approx(28 + 2 * square, abs=0.2)
    assert at["附件："][1] == at["申请表"][1]
    assert at["1."][0] == at["2."][0] == pytest.approx(28 + 5 * square, abs=0.2)
    long = [(left, head) for text, left, head in rows if text.startswith(("证明", "明证"))]
    assert len({left for left, _head in long}) == 1 < len(long)
    assert at["申请表"][0] == long[0][0]
    assert "附件" not in "".join(parts["word/document.xml"].itertext())
    with zipfile.ZipFile(io.BytesIO(docx(sheet("正文", **ENCLOSED)))) as file:
        document = ET.fromstring(file.read("word/document.xml"))  # noqa: S314 -- our own file
    paragraph, _properties = of({"word/document.xml": document}, "附件：1. 申请表")
    assert values(paragraph.find(f"{W}pPr/{W}ind"))["leftChars"] == "650"
    assert (
        "".join(
            next(
                one for one in document.iter(f"{W}p") if "证明" in "".join(one.itertext())
            ).itertext()
        )
        == "2. " + "证明" * 20
    )
