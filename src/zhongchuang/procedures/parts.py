"""The places of an application: each figure, entry and material, under a name that a return points at."""

from django.utils.translation import gettext as _

from zhongchuang.gap import words
from zhongchuang.policy.facts import space_catalogue

WHOLE = "whole"
"""The place of what concerns the whole application."""


def places(case):
    """All places of a case, in the order of its form."""
    found = []
    for section in case.course.sections:
        found += [f"fact:{name}" for name in section.facts]
        found += [f"entry:{entry.id}" for entry in section.entries]
    found += [f"material:{material.id}" for material in case.course.materials]
    return [*found, WHOLE]


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
