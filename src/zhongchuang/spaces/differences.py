"""Old and new of a change, field by field, in words."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhongchuang.spaces.actions.versions import unpacked
from zhongchuang.spaces.models import TABLES, Change
from zhongchuang.spaces.rules import major
from zhongchuang.spaces.words import HIDDEN, differs, shown


@dataclass(frozen=True)
class Difference:
    """A field with its old and its new value in words, and the article that makes it major."""

    label: str | Promise
    old: str
    new: str
    cite: str


def differences_of(change):
    """What the change would alter; of an ended thing everything goes, of a new one everything comes."""
    if change.rows:
        return of_several(change)
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
        if one.name not in HIDDEN and not (old and new and not differs(old, new, one.name))
    ]
    return [one for one in found if one.old or one.new]


def of_several(change):
    """Of things that come or end together: which they are, and what they share."""
    model, ended = TABLES[change.table], change.verb == Change.Verb.END
    fields = major().get(change.table, {})
    labels = f"{', '.join(row['label'] for row in change.rows)} ({len(change.rows)})"
    found = [
        Difference(
            _("Labels (number)"),
            labels if ended else "",
            "" if ended else labels,
            next(iter(fields.values()), ""),
        )
    ]
    new = model(**unpacked(model, change.values))
    return found + [
        Difference(one.verbose_name, "", shown(new, one.name), fields.get(one.name, ""))
        for one in model.entered()
        if one.name in change.values and one.name not in HIDDEN
    ]
