"""What a space shares, a week of it, booking and cancelling, the hours by month."""

from datetime import timedelta
from functools import partial

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhongchuang.bookings import actions
from zhongchuang.bookings.access import may_book, may_cancel
from zhongchuang.bookings.forms import BookForm, CancelForm, soon
from zhongchuang.bookings.models import A_DAY, Booking, Resource
from zhongchuang.bookings.weeks import usage, week_of
from zhongchuang.ledgers.access import may_write
from zhongchuang.organisations.access import acting
from zhongchuang.organisations.views import posted
from zhongchuang.records.views.requests import send
from zhongchuang.residents.access import own_stays
from zhongchuang.spaces.models import Space

MONTHS, SHOWN = 12, 20


def sharing_space(request, code):
    """A space that one sees, or at which one's own resident stays."""
    me = acting(request)
    own = Space.objects.filter(pk__in=own_stays(me, timezone.localdate()).values("space"))
    seen = Space.objects.visible_to(me) | own
    return get_object_or_404(seen.select_related("operator"), code=code)


def sees(me, space):
    """Whether the reader sees the space itself, and with it every booking."""
    return Space.objects.visible_to(me).filter(pk=space.pk).exists()


@login_required
@require_safe
def resources(request, code):
    """What the space shares now, and what is booked next as far as the reader sees it."""
    space, me, today = sharing_space(request, code), acting(request), timezone.localdate()
    shared = Resource.objects.standing().filter(space=space)
    coming = Booking.objects.visible_to(me).standing().filter(space=space, end__gt=timezone.now())
    page = {
        "space": space,
        "sees": sees(me, space),
        "resources": shared.filter(Q(until=None) | Q(until__gt=today)).order_by("kind", "name"),
        "coming": coming.select_related("resource", "resident").order_by("start", "pk")[:SHOWN],
        "may_write": may_write(me, space) is None,
    }
    return render(request, "bookings/resources.html", page)


def visible_resource(request, key):
    found = Resource.objects.visible_to(acting(request)).select_related("space__operator")
    return get_object_or_404(found, key=key)


def asked_day(request, name="day"):
    """The day in the address; one that cannot be read is today."""
    try:
        found = parse_date(request.GET.get(name, ""))
    except ValueError:
        found = None
    today = timezone.localdate()
    near = found and abs(found - today) < timedelta(days=3660)
    return found if near else today


@login_required
@require_safe
def week(request, key):
    """A week as a table; on a phone one day of it."""
    resource, me, day = visible_resource(request, key), acting(request), asked_day(request)
    whole = sees(me, resource.space)
    own = None if whole else set(Booking.objects.visible_to(me).filter(resource=resource).values_list("pk", flat=True))  # fmt: skip
    page = {
        "resource": resource,
        "space": resource.space,
        "sees": whole,
        "day": day,
        "today": timezone.localdate(),
        "week": week_of(resource, day, own),
        "may_book": may_book(me, resource) is None,
        "may_write": may_write(me, resource.space) is None,
    }
    return render(request, "bookings/week.html", page)


def begun(request):
    """What the form begins with: the half hour that was chosen in the calendar, or the next one."""
    day, slot = soon(timezone.now())
    chosen = request.GET.get("slot", "")
    if chosen.isdecimal() and int(chosen) < A_DAY:
        day, slot = asked_day(request), int(chosen)
    return {"day": day, "begins": slot, "ends": (slot + 2 - 1) % A_DAY + 1}


@login_required
def book(request, key):
    """Book half hours, once or week by week."""
    resource, me = visible_resource(request, key), acting(request)
    form = BookForm(posted(request), by=me, resource=resource, initial=begun(request))
    page = {"template": "bookings/book.html", "resource": resource, "space": resource.space, "sees": sees(me, resource.space)}  # fmt: skip
    return send(
        request, form, partial(actions.book, resource, by=me), purpose="bookings.book", key=key, title=resource.name,
        done=_("Booked."), page=page, refusal=may_book(me, resource),
    )  # fmt: skip


def visible_booking(request, key):
    found = Booking.objects.visible_to(acting(request))
    found = found.select_related("resource", "space__operator", "resident", "recorded_by")
    return get_object_or_404(found, key=key)


@login_required
@require_safe
def booking(request, key):
    """One booking, with what may be done."""
    shown, me = visible_booking(request, key), acting(request)
    series = Booking.objects.standing().filter(series=shown.series) if shown.series else []
    page = {
        "booking": shown,
        "space": shown.space,
        "sees": sees(me, shown.space),
        "series": len(series),
        "may_cancel": may_cancel(me, shown) is None,
    }
    return render(request, "bookings/booking.html", page)


@login_required
def cancel(request, key):
    shown, me = visible_booking(request, key), acting(request)
    form = CancelForm(posted(request), booking=shown, initial={"version": shown.version})
    page = {"template": "bookings/cancel.html", "booking": shown, "space": shown.space, "sees": sees(me, shown.space)}  # fmt: skip
    return send(
        request, form, partial(actions.cancel, shown, by=me), purpose="bookings.cancel", key=key, title=str(shown),
        done=_("The booking is cancelled; others may have the time now."), page=page, to=shown,
        refusal=may_cancel(me, shown),
    )  # fmt: skip


@login_required
@require_safe
def hours(request, code):
    """Hours by month and resource, of the last twelve months."""
    space = get_object_or_404(Space.objects.visible_to(acting(request)), code=code)
    months = last_months(timezone.localdate())
    shared = list(Resource.objects.standing().filter(space=space).order_by("kind", "name"))
    page = {"space": space, "months": months, "rows": usage(shared, months)}
    return render(request, "bookings/usage.html", page)


def last_months(today):
    """The first days of this month and of those before it, the oldest first."""
    count = today.year * 12 + today.month - 1
    return [today.replace(year=n // 12, month=n % 12 + 1, day=1) for n in range(count - MONTHS + 1, count + 1)]  # fmt: skip
