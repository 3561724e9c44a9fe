"""Demonstration tables as files: the same table gives the same bytes."""

import io
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from zhongchuang.policy.errors import Refused, _
from zhongchuang.policy.facts import Value
from zhongchuang.policy.table import Table
from zhongchuang.tables.writing import export

KINDS = ("xlsx", "csv", "json", "parquet")
CREATED = datetime(2016, 1, 1)  # noqa: DTZ001 -- a workbook keeps no time zone
"""The moment written into workbooks: that of the making would change their bytes."""


def write_table(table: Table, kind: str, language: str) -> bytes:
    """The table as a file of one of `KINDS` that reads back to it."""
    if kind == "json":
        rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in _rows(table))
        return f"[\n{rows}\n]\n".encode()
    if kind == "parquet":
        return _parquet(table)
    return export(table, kind, language=language, created=CREATED)


def _rows(table: Table) -> Iterator[dict[str, Any]]:
    """One object a subject; what is unknown is left out."""
    columns = _columns(table)
    for row in table.rows():
        yield {name: column[row] for name, column in columns.items() if column[row] is not None}


def _columns(table: Table) -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = {"name": list(table.subjects)}
    if table.codes is not None:
        columns["code"] = list(table.codes)
    columns |= {name: [_plain(value) for value in column] for name, column in table.columns.items()}
    return columns | {f"judged.{id_}": list(column) for id_, column in table.judgements.items()}


def _plain(value: Value | None) -> Any:
    """Figures as whole numbers in the catalogue's unit, lists as files write them."""
    if isinstance(value, frozenset):
        return "; ".join(sorted(value)) or "none"
    return value


def _parquet(table: Table) -> bytes:
    try:
        import pyarrow as pa  # noqa: PLC0415 -- slow import
        from pyarrow import parquet  # noqa: PLC0415 -- slow import
    except ImportError:
        raise Refused(
            _(
                "Writing Parquet needs the extra “data”: pip install zhongchuang[data]. Or write .xlsx or .csv."
            )
        ) from None
    out = io.BytesIO()
    parquet.write_table(pa.table(_columns(table)), out)
    return out.getvalue()
