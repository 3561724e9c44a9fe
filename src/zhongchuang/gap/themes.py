"""The themes of judged conditions, from themes.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from zhongchuang.policy.facts import Text

OTHER = "other"


@dataclass(frozen=True)
class Theme:
    """A row that judged conditions of many packs share."""

    key: str
    group: str
    title: Text


@cache
def theme_of(condition_id: str) -> Theme:
    """The theme of a judged condition."""
    return _by_id().get(condition_id) or _by_id()[""]


@cache
def _by_id() -> dict[str, Theme]:
    table = tomllib.loads((Path(__file__).parent / "themes.toml").read_text(encoding="utf-8"))
    themes = {key: Theme(key, row["group"], Text(**row["title"])) for key, row in table.items()}
    return {id_: themes[key] for key, row in table.items() for id_ in row["ids"]} | {
        "": themes[OTHER]
    }
