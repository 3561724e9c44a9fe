"""The workbook to fill in: one empty row of headings, and a sheet that says what each figure means."""

import io
from collections.abc import Iterator
from typing import Any

from zhongchuang.policy.facts import Catalogue, Column, fact_groups, space_catalogue
from zhongchuang.policy.quantity import COUNTED, example, unit_of

from .words import words
from .writing import heading

ROWS = 1000
"""Rows below the heading that are prepared for input."""

LONGEST_CHOICE = 255
"""Characters that a list of choices may have inside a cell's rule; longer ones stand on a sheet."""

COLOURS = ("#E8F0FE", "#E6F4EA", "#FEF7E0", "#FCE8E6", "#F3E8FD", "#E4F7FB", "#F1F3F4")


def template(language: str = "zh", catalogue: Catalogue | None = None) -> bytes:
    """The .xlsx to fill in; its body is empty, so that nothing false is handed in."""
    import xlsxwriter  # type: ignore[import-untyped]  # noqa: PLC0415 -- slow import

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    _Template(
        book, catalogue or space_catalogue(), "zh" if language.startswith("zh") else "en"
    ).fill()
    book.close()
    return out.getvalue()


class _Template:
    def __init__(self, book: Any, catalogue: Catalogue, language: str) -> None:
        self.book, self.catalogue, self.language = book, catalogue, language
        self.shown = words().shown
        self.form = book.add_worksheet(self.shown["form_sheet"][language])
        self.guide = book.add_worksheet(self.shown["guide_sheet"][language])
        self.bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})

    def fill(self) -> None:
        headings = [self.shown["name"][self.language], self.shown["code"][self.language]]
        columns = list(self._columns())
        self._headings(headings, columns)
        self._guide(headings, columns)
        self.form.activate()

    def _columns(self) -> Iterator[Column]:
        """The columns in the order of the groups; what is computed from others is left out."""
        for group in fact_groups():
            for column in self.catalogue.columns.values():
                if column.fact.group == group and column.fact.formula is None:
                    yield column

    def _headings(self, subject: list[str], columns: list[Column]) -> None:
        groups, formats = list(fact_groups()), {}
        for place, group in enumerate(groups):
            formats[group] = self.book.add_format(
                {
                    "bold": True,
                    "text_wrap": True,
                    "valign": "top",
                    "border": 1,
                    "bg_color": COLOURS[place % len(COLOURS)],
                }
            )
        text = self.book.add_format({"num_format": "@"})
        for place, label in enumerate(subject):
            self.form.write_string(0, place, label, self.bold)
            self.form.set_column(place, place, 24, text)
        for place, column in enumerate(columns, len(subject)):
            self.form.write_string(
                0, place, heading(self.catalogue, column, self.language), formats[column.fact.group]
            )
            self.form.set_column(place, place, 14, self._number_format(column))
            self._rule(place, column)
        self.form.set_row(0, 48)
        self.form.freeze_panes(1, 1)

    def _number_format(self, column: Column) -> Any:
        code = {"%": "0.00%"}.get(column.unit) or (
            "#,##0" if column.unit in COUNTED else "#,##0.##" if column.unit else "@"
        )
        return self.book.add_format({"num_format": code})

    def _rule(self, place: int, column: Column) -> None:
        """A list to choose from, for choices and for yes and no."""
        fact = column.fact
        if fact.type == "yes_no":
            choices = [self.shown["yes"][self.language], self.shown["no"][self.language]]
        elif fact.type == "choice":
            choices = [label[self.language] for label in fact.choices.values()]
        else:
            return
        if len(",".join(choices)) <= LONGEST_CHOICE and not any("," in one for one in choices):
            self.form.data_validation(
                1, place, ROWS, place, {"validate": "list", "source": choices}
            )

    def _guide(self, subject: list[str], columns: list[Column]) -> None:
        for place, (label, width) in enumerate(
            zip(self.shown["guide_header"][self.language], (30, 28, 10, 12, 60, 60), strict=True)
        ):
            self.guide.write_string(0, place, label, self.bold)
            self.guide.set_column(place, place, width, self.wrapped)
        rows: list[tuple[str, ...]] = [
            (subject[0], "name", "", "", "", self.shown["allowed_name"][self.language]),
            (subject[1], "code", "", "", "", self.shown["allowed_code"][self.language]),
        ]
        rows += [self._explained(column) for column in columns]
        for row, cells in enumerate(rows, 1):
            for place, cell in enumerate(cells):
                self.guide.write_string(row, place, cell, self.wrapped)
        self.guide.freeze_panes(1, 1)

    def _explained(self, column: Column) -> tuple[str, ...]:
        unit = unit_of(column.unit) if column.unit else None
        kind = self.catalogue.kinds[column.kind][self.language]
        return (
            heading(self.catalogue, column, self.language),
            column.name,
            "" if unit is None else unit.zh if self.language == "zh" else unit.en,
            kind,
            column.fact.definition[self.language],
            self._allowed(column),
        )

    def _allowed(self, column: Column) -> str:
        """What may stand in the cells of a column, in words."""
        fact, shown, language = column.fact, self.shown, self.language
        if fact.type == "yes_no":
            return f"{shown['yes'][language]} / {shown['no'][language]}"
        if fact.type == "region":
            return str(shown["allowed_region"][language])
        if fact.type == "quantity":
            if column.unit == "%":
                return str(shown["allowed_share"][language]) % ()
            return (
                str(shown["allowed_count"][language])
                if column.unit in COUNTED
                else str(shown["allowed_amount"][language]) % example(column.unit, language)
            )
        choices = " / ".join(f"{label[language]} ({code})" for code, label in fact.choices.items())
        if fact.type == "choice":
            return choices
        levels = f" @ {' / '.join(fact.levels)}" if fact.levels else ""
        return f"{choices}{levels}. {shown['allowed_list'][language]}"
