"""Sheets of paper as PDF, from templates of ours; what people wrote reaches a template as data alone."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

CHINESE = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
    "WenQuanYi Micro Hei",
)
"""Fonts with Chinese, the first that is installed is used."""

LATIN = "Libertinus Serif"
"""What the typesetter brings along: where no other font is installed."""


@cache
def families() -> frozenset[str]:
    """The fonts that this machine has."""
    import typst  # noqa: PLC0415 -- slow import

    return frozenset(typst.Fonts().families())


def chinese_fonts() -> tuple[str, ...]:
    """Those of the wanted fonts that this machine has."""
    return tuple(one for one in CHINESE if one in families())


def fonts() -> list[str]:
    """What a sheet is set in."""
    return [*chinese_fonts()] or [LATIN]


def typeset(template: Path, content: Mapping[str, Any]) -> bytes:
    """The PDF of a template; it finds the content as JSON under `sys.inputs.data`, and files beside it alone."""
    import typst  # noqa: PLC0415 -- slow import

    data = {"data": json.dumps(content, ensure_ascii=False)}
    return typst.compile(str(template), root=str(template.parent), format="pdf", sys_inputs=data)
