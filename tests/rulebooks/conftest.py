"""A pack of Zhejiang that asks for more than the one that comes with the product."""

import pytest

from tests.procedures.conftest import begun  # noqa: F401 -- a fixture
from zhongchuang.policy.loading import PACKS
from zhongchuang.rulebooks import actions

FOLDER = PACKS / "zhejiang-2016"


def pack(version="2", **changes):
    """The two files as a department hands them in: the product's own, of another version."""
    text = (FOLDER / "pack.toml").read_text(encoding="utf-8")
    text = text.replace('version = "1"', f'version = "{version}"', 1)
    for old, new in changes.items():
        text = text.replace(old, new)
    return {"pack.toml": text, "cases.toml": (FOLDER / "cases.toml").read_text(encoding="utf-8")}


@pytest.fixture
def kept(cast):
    def one(texts=None, by="zhe.clerk"):
        return actions.keep(texts or pack(), by=cast[by])

    return one
