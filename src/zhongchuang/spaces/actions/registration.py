"""A space comes into the register: drafted, submitted, examined, confirmed or returned, closed in the end."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from zhongchuang.audit.actions import log
from zhongchuang.organisations.models import Organisation, User
from zhongchuang.page.refusal import Refusal, Refused, require
from zhongchuang.records.actions import change
from zhongchuang.records.actions import write as write_letters
from zhongchuang.records.actions.requests import Stale, last_change
from zhongchuang.spaces.access import (
    may_close,
    may_decide,
    may_register,
    may_submit,
    may_take_back,
)
from zhongchuang.spaces.actions.listing import refresh
from zhongchuang.spaces.models import Change, Particulars, Space

State = Space.State
TOLD = {
    State.CONFIRMED: (
        _("%(space)s is registered"),
        _("%(department)s confirmed it. Major changes are from now on confirmed as well."),
    ),
    State.RETURNED: (
        _("%(space)s was returned for correction"),
        _("%(department)s asks you to correct: %(reason)s"),
    ),
}


NAME_TAKEN = Refusal(
    "name_taken",
    _("Your organisation has entered a space of this name in this region already: look for it in the register. If this is another one, give it a name of its own."),
    status=409, field="name",
)  # fmt: skip


def name_taken(operator, *, name, region):
    """Whether the operator runs a space of this name there already; asked under a lock, so that two tabs make one."""
    Organisation.objects.select_for_update(of=["self"]).get(pk=operator.pk)
    running = Space.objects.run_by(operator).exclude(state=State.CLOSED)
    return NAME_TAKEN if running.filter(name=name, region=region).exists() else None


@transaction.atomic
def register(*, by, kind, opened, **particulars):
    """A new space in preparation, run by the organisation that acts; only its operator sees it until it is submitted."""
    require(may_register(by))
    region = particulars["region"]
    space = Space.objects.create(
        kind=kind, opened=opened, name=particulars["name"], operator=by.organisation, region=region,
        path=region.path,
    )  # fmt: skip
    Particulars.objects.create(
        space=space, valid_from=opened, recorded_by=by.user, operator=by.organisation, **particulars
    )
    refresh(space)
    log(
        space,
        "space_registered",
        by=by.who,
        new={"code": space.code, "kind": kind, "opened": opened},
    )
    return space


@transaction.atomic
def begin(*, by, **given):
    """A new space as a person enters it: not a second one of the same name, as two open tabs would make it."""
    require(may_register(by))
    require(name_taken(by.organisation, name=given["name"], region=given["region"]))
    return register(by=by, **given)


@transaction.atomic
def set_basics(space, *, by, version, **given):
    """Put kind and day of opening right, as long as nobody has examined the space."""
    require(may_submit(by, space))
    old = {name: getattr(space, name) for name in given}
    change(space, version=version, **given)
    log(space, "space_basics_changed", by=by.who, old=old, new=given)
    return space


def missing(space):
    """What an examiner needs and the space lacks: sections by name, each with a sentence. The pages show them too."""
    found = {}
    if not space.premises_rows.filter(valid_until=None).exists():
        found["premises"] = _("At least one site with its area is needed.")
    return found


def move(space, verb, *, by, source, given=None, **values):
    """Take a space from one of the states `source` to another; of two at once the first wins."""
    rows = Space.objects.filter(pk=space.pk)
    if not rows.filter(state__in=source).update(version=F("version") + 1, **values):
        raise Stale(last_change(space, space.version, rows.get().version))
    old = {"state": space.state}
    space.refresh_from_db()
    log(space, verb, by=by.who, old=old, new={"state": space.state}, given=given)
    return space


@transaction.atomic
def submit(space, *, by):
    """Send a space to the department of its region, complete as far as the register asks."""
    require(may_submit(by, space))
    for sentence in missing(space).values():
        raise Refused(Refusal("incomplete", sentence, status=409))
    return move(
        space, "space_submitted", by=by, source=[State.DRAFT, State.RETURNED],
        state=State.SUBMITTED, submitted=timezone.now(), reason="",
    )  # fmt: skip


@transaction.atomic
def take_back(space, *, by):
    """Take a submitted space back to go on writing."""
    require(may_take_back(by, space))
    return move(space, "space_taken_back", by=by, source=[State.SUBMITTED], state=State.DRAFT)


@transaction.atomic
def confirm(space, *, by):
    """The department of its region enters a space into the register."""
    require(may_decide(by, space))
    tell(space, State.CONFIRMED, by=by)
    return move(
        space, "space_confirmed", by=by, source=[State.SUBMITTED],
        state=State.CONFIRMED, decided=timezone.now(),
    )  # fmt: skip


@transaction.atomic
def return_(space, *, by, reason):
    """The department returns a space with everything that is to be corrected."""
    require(may_decide(by, space))
    tell(space, State.RETURNED, by=by, reason=reason)
    return move(
        space, "space_returned", by=by, source=[State.SUBMITTED], given={"reason": reason},
        state=State.RETURNED, decided=timezone.now(), reason=reason,
    )  # fmt: skip


def not_that_day(space, on):
    """Why a space cannot have closed on a day: it had not opened, or the day is still to come."""
    if space.opened < on <= timezone.localdate():
        return None
    return Refusal(
        "not_that_day",
        _("A space closes after the day of its opening (%(opened)s) and by today at the latest: what is entered of it ends at once. Correct the day."),
        {"opened": date_format(space.opened)}, status=409, field="on",
    )  # fmt: skip


@transaction.atomic
def close(space, *, by, on, reason):
    """The operator ends a space; its rows stay, and changes that wait are withdrawn with it."""
    require(may_close(by, space))
    require(not_that_day(space, on))
    Change.objects.waiting().filter(space=space).update(
        state=Change.State.WITHDRAWN, decided=timezone.now(), decided_by=by.user
    )
    return move(
        space, "space_closed", by=by, source=[State.CONFIRMED], given={"on": on, "reason": reason},
        state=State.CLOSED, closed_on=on, reason=reason,
    )  # fmt: skip


def people_of(space):
    """Those who work for the operator now."""
    posts = space.operator.posts.current()
    return list(User.objects.filter(pk__in=posts.values("user")))


def tell(space, state, *, by, reason=""):
    """A letter to those who work for the operator, with the answer."""
    title, text = TOLD[state]
    given = {"space": space.name, "department": by.organisation.name, "reason": reason}
    key = f"space-{space.pk}-{state}-{space.submitted:%Y%m%d%H%M%S%f}"
    write_letters(
        people_of(space), key=key, title=title, text=text, url=space.get_absolute_url(), given=given
    )
