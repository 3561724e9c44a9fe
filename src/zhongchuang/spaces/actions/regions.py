"""Spaces, what is asked of them, and clusters go with a region that was renamed or moved."""

from django.db import transaction
from django.db.models import Q

from zhongchuang.audit.actions import log
from zhongchuang.spaces.actions.versions import Operation, Verb, carry_out
from zhongchuang.spaces.models import Change, Cluster, Particulars


@transaction.atomic
def follow_regions(heirs, *, on):
    """A new version of the particulars from the day on; changes that wait ask for the new region from now on."""
    lasting = Particulars.objects.filter(Q(valid_until=None) | Q(valid_until__gt=on))
    for row in lasting.filter(region__in=heirs).select_related("space__operator", "region"):
        follow(row, heirs[row.region_id], on=on)
    for change in Change.objects.waiting().filter(table="particulars"):
        if new := heirs.get(change.values.get("region")):
            change.values["region"] = new.pk
            change.save(update_fields=["values"])
    for cluster in Cluster.objects.filter(region__in=heirs).select_related("region"):
        old, new = cluster.region, heirs[cluster.region_id]
        Cluster.objects.filter(pk=cluster.pk).update(region=new)
        log(cluster, "region_followed", by=None, old={"region": old}, new={"region": new})


def follow(row, new, *, on):
    """What began before the day gets a new version; what begins on it or later is corrected."""
    verb = Verb.REVISE if row.valid_from < on else Verb.CORRECT
    operation = Operation("particulars", verb, max(on, row.valid_from), {"region": new}, row.series)
    carry_out(row.space, operation, user=None)
    log(row.space, "region_followed", by=None, old={"region": row.region}, new={"region": new})
