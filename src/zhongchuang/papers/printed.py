"""The PDF of a document. The template is ours; what officers wrote reaches it as data alone."""

import json
from dataclasses import asdict
from pathlib import Path

from zhongchuang.papers.layout import families, layout

TEMPLATE = Path(__file__).parent / "paper.typ"


def pdf(sheet):
    """The document on A4."""
    import typst  # noqa: PLC0415 -- slow import

    fonts = {name: names for name, (names, _real) in families().items()}
    data = asdict(sheet) | {"fonts": fonts} | {name: layout()[name] for name in ("page", "size", "place", "colour")}  # fmt: skip
    text = json.dumps(data, ensure_ascii=False)
    return typst.compile(str(TEMPLATE), root=str(TEMPLATE.parent), format="pdf", sys_inputs={"data": text})  # fmt: skip
