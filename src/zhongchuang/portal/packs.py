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


def listed(path, on, language):
    document = tomllib.loads(path.read_text(encoding="utf-8"))
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


def rule_packs(*, on, language, folders=(FOLDER,)):
    """Every pack, by its folder name; one of a later folder takes the place of one with the same id."""
    found = {
        path.parent.name: path for folder in folders for path in sorted(folder.glob("*/pack.toml"))
    }
    return [listed(path, on, language) for path in found.values()]
