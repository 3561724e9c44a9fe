"""Photographs of a space: shown with their captions, put in order, taken down."""

from django.db import transaction
from django.db.models import Max

from zhongchuang.audit.actions import log
from zhongchuang.page.refusal import require
from zhongchuang.spaces.access import may_edit
from zhongchuang.spaces.actions.versions import Operation, Verb, write
from zhongchuang.spaces.models import Photograph, Space


@transaction.atomic
def show_photographs(space, pictures, *, by, on):
    """Show pictures, each a file with its caption, after those that are shown."""
    require(may_edit(by, space))
    Space.objects.select_for_update().get(pk=space.pk)
    last = Photograph.objects.filter(space=space).aggregate(last=Max("position"))["last"] or 0
    shown = []
    for place, (evidence, caption) in enumerate(pictures, last + 1):
        values = {"evidence": evidence, "caption": caption, "position": place}
        shown.append(write(space, Operation("photographs", Verb.ADD, on, values), by=by))
    return shown


def describe(photograph, *, by, on, version, caption):
    """Another caption from a day on."""
    operation = Operation("photographs", Verb.REVISE, on, {"caption": caption}, photograph.series)
    return write(photograph.space, operation, by=by, version=version)


def take_down(photograph, *, by, on, reason=""):
    """Show a picture no more from a day on; the pages of the days before still have it."""
    operation = Operation("photographs", Verb.END, on, series=photograph.series)
    return write(photograph.space, operation, by=by, reason=reason)


@transaction.atomic
def put_in_order(space, series, *, by):
    """The order in which the photographs are shown; those that are not named come after."""
    require(may_edit(by, space))
    Space.objects.select_for_update().get(pk=space.pk)
    rows = list(Photograph.objects.filter(space=space, valid_until=None).order_by("position", "pk"))
    places = {one: place for place, one in enumerate(series)}
    rows.sort(key=lambda row: places.get(row.series, len(places)))
    for place, row in enumerate(rows, 1):
        row.position = place
    Photograph.objects.bulk_update(rows, ["position"])
    log(space, "photographs_ordered", by=by.who, new={"order": [row.caption for row in rows]})
    return rows
