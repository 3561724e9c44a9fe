"""The register of organisations: brought in from above, changed, closed, opened again; powers delegated."""

from contextlib import contextmanager
from http import HTTPStatus

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.audit.actions import log
from zhongchuang.organisations.access.register import (
    may_change,
    may_close,
    may_delegate,
    may_establish,
    may_place,
    may_reopen,
)
from zhongchuang.organisations.actions.registration import code_is_free, establish
from zhongchuang.organisations.models import Delegation, Organisation
from zhongchuang.page.listed import ask
from zhongchuang.page.pinyin import words_of
from zhongchuang.page.refusal import Refusal, Refused, require

State, Kind = Organisation.State, Organisation.Kind
CHANGED = Refusal(
    "stale",
    _("Someone else changed this organisation after you opened the page. Open it again and compare."),
    status=HTTPStatus.CONFLICT,
)  # fmt: skip
DELEGATION_OVER = Refusal(
    "over", _("This delegation has ended already."), status=HTTPStatus.CONFLICT
)
NAME_USED = Refusal(
    "name_used", _("An organisation of this kind and name stands in this region already.")
)
PARTICULARS = ("name", "level", "region", "credit_code", "competent")


# --- entering -------------------------------------------------------------------------------------


def name_is_free(name, kind, region, *, but=None):
    same = Organisation.objects.confirmed().filter(name=name, kind=kind, region=region)
    return NAME_USED if kind != Kind.OPERATOR and same.exclude(pk=but).exists() else None


def competence_is_free(region, *, but=None):
    """A region has one department that decides on spaces."""
    other = Organisation.objects.confirmed().filter(competent=True, region=region).exclude(pk=but)
    for holder in other:
        return Refusal(
            "competent_already",
            _("%(name)s decides on spaces in %(region)s. Take that from it first, or leave it with it."),
            {"name": holder, "region": region},
        )  # fmt: skip
    return None


def is_free(given, kind, *, but=None):
    """Whether no other organisation stands in the way of these particulars."""
    refusal = name_is_free(given["name"], kind, given["region"], but=but)
    if refusal is None and given["credit_code"]:
        refusal = code_is_free(given["credit_code"], but=but)
    if refusal is None and given["competent"]:
        refusal = competence_is_free(given["region"], but=but)
    return refusal


@contextmanager
def unless_taken(given, kind, *, but=None):
    """Refuses what another organisation has, also where that one came a moment ago and the database says so."""
    require(is_free(given, kind, but=but))
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise Refused(is_free(given, kind, but=but) or NAME_USED) from error


@transaction.atomic
def bring_in(*, name, kind, region, level="", credit_code="", competent=False, by):
    """An organisation below the own department, confirmed by being entered; it gets its people by invitation."""
    require(may_establish(by, kind, region))
    given = {"name": name, "region": region, "credit_code": credit_code, "competent": competent}
    with unless_taken(given, kind):
        return establish(
            name=name, kind=kind, region=region, level=level, code=credit_code,
            competent=competent, by=by.who,
        )  # fmt: skip


# --- changing -------------------------------------------------------------------------------------


def particulars_of(organisation):
    return {name: getattr(organisation, name) for name in PARTICULARS}


@transaction.atomic
def change_particulars(organisation, *, seen, by, **given):
    """Write new particulars over those that the person saw; the old ones stay in the audit chain (R-08)."""
    held = Organisation.objects.select_for_update().select_related("region").get(pk=organisation.pk)
    require(may_change(by, held))
    require(may_place(by, held.kind, given["region"]))
    require(None if seen == mark_of(held) else CHANGED)
    old = particulars_of(held)
    new = {name: value for name, value in given.items() if value != old[name]}
    with unless_taken(given, held.kind, but=held.pk):
        words = words_of(given["name"], given["region"].full_name)
        Organisation.objects.filter(pk=held.pk).update(**new, words=words)
    if new:
        log(held, "organisation_changed", by=by.who, old={name: old[name] for name in new}, new=new)
    return Organisation.objects.get(pk=held.pk)


