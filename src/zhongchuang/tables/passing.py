"""A reading as JSON and back, to pass it from one process to another."""

import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import orjson

from zhongchuang.policy.errors import Refused
from zhongchuang.policy.facts import Catalogue, Column, Value
from zhongchuang.policy.quantity import Exact
from zhongchuang.policy.table import Table

from .problems import Place, Problem
from .reading import Reading


def dumped(found: Mapping[str, Any]) -> bytes:
    """What is passed on, as bytes; what the fast writer does not take (whole numbers of over 64 bits, halves of signs) goes the slow way."""
    try:
        return orjson.dumps(found)
    except orjson.JSONEncodeError:
        return json.dumps(found, separators=(",", ":")).encode()


def loaded(output: bytes) -> dict[str, Any]:
    """What was passed on; ValueError where it is none of it."""
    try:
        return orjson.loads(output)  # type: ignore[no-any-return]
    except orjson.JSONDecodeError:
        return json.loads(output)  # type: ignore[no-any-return]


def reading_to_json(reading: Reading) -> dict[str, Any]:
    """Plain lists and texts; amounts that are no whole numbers as text."""
    table = reading.table
    return {
        "subjects": list(table.subjects),
        "codes": None if table.codes is None else list(table.codes),
        "columns": {name: _column_to_json(column) for name, column in table.columns.items()},
        "judgements": {id_: list(column) for id_, column in table.judgements.items()},
        "points": {
            id_: [_plain(value) for value in column] for id_, column in table.points.items()
        },
        "warnings": [problem_to_json(one) for one in reading.warnings],
        "place": _place(reading.place),
        "rows": list(reading.row_numbers),
        "facts": [column.name for column in reading.facts],
        "duplicates": reading.duplicates,
        "duplicate_codes": reading.duplicate_codes,
    }


def reading_from_json(found: Mapping[str, Any], catalogue: Catalogue) -> Reading:
    """The reading again; each value by the type of its fact."""
    table = Table(
        found["subjects"],
        {
            name: _column_from_json(column, catalogue.columns[name])
            for name, column in found["columns"].items()
        },
        found["judgements"],
        {id_: [_amount(value) for value in column] for id_, column in found["points"].items()},
        found["codes"],
    )
    return Reading(
        table,
        [problem_from_json(one) for one in found["warnings"]],
        Place(**found["place"]),
        found["rows"],
        [catalogue.columns[name] for name in found["facts"]],
        _pairs(found["duplicates"]),
        _pairs(found["duplicate_codes"]),
    )


def problem_to_json(problem: Problem) -> dict[str, Any]:
    """A problem with its parts, so that it can be rendered in any language later."""
    return {
        "code": problem.code,
        "message": problem.message,
        "place": _place(problem.place),
        "params": {name: _part(value) for name, value in problem.params.items()},
    }


def problem_from_json(found: Mapping[str, Any]) -> Problem:
    """The problem again."""
    params = {
        name: Refused(value["message"], **value["params"]) if isinstance(value, dict) else value
        for name, value in found["params"].items()
    }
    return Problem(found["code"], found["message"], params, Place(**found["place"]))


def _column_to_json(column: Any) -> Any:
    """A list as a list; an array column by its parts."""
    if hasattr(column, "vocabulary"):
        return {
            "index": column.index.tolist(),
            "vocabulary": [_plain(value) for value in column.vocabulary],
        }
    if hasattr(column, "scaled") and column.divisor is None:
        return {
            "scaled": column.scaled.tolist(),
            "places": column.places,
            "null": None if column.null is None else column.null.tolist(),
        }
    return [_plain(value) for value in column]


def _column_from_json(found: Any, column: Column) -> Any:
    """The column again; numpy is imported for array columns only."""
    if isinstance(found, list):
        return [_value(value, column) for value in found]
    from . import arrays  # noqa: PLC0415 -- slow import

    if "vocabulary" in found:
        return arrays.code_column(
            found["index"],
            [value for one in found["vocabulary"] if (value := _value(one, column)) is not None],
        )
    return arrays.number_column(found["scaled"], found["places"], found["null"])


def _part(value: Any) -> Any:
    if isinstance(value, Refused):
        return {
            "message": value.message,
            "params": {name: _part(one) for name, one in value.params.items()},
        }
    return value if isinstance(value, int | str) else str(value)


def _place(place: Place) -> dict[str, Any]:
    return {
        "file": place.file,
        "sheet": place.sheet,
        "row": place.row,
        "column": place.column,
        "header": place.header,
    }


def _plain(value: Value | None) -> Any:
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    return sorted(value) if isinstance(value, frozenset) else value


def _value(value: Any, column: Column) -> Value | None:
    if column.fact.type == "quantity":
        return _amount(value)
    return frozenset(value) if isinstance(value, list) else value


def _amount(value: Any) -> Exact | None:
    return Fraction(value) if isinstance(value, str) else value


def _pairs(found: list[list[Any]]) -> list[tuple[str, list[int]]]:
    return [(text, rows) for text, rows in found]
