"""Old and new of a change, field by field, in words."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhongchuang.spaces.actions.versions import unpacked
from zhongchuang.spaces.models import TABLES, Change
from zhongchuang.spaces.rules import fields_of, major_of
from zhongchuang.spaces.words import HIDDEN, differs, shown


@dataclass(frozen=True)
class Difference:
    """A field with its old and its new value in words, and the article that makes it major."""

    name: str
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
    fields = major_of(change.space).get(change.table, {})
    found = [
        Difference(
            one.name,
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
    fields = major_of(change.space).get(change.table, {})
    labels = f"{', '.join(row['label'] for row in change.rows)} ({len(change.rows)})"
    found = [
        Difference(
            "label",
            _("Labels (number)"),
            labels if ended else "",
            "" if ended else labels,
            next(iter(fields.values()), ""),
        )
    ]
    new = model(**unpacked(model, change.values))
    return found + [
        Difference(one.name, one.verbose_name, "", shown(new, one.name), fields.get(one.name, ""))
        for one in model.entered()
        if one.name in change.values and one.name not in HIDDEN
    ]


def touches(change, names):
    """Which of the things that rules name a change alters; what comes or ends as a whole alters all that its table tells."""
    whole = change.verb in {Change.Verb.ADD, Change.Verb.END}
    altered = {one.name for one in differences_of(change)}
    return [
        name
        for name in names
        if any(table == change.table and (whole or field in altered) for table, field in fields_of(name))
    ]  # fmt: skip
