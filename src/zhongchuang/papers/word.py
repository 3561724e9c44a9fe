"""The Word file of a document, for offices that print on their own red-headed paper or go on editing."""

from io import BytesIO
from math import floor

from zhongchuang.papers.layout import POINTS, area, layout, squares

TWIPS = 20
"""In a point."""

EIGHTHS = 8
"""Of a point, in which Word counts how thick a line is."""

LARGE = 4096
"""The parts of a point in which Word counts how far characters stand apart."""


def docx(sheet):
    """The file as bytes."""
    from docx import Document  # noqa: PLC0415 -- slow import

    document = Document()
    on_paper(document)
    in_type(document)
    for write in (heading, body, enclosures, ending, imprint):
        write(document, sheet)
    about, out = document.core_properties, BytesIO()
    about.author, about.title, about.comments = sheet.sender, sheet.title, ""
    document.save(out)
    return out.getvalue()


def on_paper(document):
    """The page: its margins, its grid of lines and characters, its numbers outside left and right."""
    from docx.shared import Mm  # noqa: PLC0415 -- slow import

    page, place, size = layout()["page"], layout()["place"], layout()["size"]
    section = document.sections[0]
    section.page_width, section.page_height = Mm(page["width"]), Mm(page["height"])
    section.top_margin, section.bottom_margin = Mm(page["top"]), Mm(page["bottom"])
    section.left_margin, section.right_margin = Mm(page["left"]), Mm(page["right"])
    half = size["number"] / POINTS / 2
    section.footer_distance = Mm(page["bottom"] - place["page_number"] - half)
    width, height = area()
    apart = floor((width / page["chars"] - size["text"]) * LARGE)
    for old in section._sectPr.findall(named("docGrid")):
        section._sectPr.remove(old)
    section._sectPr.append(
        element("docGrid", type="linesAndChars", linePitch=floor(height / page["lines"] * TWIPS), charSpace=apart)
    )  # fmt: skip
    document.settings.odd_and_even_pages_header_footer = True
    number_of_page(section.footer.paragraphs[0], "right")
    number_of_page(section.even_page_footer.paragraphs[0], "left")


def in_type(document):
    """Text is set in No. 3 imitation Song on fixed lines, without anything of the library's own look."""
    style = document.styles["Normal"]
    typed(style.element.get_or_add_rPr(), "fang", layout()["size"]["text"])
    off = {"val": 0}
    laid(
        style.element.get_or_add_pPr(), widowControl=off, autoSpaceDE=off, autoSpaceDN=off, spacing=line(), jc={"val": "both"},
    )  # fmt: skip


def heading(document, sheet):
    """The issuer in red, the number, the rule."""
    place, size = layout()["place"], layout()["size"]
    if sheet.draft:
        put(document.sections[0].header.paragraphs[0], sheet.draft, "hei", size["text"])
        put(document.sections[0].even_page_header.paragraphs[0], sheet.draft, "hei", size["text"])
    red = layout()["colour"]["red"]
    mark = centred(document, sheet.mark, "song", sheet.mark_size, colour=red)
    before = round(place["mark"] * POINTS * TWIPS)
    laid(mark._p.get_or_add_pPr(), spacing={"before": before, "after": 0, "line": 240, "lineRule": "auto"})  # fmt: skip
    blank(document, 2)
    number = centred(document, sheet.number, "fang", size["text"])
    rule = element("bottom", val="single", sz=12, space=round(place["rule"] * POINTS), color=red)
    borders = element("pBdr")
    borders.append(rule)
    number._p.get_or_add_pPr().insert_element_before(borders, *AFTER_BORDERS)