def mark_of(organisation):
    """The particulars as one text: a form carries it, so that it is known what its reader saw."""
    return "|".join(
        str(getattr(value, "pk", value)) for value in particulars_of(organisation).values()
    )


# --- closing --------------------------------------------------------------------------------------


def open_work(organisation):
    """The refusal that names what an organisation must still bring to an end, asked of all apps."""
    found = ask("unfinished", organisation)
    if not found:
        return None
    return Refusal(
        "unfinished",
        _("This organisation still has open work: %(work)s"),
        {"work": " ".join(str(one) for one in found)},
        status=HTTPStatus.CONFLICT,
    )


@transaction.atomic
def close_organisation(organisation, *, reason, by):
    """Close an organisation: its posts, invitations and delegations end; nothing is deleted."""
    held = Organisation.objects.select_for_update().select_related("region").get(pk=organisation.pk)
    require(may_close(by, held))
    require(open_work(held))
    now, today = timezone.now(), timezone.localdate()
    Organisation.objects.filter(pk=held.pk).update(state=State.CLOSED, reason=reason, decided=now)
    posts = held.posts.at(now).update(until=now)
    offers = held.invitations.open().update(withdrawn=now)
    powers = sum(
        held_or_given.running(today).update(ended_on=today)
        for held_or_given in (held.delegations.all(), held.powers_held.all())
    )
    ended = {"posts": posts, "invitations": offers, "delegations": powers}
    log(held, "organisation_closed", by=by.who, given={"reason": reason}, new=ended)
    return held


@transaction.atomic
def reopen(organisation, *, by):
    """Open a closed organisation again; its people are invited anew."""
    held = Organisation.objects.select_for_update().select_related("region").get(pk=organisation.pk)
    require(may_reopen(by, held))
    now = timezone.now()
    with unless_taken(particulars_of(held), held.kind, but=held.pk):
        Organisation.objects.filter(pk=held.pk).update(
            state=State.CONFIRMED, reason="", decided=now
        )
    log(held, "organisation_reopened", by=by.who, old=State.CLOSED, new=State.CONFIRMED)
    return held


# --- delegating -----------------------------------------------------------------------------------


@transaction.atomic
def delegate(department, alliance, *, powers, since, until=None, by):
    """Let an alliance do for a department what `powers` names, until a day (ZJ-10, SH-2).

    `until` is the first day on which it no longer holds.
    """
    Organisation.objects.select_for_update().get(pk=department.pk)
    require(may_delegate(by, department))
    require(fits(department, alliance, powers, since, until))
    delegation = Delegation.objects.create(
        department=department, alliance=alliance, powers=sorted(powers), since=since, until=until
    )
    given = {"powers": sorted(powers), "since": since, "until": until}
    log(delegation, "powers_delegated", by=by.who, given=given)
    return delegation


def fits(department, alliance, powers, since, until):
    """Whether the alliance is near enough, and holds none of the powers already in that time."""
    if not Organisation.objects.alliances_for(department).filter(pk=alliance.pk).exists():
        return Refusal(
            "no_alliance_here",
            _("%(name)s is no alliance of this region, above it or below it."),
            {"name": alliance},
        )
    earlier = Delegation.objects.running(since).filter(department=department, alliance=alliance)
    if until:
        earlier = earlier.filter(since__lt=until)
    twice = {power for one in earlier for power in one.powers} & set(powers)
    if twice:
        names = ", ".join(str(Delegation.Power(power).label) for power in sorted(twice))
        return Refusal(
            "delegated_already",
            _("%(name)s holds this power in that time already: %(powers)s."),
            {"name": alliance, "powers": names},
        )
    return None


@transaction.atomic
def end_delegation(delegation, *, by):
    """End a delegation today; what the alliance did until then stays done."""
    require(may_delegate(by, delegation.department))
    today = timezone.localdate()
    ended = Delegation.objects.running(today).filter(pk=delegation.pk).update(ended_on=today)
    if not ended:
        raise Refused(DELEGATION_OVER)
    log(delegation, "delegation_ended", by=by.who, new={"ended_on": today})
    return delegation
