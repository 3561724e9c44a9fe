"""What waits in the register: spaces and changes to decide on, spaces to correct, leases that end soon."""

from datetime import timedelta

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from zhongchuang.organisations.models.people import APPLICANTS
from zhongchuang.organisations.todos import ToDo
from zhongchuang.spaces.access import DECIDING
from zhongchuang.spaces.deciding import ways_of
from zhongchuang.spaces.models import Change, Lease, Space
from zhongchuang.spaces.rules import lease_reminders


def todos(acting):
    """Of the post: what a department decides on, what an operator corrects or renews."""
    if acting.organisation is None:
        return []
    if acting.role in DECIDING and acting.organisation.is_department:
        return [*spaces_to_decide(acting), *changes_to_decide(acting)]
    if acting.role in APPLICANTS:
        return [*spaces_to_correct(acting), *changes_to_apply_for(acting), *leases_that_end(acting)]
    return []


def spaces_to_decide(acting):
    waiting = Space.objects.decided_by(acting.organisation).filter(state=Space.State.SUBMITTED)
    return [
        ToDo(
            title=_("Examine a space: %(name)s") % {"name": space.name},
            about=f"{space.region.full_name}, {space.operator.name}",
            url=space.get_absolute_url(),
            button=_("Examine"),
        )
        for space in waiting.select_related("region", "operator").order_by("submitted")
    ]


def changes_to_decide(acting):
    spaces = Space.objects.decided_by(acting.organisation)
    waiting = Change.objects.waiting().filter(space__in=spaces).select_related("space__operator", "space__region")  # fmt: skip
    found = list(waiting.order_by("proposed"))
    elsewhere = ways_of(found)
    return [
        ToDo(
            title=_("Decide on a change: %(name)s") % {"name": change.space.name},
            about=f"{change.get_verb_display()}{_(': ')}{change.title}",
            url=change.get_absolute_url(),
            button=_("Examine"),
        )
        for change in found
        if change.pk not in elsewhere
    ]


def spaces_to_correct(acting):
    own = Space.objects.run_by(acting.organisation)
    returned = own.filter(state=Space.State.RETURNED)
    drafts = own.filter(state=Space.State.DRAFT)
    return [
        ToDo(
            title=_("Correct and submit again: %(name)s") % {"name": space.name},
            about=space.reason,
            url=space.get_absolute_url(),
            button=_("Correct"),
        )
        for space in returned
    ] + [
        ToDo(
            title=_("Complete and submit: %(name)s") % {"name": space.name},
            about=_("In preparation; only your organisation sees it."),
            url=space.get_absolute_url(),
            button=_("Go on"),
        )
        for space in drafts
    ]


def changes_to_apply_for(acting):
    """Changes that wait until their operator begins the case that decides on them."""
    own = Change.objects.waiting().filter(space__operator=acting.organisation, in_case=False)
    found = list(own.select_related("space__region").order_by("proposed"))
    known = ways_of(found)
    return [
        ToDo(
            title=_("Apply for a change: %(name)s") % {"name": change.space.name},
            about=f"{known[change.pk].title}{_(': ')}{change.title}",
            url=change.get_absolute_url(),
            button=_("Apply"),
        )
        for change in found
        if change.pk in known
    ]


def leases_that_end(acting):
    """Leases in force that end within the first reminder's days."""
    today = timezone.localdate()
    soon = today + timedelta(days=lease_reminders()[0])
    leases = Lease.objects.on(today).filter(
        space__operator=acting.organisation, space__state=Space.State.CONFIRMED,
        begins__lte=today, ends__gte=today, ends__lte=soon,
    )  # fmt: skip
    renewed = set(
        Lease.objects.filter(space__operator=acting.organisation, ends__gt=soon).values_list(
            "site", flat=True
        )
    )
    return [
        ToDo(
            title=_("Renew a lease: %(name)s") % {"name": lease.space.name},
            about=_("The contract with %(landlord)s ends on %(day)s.")
            % {"landlord": lease.landlord, "day": formats.date_format(lease.ends)},
            url=f"{lease.space.get_absolute_url()}#leases",
            button=_("Record the renewal"),
            due=lease.ends,
        )
        for lease in leases.select_related("space")
        if lease.site not in renewed
    ]
