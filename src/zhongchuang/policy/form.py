"""A form that an applicant fills in: its fields, its list, how it is filled in, and an invented sample.

Neither the words of a form nor what stands in it decide anything: a form is a help to write a material.
"""

from dataclasses import dataclass

from .citation import Citation
from .facts import Column, Text

OF_SPACE = ("name", "code", "operator", "credit_code", "region", "address", "opened", "today")
"""What a field may be filled with from the record of a space, beside the figures of the catalogue."""

LISTS = {
    "residents": (
        "name", "kind", "credit_code", "registered", "region", "field", "product", "stage", "desks", "area", "people",
        "since", "agreement", "agreement_ends", "free_months", "monthly_fee", "registered_here",
    ),
    "staff": ("name", "duty", "education", "fulltime", "professional", "since"),
    "mentors": ("name", "employer", "position", "field", "level", "fulltime", "since"),
    "events": ("day", "title", "kind", "part", "attendance", "place", "partner"),
    "services": ("day", "kind", "subject", "residents", "done_by", "times"),
    "sessions": ("day", "mentor", "topic", "residents", "length"),
    "investments": ("day", "resident", "source", "form", "amount", "investor", "arrived"),
    "cases": ("day", "title", "text"),
    "equipment": ("name", "model", "pieces", "value", "holding", "shared"),
    "premises": ("name", "address", "floor_area", "public_area", "desk_area", "desks", "tenure"),
}  # fmt: skip
"""Records of a space that the list of a form may be filled with, each with what its columns may show. No sealed number is among them."""


@dataclass(frozen=True, slots=True)
class Blank:
    """A place to write at: its label, what the register fills it with, and what stands there in the sample.

    `lines` is how many lines of text it is high; one that has several takes the whole width. `fact` is a figure of the catalogue.
    """

    id: str
    text: Text
    unit: str = ""
    filled: str = ""
    fact: Column | None = None
    lines: int = 1
    sample: Text | None = None


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of a list; `width` counts against the other columns."""

    id: str
    text: Text
    unit: str = ""
    filled: str = ""
    width: int = 1
    samples: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Rows:
    """The list of a form: its columns, so many empty rows, and the records that fill it."""

    columns: tuple[ListColumn, ...]
    blank: int
    filled: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form: title, how it is filled in, words that stand on it, fields, a list, and who signs below.

    `digest` is that of what the form says, so that a printed one tells which text it had.
    """

    id: str
    title: Text
    digest: str
    how: tuple[Text, ...] = ()
    words: tuple[Text, ...] = ()
    fields: tuple[Blank, ...] = ()
    rows: Rows | None = None
    signed: tuple[str, ...] = ()
    note: Text | None = None
    cite: Citation | None = None
    basis: str = ""

    @property
    def is_filled(self) -> bool:
        """Whether records of a space can stand in it."""
        return any(one.filled or one.fact for one in self.fields) or bool(
            self.rows and self.rows.filled
        )

    @property
    def is_wide(self) -> bool:
        """Whether its list asks for a page on its side."""
        return bool(self.rows and len(self.rows.columns) >= MANY_COLUMNS)


MANY_COLUMNS = 7
SIGNED = ("writer", "responsible", "party_a", "party_b", "seal", "day")
"""Who or what may stand at the foot of a form."""
