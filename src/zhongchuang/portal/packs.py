"""The rule packs as the public list shows them: only what stands at the head of each file."""

import tomllib
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "packs"


def standing(pack, on):
    """Whether the document can be relied on that day: by its kind, then by its term."""
    term = pack["in_force"]
    if pack["status"] == "proposal":
        return "proposal"
    if on < term["from"]:
        return "coming"
    if "until" in term and on > term["until"]:
        return "lapsed"
    return pack["status"]


def listed(document, on, language):
    pack = document["pack"]
    return {
        "id": pack["id"],
        "title": pack["title"][language],
        "other_title": pack["title"]["en" if language == "zh" else "zh"],
        "authority": pack.get("authority", ""),
        "since": pack["in_force"]["from"],
        "until": pack["in_force"].get("until"),
        "standing": standing(pack, on),
        "sets": [
            {"id": name, "title": rules["title"][language]}
            for name, rules in document.get("sets", {}).items()
        ],
    }


def rule_packs(*, on, language, folders=(FOLDER,), more=None):
    """Every pack, by its folder name; one of a later folder, or of `more`, takes the place of one with the same id."""
    paths = {
        path.parent.name: path for folder in folders for path in sorted(folder.glob("*/pack.toml"))
    }
    more = more or {}
    found = {id_: tomllib.loads(path.read_text(encoding="utf-8")) for id_, path in paths.items() if id_ not in more}  # fmt: skip
    return [listed(document, on, language) for _id, document in sorted((found | more).items())]
