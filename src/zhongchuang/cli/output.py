"""What the commands print: tables, trees and JSON on stdout, everything else on stderr.

On a terminal rich lays out what is small; elsewhere, and for long tables, plain columns do.
"""

import json
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from .language import gettext

MOST_RICH_ROWS = 200
"""Longer tables take rich seconds; they are printed in plain columns."""

MOST_IN_ARRAY = 1000
"""More subjects than this are printed one JSON object a line."""

SHOW_PROGRESS_FROM = 2000
STYLES = {"√": "green", "×": "red", "?": "yellow", "○": "cyan", "-": "dim"}  # fmt: skip
"""Colours of the verdict marks."""


def say(text: str = "") -> None:
    """One line on stdout."""
    print(text)  # noqa: T201 -- the program's output


def complain(text: str) -> None:
    """One message on stderr."""
    print(safe(text, keep="\n"), file=sys.stderr)  # noqa: T201 -- the program's messages


def safe(text: str, keep: str = "") -> str:
    """Text from files without what would steer a terminal or turn its direction."""
    if text.isprintable():
        return text
    return "".join(
        sign
        if sign.isprintable() or sign in keep or sign == "\u3000"
        else "\N{REPLACEMENT CHARACTER}"
        for sign in text
    )


def print_json(value: Any) -> None:
    """One JSON value, in UTF-8 whatever the terminal's encoding."""
    _utf8()
    say(json.dumps(value, ensure_ascii=False, indent=2))


def print_answers(answers: Iterable[Any], count: int) -> None:
    """One JSON array of answers, or one object a line where there are many."""
    _utf8()
    if count > MOST_IN_ARRAY:
        for answer in answers:
            say(json.dumps(answer, ensure_ascii=False, separators=(",", ":")))
        return
    say(json.dumps(list(answers), ensure_ascii=False, indent=1))


def _utf8() -> None:
    if (sys.stdout.encoding or "").lower().replace("-", "") != "utf8":
        sys.stdout.reconfigure(encoding="utf-8")


def print_table(
    headers: Sequence[str], rows: Sequence[Sequence[str]], *, right: Iterable[int] = ()
) -> None:
    """A table; the columns numbered in `right` hold figures."""
    rows = [[safe(cell, keep="\n") for cell in row] for row in rows]
    if sys.stdout.isatty() and len(rows) <= MOST_RICH_ROWS:
        _rich_table(headers, rows, frozenset(right))
    else:
        _plain_table(headers, rows, frozenset(right))


def _plain_table(
    headers: Sequence[str], rows: Sequence[Sequence[str]], right: frozenset[int]
) -> None:
    lines = [line for row in rows for line in _lines(row)]
    widths = [
        max(width(line[place]) for line in (headers, *lines)) for place in range(len(headers))
    ]
    for line in (headers, ["-" * one for one in widths], *lines):
        cells = [
            " " * (most - width(cell)) + cell
            if place in right
            else cell + " " * (most - width(cell))
            for place, (cell, most) in enumerate(zip(line, widths, strict=True))
        ]
        say("  ".join(cells).rstrip())


def _lines(row: Sequence[str]) -> Iterator[Sequence[str]]:
    """The lines that a row takes: cells may hold several."""
    yield from zip_longest(*(cell.split("\n") for cell in row), fillvalue="")


def width(text: str) -> int:
    """How many columns of a terminal the text takes: Chinese signs take two."""
    if text.isascii():
        return len(text)
    return sum(
        2 if unicodedata.east_asian_width(sign) in "WF" else not unicodedata.combining(sign)
        for sign in text
    )


def _rich_table(
    headers: Sequence[str], rows: Sequence[Sequence[str]], right: frozenset[int]
) -> None:
    from rich import box  # noqa: PLC0415 -- slow import
    from rich.console import Console  # noqa: PLC0415 -- slow import
    from rich.table import Table  # noqa: PLC0415 -- slow import
    from rich.text import Text  # noqa: PLC0415 -- slow import

    table = Table(box=box.SIMPLE_HEAD)
    for place, header in enumerate(headers):
        table.add_column(
            Text(header), justify="right" if place in right else "left", overflow="fold"
        )
    for row in rows:
        table.add_row(*(Text(cell, style=STYLES.get(cell[:1], "")) for cell in row))
    Console().print(table)


@dataclass
class Branch:
    """One line of a tree, with those under it."""

    text: str
    under: list["Branch"] = field(default_factory=list)


def print_tree(root: Branch) -> None:
    """A tree of lines."""
    if sys.stdout.isatty():
        from rich.console import Console  # noqa: PLC0415 -- slow import

        Console().print(_rich_tree(root))
        return
    say(safe(root.text))
    for line in _branches(root.under, ""):
        say(line)


def _branches(branches: Sequence[Branch], lead: str) -> Iterator[str]:
    for place, branch in enumerate(branches):
        last = place == len(branches) - 1
        yield lead + ("└─ " if last else "├─ ") + safe(branch.text)
        yield from _branches(branch.under, lead + ("   " if last else "│  "))


def _rich_tree(branch: Branch) -> Any:
    from rich.text import Text  # noqa: PLC0415 -- slow import
    from rich.tree import Tree  # noqa: PLC0415 -- slow import

    tree = Tree(Text(safe(branch.text), style=STYLES.get(branch.text[:1], "")))
    for one in branch.under:
        tree.children.append(_rich_tree(one))
    return tree


@contextmanager
def progress(label: str, *, long: bool) -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr for long work on a terminal; yields what to call with how much is done, and of how much."""
    if not long or not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console  # noqa: PLC0415 -- slow import
    from rich.progress import Progress  # noqa: PLC0415 -- slow import

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def followed(rows: Iterable[Any], count: int, label: str) -> Iterator[Any]:
    """The rows one by one, with a bar while they are worked on."""
    with progress(label, long=count >= SHOW_PROGRESS_FROM) as done:
        for number, row in enumerate(rows):
            if number % 256 == 0:
                done(number, count)
            yield row


def notes_of(warnings: Iterable[Any], most: int = 20) -> None:
    """What a person should look at in a file, on stderr."""
    shown = list(warnings)
    for one in shown[:most]:
        complain(gettext("Note: %(what)s") % {"what": one.text(gettext)})
    if len(shown) > most:
        complain(gettext("and %(count)s more.") % {"count": len(shown) - most})
