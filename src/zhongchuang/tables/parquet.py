"""Parquet files, with pyarrow from the extra `data`."""

import io
from typing import Any

from zhongchuang.policy.errors import _

from .limits import Limits, check_shape, damaged
from .problems import CellRefused
from .sheets import Sheet

MAGIC = b"PAR1"


def read_parquet(data: bytes, limits: Limits) -> Sheet:
    """The one sheet of a Parquet file; its first row holds the names of the columns."""
    if not limits.parquet:
        raise CellRefused(
            "no_parquet",
            _(
                "Parquet files are read on the command line only. Upload .xlsx, .xls, .csv or .json."
            ),
        )
    try:
        from pyarrow import parquet  # type: ignore[import-untyped]  # noqa: PLC0415 -- slow import
    except ImportError as fault:
        raise CellRefused(
            "no_pyarrow",
            _(
                "Reading Parquet needs the extra “data”: pip install zhongchuang[data]. Or save the table as .xlsx or .csv."
            ),
        ) from fault
    try:
        file = parquet.ParquetFile(io.BytesIO(data))
        names, count = list(file.schema_arrow.names), file.metadata.num_rows
        check_shape(count, len(names), limits)
        columns = [column.to_pylist() for column in file.read().columns]
    except (CellRefused, MemoryError):
        raise
    except Exception as fault:  # its reader breaks in many ways on broken files
        raise damaged() from fault
    rows: list[Any] = [names, *zip(*columns, strict=True)]
    return Sheet("", rows, first=0)
