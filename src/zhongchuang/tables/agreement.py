"""Holds typed shares and sums against the figures that make them up."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from zhongchuang.policy.errors import _
from zhongchuang.policy.facts import Catalogue, Value, agrees, computed_from
from zhongchuang.policy.quantity import Exact, unit_of, write_number

from .problems import CellRefused

Note = Callable[[int, str, CellRefused], None]


def check_agreement(
    columns: Mapping[str, Sequence[Value | None]],
    count: int,
    catalogue: Catalogue,
    language: str,
    refuse: Note,
    *,
    at_once: bool,
) -> None:
    """Refuse each typed figure that its own inputs contradict, and each share above 100 % that inputs make."""
    formulas = _concerned(columns, catalogue)
    if not formulas:
        return
    rows: Iterable[int] = range(count)
    if at_once:
        from .agreement_arrays import doubtful_rows  # noqa: PLC0415 -- slow import

        rows = doubtful_rows(columns, count, formulas)
    for row in rows:
        _check_row(row, columns, formulas, catalogue, language, refuse)


def _concerned(
    columns: Mapping[str, Any], catalogue: Catalogue
) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """The formulas whose inputs the file has, or can derive."""
    known, found = set(columns), []
    for name, added, divisors in catalogue.formulas:
        if known.issuperset((*added, *divisors)):
            known.add(name)
            found.append((name, added, divisors))
    return found


def _check_row(
    row: int,
    columns: Mapping[str, Sequence[Value | None]],
    formulas: list[tuple[str, tuple[str, ...], tuple[str, ...]]],
    catalogue: Catalogue,
    language: str,
    refuse: Note,
) -> None:
    known: dict[str, Any] = {}
    for name, added, divisors in formulas:
        for one in (name, *added, *divisors):
            if one not in known and one in columns and columns[one][row] is not None:
                known[one] = columns[one][row]
        computed = computed_from(known, added, divisors)
        if computed is None:
            continue
        column = catalogue.columns[name]
        inputs = _inputs((*added, *divisors), known, catalogue, language)
        if name in known and not agrees(known[name], computed):
            refuse(
                row,
                name,
                CellRefused(
                    "disagrees",
                    _(
                        "%(fact)s is given as %(typed)s, but %(inputs)s make it %(computed)s. Correct one of them, or leave this cell blank."
                    ),
                    fact=catalogue.labelled(column, language),
                    typed=_shown(known[name], name, catalogue, language),
                    inputs=inputs,
                    computed=_shown(computed, name, catalogue, language),
                ),
            )
        elif column.unit == "%" and computed > 100:
            refuse(
                row,
                next((one for one in (*added, *divisors, name) if one in columns), name),
                over_whole(name, known, catalogue, language),
            )
        known.setdefault(name, computed)


def over_whole(
    name: str, known: Mapping[str, Any], catalogue: Catalogue, language: str
) -> CellRefused:
    """The refusal of figures that make a share of more than 100 %; it names each of them."""
    added, divisors = next((row[1], row[2]) for row in catalogue.formulas if row[0] == name)
    computed = computed_from(known, added, divisors)
    return CellRefused(
        "over_100",
        _(
            "%(inputs)s make %(fact)s %(computed)s; a share is between 0 %% and 100 %%. Correct one of these figures, or leave it blank."
        ),
        inputs=_inputs((*added, *divisors), known, catalogue, language),
        fact=catalogue.labelled(catalogue.columns[name], language),
        computed=_shown(computed or 0, name, catalogue, language),
    )


def shares_over_whole(
    values: Mapping[str, Any], catalogue: Catalogue, language: str
) -> dict[str, CellRefused]:
    """Of one subject's figures those that make a share above 100 %, by the names of the figures."""
    known: dict[str, Any] = dict(values)
    found: dict[str, CellRefused] = {}
    for name, added, divisors in catalogue.formulas:
        computed = computed_from(known, added, divisors)
        if computed is None:
            continue
        if name not in known and catalogue.columns[name].unit == "%" and computed > 100:
            fault = over_whole(name, known, catalogue, language)
            found |= {one: fault for one in (*added, *divisors) if one in values}
        known.setdefault(name, computed)
    return found


def _inputs(
    names: Iterable[str], known: Mapping[str, Any], catalogue: Catalogue, language: str
) -> str:
    return ", ".join(
        f"{catalogue.labelled(catalogue.columns[one], language)} = {_shown(known[one], one, catalogue, language)}"
        for one in names
    )


def _shown(amount: Exact, name: str, catalogue: Catalogue, language: str) -> str:
    """An amount with its unit in words."""
    unit = unit_of(catalogue.columns[name].unit)
    return f"{write_number(amount)} {unit.zh if language.startswith('zh') else unit.en}"
