"""A form of a material as what stands on paper: blank, with the invented sample, or filled with the records of a space.

In English every label stands in Chinese as well, for the department that reads the form.
"""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

from django.utils import timezone

from zhongchuang.gap import registered, words
from zhongchuang.gap.words import chinese, plain_name
from zhongchuang.page.listed import ask
from zhongchuang.policy.facts import Text
from zhongchuang.policy.form import LISTS, Form
from zhongchuang.policy.quantity import exact, unit_of, write_number
from zhongchuang.spaces.models import Particulars
from zhongchuang.tables.writing import OutSheet, write

HERE = Path(__file__).parent
BLANK, SAMPLE, FILLED = "blank", "sample", "filled"
SHORT = 8
"""Signs of the digest of a form that stand on it."""


@cache
def rules():
    """Measures and words of forms."""
    return tomllib.loads((HERE / "blanks.toml").read_text(encoding="utf-8"))


def word(name, table="words", **given):
    """A word that stands on every form, in both languages."""
    return Text(*(rules()[table][name][one].format(**given) for one in ("zh", "en")))


def lines_of(text):
    """A label as it is printed: Chinese, below it English where the reader reads that."""
    return (text.zh,) if chinese() or text.zh == text.en else (text.zh, text.en)


def said(text):
    """Words in the reader's language; nothing where there are none."""
    return "" if text is None else text["zh" if chinese() else "en"]


@dataclass(frozen=True)
class Place:
    """A label and what stands beside it."""

    label: tuple
    value: str
    lines: int


@dataclass(frozen=True)
class Sheet:
    """All that stands on a form. `marks` are lines that say what it is not, or where it comes from."""

    form: Form
    pack: str
    kind: str
    places: tuple
    rows: list
    marks: tuple = ()
    count: int = 0

    @property
    def title(self):
        return lines_of(self.form.title)

    @property
    def name(self):
        """The name of a file with it, without ending."""
        return told("-".join([said(self.form.title), *([said(word("sample"))] if self.kind == SAMPLE else [])]))  # fmt: skip

    @property
    def foot(self):
        given = {"title": said(self.form.title), "pack": self.pack, "digest": self.form.digest[:SHORT]}  # fmt: skip
        return said(word("foot", **given))

    @property
    def header(self):
        """The labels of the list, each with its unit."""
        return [labelled(one) for one in self.form.rows.columns] if self.form.rows else []


def labelled(one):
    """The label of a column or a field with its unit."""
    if not one.unit:
        return lines_of(one.text)
    unit = unit_of(one.unit)
    return lines_of(Text(f"{one.text.zh}（{unit.zh}）", f"{one.text.en} ({unit.en})"))


def blank(form, pack):
    """The form as one writes on it."""
    places = tuple(Place(labelled(one), "", one.lines) for one in form.fields)
    rows = [[None] * len(form.rows.columns) for _row in range(form.rows.blank)] if form.rows else []
    return Sheet(form, title_of(pack), BLANK, places, rows)


def sample(form, pack):
    """The form as it looks when it is filled in, with invented values, marked as such."""
    places = tuple(Place(labelled(one), said(one.sample), one.lines) for one in form.fields)
    columns = form.rows.columns if form.rows else ()
    count = max((len(one.samples) for one in columns), default=0)
    rows = [[said(one.samples[row]) if row < len(one.samples) else None for one in columns] for row in range(count)]  # fmt: skip
    return Sheet(form, title_of(pack), SAMPLE, places, rows, marks=(word("sample"),))


def title_of(pack):
    return said(word("pack", pack=said(pack.short), version=pack.version))


# --- from the register ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Of:
    """A space on a day, as somebody sees it."""

    space: object
    me: object
    on: date
    facts: dict = field(default_factory=dict)

    def value(self, one):
        """What a field is filled with, as text; empty where nothing is known."""
        if one.fact:
            found = self.facts.get(one.fact.name)
            return "" if found is None else figure(found, one)
        space, operator = self.space, self.space.operator
        known = {
            "name": space.name, "code": space.code, "operator": operator.name, "credit_code": operator.credit_code,
            "region": space.region, "address": self.address, "opened": space.opened, "today": self.on,
        }  # fmt: skip
        return told(known.get(one.filled))

    @property
    def address(self):
        rows = Particulars.objects.visible_to(self.me).on(self.on).filter(space=self.space)
        return rows.values_list("address", flat=True).first()

    def rows(self, rows):
        """The records that fill a list, and since when they go back."""
        if not rows or not rows.filled:
            return []
        return ask("on_forms", rows.filled, self.me, self.space, years_before(self.on), self.on)


def filled(form, pack, space, *, by):
    """The form with what the register tells of a space today, as far as the reader sees it."""
    on = timezone.localdate()
    wanted = {one.fact.name for one in form.fields if one.fact}
    facts = registered.table_of(space, on, names=wanted).facts(0).values if wanted else {}
    of = Of(space, by, on, facts)
    places = tuple(Place(labelled(one), of.value(one), one.lines) for one in form.fields)
    found, most = of.rows(form.rows), rules()["filled"]["rows"]
    rows = [[row.get(one.filled) for one in form.rows.columns] for row in found[:most]]
    marks = [word("filled", day=on.isoformat())]
    if form.rows and "day" in LISTS.get(form.rows.filled, ()):
        marks.append(word("since", since=years_before(on).isoformat()))
    if len(found) > most:
        marks.append(word("more", count=len(found), most=most))
    if form.rows and not rows:
        rows = blank(form, pack).rows
    return Sheet(form, title_of(pack), FILLED, places, rows, marks=tuple(marks), count=len(found[:most]))  # fmt: skip


def years_before(on):
    """The first day of what happened that stands in a list."""
    year = on.year - rules()["filled"]["years"]
    return on.replace(year=year, day=min(on.day, 28) if on.month == 2 else on.day)


def figure(value, one):
    """A figure of the catalogue beside a label that has its unit."""
    number = isinstance(value, int | Fraction | Decimal) and not isinstance(value, bool)
    return write_number(exact(value)) if number else words.value(one.fact, value)


def told(value):
    """A value as text that a file of XML can hold."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | Decimal | Fraction) and not isinstance(value, bool):
        return write_number(exact(value))
    kept = (one for one in plain_name(str(value)) if one >= " " or one in "\n\t")
    return "".join(one for one in kept if one not in "\ufffe\uffff" and not "\ud800" <= one <= "\udfff")  # fmt: skip


# --- the list as a workbook -----------------------------------------------------------------------


def workbook(sheet):
    """The list of a form as a workbook that can be filled in; a sample says in each row that it is one, a filled one on a second sheet of when it is and whether it is whole."""
    header = [" / ".join(one) for one in sheet.header]
    rows = [list(row) for row in sheet.rows if any(cell is not None for cell in row)]
    name = said(sheet.form.title)
    if sheet.kind == SAMPLE:
        header = [*header, " / ".join(lines_of(word("sample")))]
        rows = [[*row, said(word("sample"))] for row in rows]
    widths = [max(10, min(40, 6 * one.width)) for one in sheet.form.rows.columns]
    texts = frozenset(n for n, one in enumerate(sheet.form.rows.columns) if one.id == "credit_code")
    sheets = [OutSheet(name, header, rows, widths=[*widths, 18], texts=texts)]
    if sheet.kind == FILLED:
        notes = [[said(mark)] for mark in sheet.marks]
        sheets.append(OutSheet(said(word("notes")), [sheet.foot], notes, widths=[100]))
    return write(sheets, "xlsx")
