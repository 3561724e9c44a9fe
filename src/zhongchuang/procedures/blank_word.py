"""A form as a Word file that can be filled in: fields in a table, the list with its header on every page, who signs."""

from io import BytesIO

from zhongchuang.procedures.blanks import SAMPLE, lines_of, rules, said, told, word

TWIPS = 20
"""In a point."""

PAIRS = 4
"""Cells of a line of the fields: label and value, twice."""

LABEL, VALUE = 3, 6
"""How wide a label and the place beside it are, against each other."""

NUMBERED = 1
"""How wide the column of numbers is against the others."""


def docx(sheet):
    """The file as bytes."""
    from docx import Document  # noqa: PLC0415 -- slow import

    document = Document()
    on_paper(document, sheet)
    heading(document, sheet)
    for write in (instructions, letter, fields, rows, signed):
        write(document, sheet)
    about, out = document.core_properties, BytesIO()
    about.author, about.title, about.comments = "", sheet.name, ""
    document.save(out)
    return out.getvalue()


def on_paper(document, sheet):
    """A4, upright or on its side; the foot says which form it is, the head of a sample that it is one."""
    from docx.enum.section import WD_ORIENT  # noqa: PLC0415 -- slow import
    from docx.shared import Mm, Pt  # noqa: PLC0415 -- slow import

    page, section = rules()["page"], document.sections[0]
    size = page["width"], page["height"]
    section.page_width, section.page_height = (Mm(one) for one in (size[::-1] if sheet.form.is_wide else size))  # fmt: skip
    section.orientation = WD_ORIENT.LANDSCAPE if sheet.form.is_wide else WD_ORIENT.PORTRAIT
    section.top_margin, section.bottom_margin = Mm(page["top"]), Mm(page["bottom"])
    section.left_margin, section.right_margin = Mm(page["left"]), Mm(page["right"])
    section.footer_distance = Mm(page["footer"])
    style = document.styles["Normal"]
    typed(style.element.get_or_add_rPr(), "text", rules()["size"]["text"])
    style.paragraph_format.space_after = Pt(0)
    if sheet.kind == SAMPLE:
        put(section.header.paragraphs[0], said(word("sample")), size="small", colour="mark")
    foot = section.footer.paragraphs[0]
    put(foot, f"{sheet.foot} · ", size="small", colour="soft")
    for text in pieces(said(word("page", page="\0PAGE\0", pages="\0NUMPAGES\0"))):
        put(foot, "" if text.isupper() else text, size="small", colour="soft", field=text if text.isupper() else "")  # fmt: skip


def pieces(text):
    """Words and names of fields, one after the other."""
    return [one for one in text.split("\0") if one]


def heading(document, sheet):
    for number, text in enumerate(sheet.title):
        centred(document, text, "title" if not number else "latin", "title" if not number else "english")  # fmt: skip
    for mark in sheet.marks:
        paragraph = centred(document, said(mark), "text", "text", colour="mark")
        paragraph.paragraph_format.keep_with_next = True


def instructions(document, sheet):
    if not sheet.form.how:
        return
    space_before(put(document.add_paragraph(), said(word("how")), kind="title"), 6)
    for number, text in enumerate(sheet.form.how, 1):
        put(document.add_paragraph(), f"{number}. {said(text)}", size="small", colour="soft")


def letter(document, sheet):
    """Words that stand on the form as they are; Chinese ones first."""
    for number, text in enumerate(sheet.form.words):
        for one in lines_of(text):
            space_before(put(document.add_paragraph(), one), 6 if not number else 4)


def fields(document, sheet):
    """Short fields two a line, those of several lines across the page."""
    if not sheet.places:
        return
    gap(document)
    table, wide = table_of(document, widths_of(sheet, (LABEL, VALUE, LABEL, VALUE))), None
    for place in sheet.places:
        if place.lines > 1:
            wide = row_of(table)
            cell = wide.cells[1].merge(wide.cells[3])
            labelled(wide.cells[0], place.label)
            written(cell, place)
            wide = None
        elif wide is None:
            wide = row_of(table)
            labelled(wide.cells[0], place.label)
            written(wide.cells[1], place)
        else:
            labelled(wide.cells[2], place.label)
            written(wide.cells[3], place)
            wide = None
    joined_ends(table)


def joined_ends(table):
    """A last short field that stands alone takes the rest of its line."""
    for row in table.rows:
        if len(row._tr.tc_lst) == PAIRS and not row.cells[2].text:
            row.cells[1].merge(row.cells[3])


def rows(document, sheet):
    """The list: a row never goes over two pages, the header stands on each."""
    if not sheet.form.rows:
        return
    gap(document)
    shares = (NUMBERED, *(one.width for one in sheet.form.rows.columns))
    table = table_of(document, widths_of(sheet, shares))
    head = row_of(table)
    head._tr.get_or_add_trPr().append(element("tblHeader"))
    for cell, label in zip(head.cells, (lines_of(word("number")), *sheet.header), strict=True):
        labelled(cell, label)
    for number, values in enumerate(sheet.rows, 1):
        row = row_of(table)
        for cell, value in zip(row.cells, (number, *values), strict=True):
            put(cell.paragraphs[0], told(value), size="small" if sheet.form.is_wide else "text")