def body(document, sheet):
    """Title, addressee, text."""
    blank(document, 2)
    centred(document, sheet.title, "song", layout()["size"]["title"])
    blank(document, 1)
    put(document.add_paragraph(), sheet.to, "fang", layout()["size"]["text"])
    square = round(area()[0] / layout()["page"]["chars"] * TWIPS)
    for kind, text in sheet.lines:
        paragraph = document.add_paragraph()
        laid(paragraph._p.get_or_add_pPr(), ind={"firstLineChars": 200, "firstLine": 2 * square})
        put(paragraph, text, kind, layout()["size"]["text"])


def enclosures(document, sheet):
    """The names of what is enclosed; one that takes several lines stands under its own first character."""
    if not sheet.enclosures:
        return
    blank(document, 1)
    word, square = squares(sheet.enclosures[0][0]), area()[0] / layout()["page"]["chars"] * TWIPS
    for label, number, name in sheet.enclosures:
        front = squares(label + number)
        left = 2 + word + squares(number)
        paragraph = document.add_paragraph()
        indent = {"leftChars": round(left * 100), "left": round(left * square), "hangingChars": round(front * 100), "hanging": round(front * square)}  # fmt: skip
        laid(paragraph._p.get_or_add_pPr(), ind=indent, jc={"val": "left"})
        put(paragraph, label + number + name, "fang", layout()["size"]["text"])


def ending(document, sheet):
    """Sender and date, with room for the seal; a page never begins with the date alone."""
    square = area()[0] / layout()["page"]["chars"] * TWIPS
    for one in (document.paragraphs[-1], *blank(document, 2)):
        one.paragraph_format.keep_with_next = True
    for text, free in zip((sheet.sender, sheet.date), sheet.free, strict=True):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = text == sheet.sender
        right = {"rightChars": round(free * 100), "right": round(free * square)}
        laid(paragraph._p.get_or_add_pPr(), ind=right, jc={"val": "right"})
        put(paragraph, text, "fang", layout()["size"]["text"])


def imprint(document, sheet):
    """A table between two lines that stands at the foot of the page on which the text ends, and moves with it."""
    if not sheet.office:
        return
    rules, wide = layout()["imprint"], round(area()[0] * TWIPS)
    size, side = rules["text"], rules["side"] * rules["text"] * TWIPS
    rows = [row_of("".join(sheet.copies), size, ind={"left": side + squares(sheet.copies[0]) * size * TWIPS, "hanging": squares(sheet.copies[0]) * size * TWIPS, "right": side})] if sheet.copies else []  # fmt: skip
    rows.append(row_of(f"{sheet.office}\t{sheet.issued}", size, tab=wide - side, ind={"left": side, "right": side}))  # fmt: skip
    after = document.add_paragraph()
    laid(after._p.get_or_add_pPr(), spacing={"before": 0, "after": 0, "line": TWIPS, "lineRule": "exact"})  # fmt: skip
    after._p.addprevious(table_of(rows, wide))


def table_of(rows, wide):
    """A table as wide as the type area, which floats to its lower edge."""
    rules, table = layout()["imprint"], element("tbl")
    thick, thin = (round(rules[name] * POINTS * EIGHTHS) for name in ("thick", "thin"))
    about = within(
        "tblPr",
        element("tblpPr", leftFromText=0, rightFromText=0, vertAnchor="margin", horzAnchor="margin", tblpXSpec="left", tblpYSpec="bottom"),
        element("tblOverlap", val="never"), element("tblW", w=wide, type="dxa"),
        within("tblBorders", edge("top", thick), edge("bottom", thick), edge("insideH", thin)),
        element("tblLayout", type="fixed"),
        within("tblCellMar", element("left", w=0, type="dxa"), element("right", w=0, type="dxa")),
    )  # fmt: skip
    table.extend([about, within("tblGrid", element("gridCol", w=wide))])
    for one in rows:
        cell = within("tc", within("tcPr", element("tcW", w=wide, type="dxa")), one)
        table.append(within("tr", within("trPr", element("cantSplit")), cell))
    return table


def edge(side, size):
    return element(side, val="single", sz=size, space=0, color="000000")


