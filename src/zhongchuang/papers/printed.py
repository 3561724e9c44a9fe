"""The PDF of a document. The template is ours; what officers wrote reaches it as data alone."""

from dataclasses import asdict
from pathlib import Path

from zhongchuang.page.typesetting import typeset
from zhongchuang.papers.layout import families, layout

TEMPLATE = Path(__file__).parent / "paper.typ"


def pdf(sheet):
    """The document on A4."""
    fonts = {name: names for name, (names, _real) in families().items()}
    data = asdict(sheet) | {"fonts": fonts} | {name: layout()[name] for name in ("page", "size", "place", "imprint", "colour")}  # fmt: skip
    return typeset(TEMPLATE, data)
