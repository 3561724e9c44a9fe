"""What is wrong with a file, as values: each says what, where, what is allowed and what to do next."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from zhongchuang.policy.errors import Refused, _

Translate = Callable[[str], str]

SHOWN = 200
"""Problems kept for one column, and shown for one file; the others are counted."""

QUOTED = ("found", "word")
"""Parts of a message that come from the file."""

LONGEST_QUOTE = 60
"""Characters of a cell that a message repeats."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file: any part may be empty. `column` is the letter of a sheet, `header` its heading."""

    file: str = ""
    sheet: str = ""
    row: int = 0
    column: str = ""
    header: str = ""

    def text(self, translate: Translate) -> str:
        """The place in words, from the file inwards."""
        return translate(_(", ")).join(part for part in self._parts(translate) if part)

    def _parts(self, translate: Translate) -> Iterable[str]:
        yield self.file
        if self.sheet:
            yield translate(_("sheet “%(sheet)s”")) % {"sheet": self.sheet}
        if self.row:
            yield translate(_("row %(row)s")) % {"row": self.row}
        if self.column and self.header:
            yield translate(_("column %(column)s (%(header)s)")) % {
                "column": self.column,
                "header": self.header,
            }
        elif self.column or self.header:
            yield translate(_("column %(column)s")) % {"column": self.column or self.header}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong or doubtful, with a stable code."""

    code: str
    message: str
    params: Mapping[str, Any] = field(default_factory=dict)
    place: Place = field(default_factory=Place)

    def text(self, translate: Translate) -> str:
        """Place and message in the reader's language."""
        return translate(_("%(place)s: %(message)s")) % {
            "place": self.place.text(translate),
            "message": self.reason(translate),
        }

    def reason(self, translate: Translate) -> str:
        """The message alone."""
        return Refused(self.message, **self.params).text(translate)

    def __str__(self) -> str:
        return self.text(str)


class CellRefused(Refused):
    """A cell or file that is not accepted, with the code that its problem bears."""

    def __init__(self, code: str, message: str, /, **params: Any) -> None:
        super().__init__(message, **params)
        self.code = code


class Unreadable(Refused):
    """A file that is not read at all; `problems` says why, `total` counts them before any cap."""

    def __init__(self, problems: Iterable[Problem], total: int = 0) -> None:
        self.problems = list(problems)
        self.total = max(total, len(self.problems))
        super().__init__(_("The file was not read. Problems: %(total)s."), total=self.total)

    def __str__(self) -> str:
        return self.text(str)

    def text(self, translate: Translate) -> str:
        """All problems, one a line; at most `SHOWN` and the number of the others."""
        lines = [translate(self.message) % self.params]
        lines += [problem.text(translate) for problem in self.problems[:SHOWN]]
        hidden = self.total - min(len(self.problems), SHOWN)
        if hidden:
            lines.append(translate(_("and %(count)s more.")) % {"count": hidden})
        return "\n".join(lines)


class Report:
    """Collects the problems and warnings of one file, at most `SHOWN` of a column."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self._counts: Counter[tuple[bool, str, str]] = Counter()

    def refuse(self, refused: Refused, **place: Any) -> None:
        """Note a reason not to read the file."""
        self._note(self.problems, refused, place, warn=False)

    def warn(self, refused: Refused, **place: Any) -> None:
        """Note something that a person should look at."""
        self._note(self.warnings, refused, place, warn=True)

    def _note(
        self, kept: list[Problem], refused: Refused, place: dict[str, Any], *, warn: bool
    ) -> None:
        where = replace(self.place, **place)
        params = {
            name: quoted(value) if name in QUOTED else value
            for name, value in refused.params.items()
        }
        key = (warn, where.sheet, where.column or where.header)
        self._counts[key] += 1
        if self._counts[key] <= SHOWN:
            kept.append(Problem(getattr(refused, "code", "cell"), refused.message, params, where))

    def total(self) -> int:
        """All reasons not to read the file, those beyond the cap included."""
        return sum(count for (warn, *_rest), count in self._counts.items() if not warn)

    def stop(self) -> None:
        """Refuse the file where anything was noted against it."""
        if self.problems:
            raise Unreadable(in_order(self.problems), self.total())

    def all_warnings(self) -> list[Problem]:
        """The warnings in the order of the file, with a last one for each column that has more than are kept."""
        more = [
            Problem(
                "more",
                _("and %(count)s more in this column."),
                {"count": count - SHOWN},
                replace(self.place, sheet=sheet, column=column),
            )
            for (warn, sheet, column), count in self._counts.items()
            if warn and count > SHOWN
        ]
        return in_order(self.warnings) + more


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Problems by row, then column, as a reader goes through the sheet."""
    return sorted(
        problems, key=lambda one: (one.place.row, len(one.place.column), one.place.column)
    )


def quoted(value: object) -> str:
    """A cell as a message repeats it: short, on one line, without control characters."""
    text = "".join(sign if sign.isprintable() else " " for sign in str(value)[: LONGEST_QUOTE + 1])
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…"


def refused_file(code: str, message: str, file: str, **params: Any) -> Unreadable:
    """A refusal of the file as a whole."""
    return Unreadable([Problem(code, message, params, Place(file))])