def row_of(text, size, *, tab=0, ind):
    """A paragraph of the imprint, on a line of the grid."""
    paragraph = element("p")
    properties = paragraph.get_or_add_pPr()
    if tab:
        properties.append(within("tabs", element("tab", val="right", pos=round(tab))))
    laid(properties, spacing=line(), ind={name: round(one) for name, one in ind.items()}, jc={"val": "left"})  # fmt: skip
    run = paragraph.add_r()
    run.text = text
    typed(run.get_or_add_rPr(), "fang", size)
    return paragraph


def within(name, *parts):
    """An element that holds others."""
    held = element(name)
    held.extend(parts)
    return held


def number_of_page(paragraph, side):
    """A number between dashes, one character from the edge."""
    size = layout()["size"]["number"]
    laid(
        paragraph._p.get_or_add_pPr(), spacing={"before": 0, "after": 0, "line": size * TWIPS, "lineRule": "exact"},
        ind={side: size * TWIPS}, jc={"val": side},
    )  # fmt: skip
    put(paragraph, "— ", "plain", size)
    for kind in ("begin", "", "end"):
        run = put(paragraph, "", "plain", size)
        run._r.append(element("fldChar", fldCharType=kind) if kind else instruction(" PAGE "))
    put(paragraph, " —", "plain", size)


def instruction(text):
    held = element("instrText")
    held.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    held.text = text
    return held


def blank(document, count):
    return [document.add_paragraph() for _number in range(count)]


def centred(document, text, kind, size, *, colour=""):
    paragraph = document.add_paragraph()
    laid(paragraph._p.get_or_add_pPr(), jc={"val": "center"})
    put(paragraph, text, kind, size, colour=colour)
    return paragraph


def put(paragraph, text, kind, size, *, colour=""):
    """A text in a type and a size."""
    run = paragraph.add_run(text)
    typed(run._r.get_or_add_rPr(), kind, size, colour=colour)
    return run


def typed(properties, kind, size, *, colour=""):
    """The fonts of a type by name, and the size in half points."""
    fonts = layout()["fonts"]
    for old in list(properties):
        properties.remove(old)
    latin = fonts["latin"]
    properties.append(element("rFonts", ascii=latin, hAnsi=latin, cs=latin, eastAsia=fonts[kind]))
    if colour:
        properties.append(element("color", val=colour))
    properties.append(element("sz", val=round(size * 2)))
    properties.append(element("szCs", val=round(size * 2)))


AFTER_SPACING = ("w:ind", "w:contextualSpacing", "w:jc", "w:rPr", "w:sectPr", "w:pPrChange")
AFTER_BORDERS = ("w:shd", "w:tabs", "w:autoSpaceDE", "w:autoSpaceDN", "w:spacing", *AFTER_SPACING)
ORDER = {
    "widowControl": ("w:pBdr", *AFTER_BORDERS),
    "autoSpaceDE": AFTER_BORDERS[3:],
    "autoSpaceDN": AFTER_BORDERS[4:],
    "spacing": AFTER_SPACING,
    "ind": AFTER_SPACING[1:],
    "jc": AFTER_SPACING[3:],
}
"""What stands behind an element in the properties of a paragraph, for the order is part of the format."""


def laid(properties, **given):
    """Distance, indent and side of a paragraph."""
    for name, values in given.items():
        for old in properties.findall(named(name)):
            properties.remove(old)
        properties.insert_element_before(element(name, **values), *ORDER[name])


def line():
    """One line of the grid."""
    pitch = floor(area()[1] / layout()["page"]["lines"] * TWIPS)
    return {"before": 0, "after": 0, "line": pitch, "lineRule": "exact"}


def named(name):
    from docx.oxml.ns import qn  # noqa: PLC0415 -- slow import

    return qn(f"w:{name}")


def element(name, **values):
    """An element of the format with its values."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 -- slow import

    made = OxmlElement(f"w:{name}")
    for key, value in values.items():
        made.set(named(key), str(value))
    return made
