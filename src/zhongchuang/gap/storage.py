"""What the reader found in a file, as compact JSON in the database, and back; amounts stay exact."""

import json
from typing import Any

from zhongchuang.policy.facts import space_catalogue
from zhongchuang.policy.table import Table
from zhongchuang.tables.passing import reading_from_json, reading_to_json
from zhongchuang.tables.reading import Reading


def kept(reading: Reading) -> tuple[str, list[Any]]:
    """The figures in one line of text, and the warnings, which are kept beside them."""
    parts = reading_to_json(reading)
    warnings, parts["warnings"] = parts["warnings"], []
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":")), warnings


def read_table(text: str) -> Table:
    """The table of what `kept` wrote."""
    return reading_from_json(json.loads(text), space_catalogue()).table
