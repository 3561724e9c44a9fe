"""What runs by time in the register; each may run twice."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.records.actions import write
from zhongchuang.spaces.actions.listing import refresh_all
from zhongchuang.spaces.actions.registration import people_of
from zhongchuang.spaces.models import Lease, Space
from zhongchuang.spaces.rules import lease_reminders


def refresh_lines(on=None):
    """Bring the lines of the register in step with what begins or ends today."""
    return refresh_all(on=on or timezone.localdate())


def remind_of_leases(on=None):
    """A letter to the operator for each reminder that is due; a missed day is caught up by the next one."""
    on = on or timezone.localdate()
    sent = 0
    for days in lease_reminders():
        for lease in ending(on, days):
            sent += remind(lease, days)
    return sent


def ending(on, days):
    """Leases of running spaces that end within so many days, and not within the next reminder's."""
    nearer = max((one for one in lease_reminders() if one < days), default=-1)
    return Lease.objects.on(on).filter(
        space__state=Space.State.CONFIRMED,
        begins__lte=on,
        ends__lte=on + timedelta(days=days),
        ends__gt=on + timedelta(days=nearer),
    ).select_related("space__operator")  # fmt: skip


def remind(lease, days):
    left = (lease.ends - timezone.localdate()).days
    write(
        people_of(lease.space),
        key=f"lease-{lease.series}-{lease.ends}-{days}",
        title=_("A lease of %(space)s ends soon"),
        text=_("The contract with %(landlord)s ends on %(day)s, in %(left)s days. Record its renewal, or what takes its place."),
        url=f"{lease.space.get_absolute_url()}#leases",
        given={"space": lease.space.name, "landlord": lease.landlord, "day": lease.ends.isoformat(), "left": left},
    )  # fmt: skip
    return 1