def signed(document, sheet):
    """Who signs, with room to do it; kept on one page."""
    if not sheet.form.signed:
        return
    gap(document)
    for start in range(0, len(sheet.form.signed), 2):
        some = sheet.form.signed[start : start + 2]
        paragraph = document.add_paragraph()
        space_before(paragraph, 10)
        paragraph.paragraph_format.keep_with_next = start + 2 < len(sheet.form.signed)
        paragraph.paragraph_format.tab_stops.add_tab_stop(width_of(sheet) // 2)
        texts = [f"{' / '.join(lines_of(word(one, 'signed')))}：" for one in some]
        put(paragraph, "\t".join(texts))


# --- parts of the format --------------------------------------------------------------------------


def width_of(sheet):
    """The width between the margins."""
    from docx.shared import Mm  # noqa: PLC0415 -- slow import

    page = rules()["page"]
    return Mm((page["height"] if sheet.form.is_wide else page["width"]) - page["left"] - page["right"])  # fmt: skip


def widths_of(sheet, shares):
    """The width between the margins, shared out."""
    return [width_of(sheet) * one // sum(shares) for one in shares]


def table_of(document, widths):
    """A table with lines, without rows, whose columns are as wide as said."""
    table = document.add_table(rows=0, cols=len(widths))
    table.style, table.autofit = "Table Grid", False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    return table


def row_of(table):
    """A new row that stays on one page."""
    from docx.enum.table import WD_ALIGN_VERTICAL  # noqa: PLC0415 -- slow import

    row = table.add_row()
    row._tr.get_or_add_trPr().append(element("cantSplit"))
    high(row._tr, rules()["size"]["row"])
    for cell, column in zip(row.cells, table.columns, strict=True):
        cell.width, cell.vertical_alignment = column.width, WD_ALIGN_VERTICAL.CENTER
    return row


def labelled(cell, label):
    """A label on grey, its English smaller below it."""
    shade = element("shd", val="clear", color="auto", fill=rules()["colour"]["head"])
    cell._tc.get_or_add_tcPr().insert_element_before(shade, "w:noWrap", "w:tcMar", "w:vAlign")
    for number, text in enumerate(label):
        paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
        put(paragraph, text, size="small" if number else "text", colour="soft" if number else "")


def written(cell, place):
    """What stands beside a label; a place of several lines is as high as those."""
    put(cell.paragraphs[0], place.value)
    if place.lines > 1:
        cell.vertical_alignment = None
        high(cell._tc.getparent(), place.lines * rules()["size"]["line"])


def high(row, points):
    """A row is at least so high."""
    properties = row.get_or_add_trPr()
    for old in [one for one in properties if one.tag.endswith("}trHeight")]:
        properties.remove(old)
    properties.append(element("trHeight", val=points * TWIPS, hRule="atLeast"))


def gap(document):
    document.add_paragraph().paragraph_format.keep_with_next = True


def centred(document, text, kind, size, *, colour=""):
    paragraph = document.add_paragraph()
    paragraph.alignment = 1
    return put(paragraph, text, kind=kind, size=size, colour=colour)


def space_before(paragraph, points):
    from docx.shared import Pt  # noqa: PLC0415 -- slow import

    paragraph.paragraph_format.space_before = Pt(points)


def put(paragraph, text, *, kind="text", size="text", colour="", field=""):
    """A text in a type and a size, or a field that the program counts."""
    parts = [("begin", ""), ("", field), ("end", "")] if field else [(None, text)]
    for mark, given in parts:
        run = paragraph.add_run(told(given) if mark is None else "")
        if mark is not None:
            run._r.append(element("fldChar", fldCharType=mark) if mark else instruction(given))
        typed(run._r.get_or_add_rPr(), kind, rules()["size"][size], rules()["colour"].get(colour))
    return paragraph


def instruction(name):
    held = element("instrText")
    held.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    held.text = f" {name} "
    return held


def typed(properties, kind, size, colour=None):
    """The fonts of a type by name, the size in half points, the colour."""
    fonts = rules()["fonts"]
    for old in list(properties):
        properties.remove(old)
    properties.append(element("rFonts", ascii=fonts["latin"], hAnsi=fonts["latin"], cs=fonts["latin"], eastAsia=fonts["title" if kind == "title" else "text"]))  # fmt: skip
    if colour:
        properties.append(element("color", val=colour))
    properties.append(element("sz", val=round(size * 2)))
    properties.append(element("szCs", val=round(size * 2)))


def element(name, **values):
    """An element of the format with its values."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 -- slow import
    from docx.oxml.ns import qn  # noqa: PLC0415 -- slow import

    made = OxmlElement(f"w:{name}")
    for key, value in values.items():
        made.set(qn(f"w:{key}"), str(value))
    return made
