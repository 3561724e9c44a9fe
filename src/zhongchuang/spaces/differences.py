"""Old and new of a change, field by field, in words."""

from dataclasses import dataclass

from django.utils.functional import Promise

from zhongchuang.spaces.actions.versions import unpacked
from zhongchuang.spaces.models import TABLES, Change
from zhongchuang.spaces.rules import major
from zhongchuang.spaces.words import HIDDEN, shown


@dataclass(frozen=True)
class Difference:
    """A field with its old and its new value in words, and the article that makes it major."""

    label: str | Promise
    old: str
    new: str
    cite: str


def differences_of(change):
    """What the change would alter; of an ended thing everything goes, of a new one everything comes."""
    model = TABLES[change.table]
    old = model(**unpacked(model, change.old)) if change.old else None
    new = None
    if change.verb != Change.Verb.END:
        new = model(**unpacked(model, change.old | change.values))
    fields = major().get(change.table, {})
    found = [
        Difference(
            one.verbose_name,
            shown(old, one.name) if old else "",
            shown(new, one.name) if new else "",
            fields.get(one.name, ""),
        )
        for one in model.entered()
        if one.name not in HIDDEN
    ]
    return [one for one in found if one.old != one.new]
