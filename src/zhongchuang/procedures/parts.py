"""The places of an application: each figure, entry and material, under a name that a return points at."""

from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from zhongchuang.gap import words
from zhongchuang.policy.facts import space_catalogue

WHOLE = "whole"
"""The place of what concerns the whole application."""
SHORT = 80
"""So many characters of a wording tell which one it is."""


def places(case):
    """All places of a case, in the order of its form."""
    return [place for group in groups(case) for place in group.places]


@dataclass(frozen=True)
class Group:
    """Places that stand together on the form: those of a section, the materials, the application as a whole."""

    title: str
    places: tuple


def groups(case):
    """The places of a case by where they stand on its form."""
    for section in case.course.sections:
        facts = [f"fact:{name}" for name in section.facts]
        entries = [f"entry:{entry.id}" for entry in section.entries]
        yield Group(words.say(section.title), (*facts, *entries))
    if case.course.materials:
        yield Group(_("Materials"), tuple(f"material:{one.id}" for one in case.course.materials))
    yield Group("", (WHOLE,))


def handed_in_at(case, place, facts):
    """What stands at a place as it was handed in, in short words; empty where nothing does."""
    kind, _colon, name = place.partition(":")
    handed = case.handed_in
    if kind == "fact":
        value = facts.values.get(name)
        column = space_catalogue().columns[name]
        return _("unknown") if value is None else words.value(column, value)
    if handed is None or kind not in {"entry", "material"}:
        return ""
    if kind == "entry":
        return Truncator(handed.entries.get(name, "")).chars(SHORT)
    return "；".join(file["name"] for file in handed.materials.get(name, []))


def place_name(case, place):
    """What a place is called on pages; a place that the procedure does not have is shown as it is."""
    kind, _colon, name = place.partition(":")
    if kind == "fact" and (column := space_catalogue().find(name)):
        return words.label(column)
    named = {
        "entry": {one.id: one.text for one in case.course.entries()},
        "material": {one.id: one.text for one in case.course.materials},
    }.get(kind, {})
    if place == WHOLE:
        return _("The whole application")
    return words.say(named[name]) if name in named else place
