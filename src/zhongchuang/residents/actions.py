"""Residents: taken in, known again by their credit code, moved along the chain, registered as firms, gone."""

from http import HTTPStatus

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhongchuang.audit.actions import log
from zhongchuang.ledgers.access import may_write
from zhongchuang.page.refusal import Refusal, Refused, require
from zhongchuang.records.actions import change
from zhongchuang.residents.access import may_change, may_know, may_move
from zhongchuang.residents.models import Founder, Occupation, Resident, Stage, Stay
from zhongchuang.sealed.actions import reveal

STAYS = Refusal(
    "stays", _("It stays at this space already. Its stay stands in the ledger of residents."),
    status=HTTPStatus.CONFLICT,
)  # fmt: skip
CODE_USED = Refusal(
    "code_used", _("Another resident has this credit code: it is the same firm. Take that one in."),
    status=HTTPStatus.CONFLICT,
)  # fmt: skip
THEN_TOO = Refusal(
    "then_too", _("It stayed at this space on that day already. Choose a day after it left."),
    status=HTTPStatus.CONFLICT,
)  # fmt: skip
OTHER_NAME = _(
    "This credit code belongs to %(name)s. Enter that name if it is the same firm, else compare the code."
)
BEFORE = Refusal(
    "before", _("That day lies before the last change. Choose a later day."),
    status=HTTPStatus.CONFLICT,
)  # fmt: skip
OF_RESIDENT = ("kind", "name", "credit_code", "region", "industry", "product")
OF_STAY = (
    "day", "agreement", "agreement_ends", "months_allowed", "free_months", "monthly_fee",
    "registered_here", "people", "area",
)  # fmt: skip


def known(space, kind, name, credit_code):
    """The resident with this credit code, or the team of this name in spaces of the same operator; None where it is new."""
    standing = Resident.objects.standing()
    if credit_code:
        found = standing.filter(credit_code=credit_code).first()
        if found and found.name != name:
            raise Refused(
                Refusal("other_name", OTHER_NAME, {"name": found.name}, status=HTTPStatus.CONFLICT)
            )
        return found
    own = Stay.objects.standing().filter(space__operator=space.operator)
    found = Resident.objects.filter(
        pk__in=own.values("resident"), kind=kind, name=name, credit_code=""
    )
    one = found.select_related("merged_into").first()
    return one and (one.merged_into or one)


@transaction.atomic
def take_in(space, *, by, stage, desks, founder, founder_kind, resident=None, **given):
    """A stay of a new resident, or of one that is known; with its leading founder, its stage and desks.

    A firm is known again by its credit code, wherever it sat before.
    """
    require(may_write(by, space))
    code = given.get("credit_code", "")
    who = resident or known(space, given["kind"], given["name"], code) or new_resident(by, given)
    if founder and not who.founders.filter(name=founder).exists():
        lead = not who.founders.filter(lead=True, left=None).exists()
        person = Founder.objects.create(
            resident=who, operator=space.operator, name=founder, kind=founder_kind, lead=lead
        )
        log(person, "founder_recorded", by=by.who, new={"name": founder, "kind": founder_kind})
    same = Stay.objects.standing().filter(
        Q(resident=who) | Q(resident__merged_into=who), space=space
    )
    require(THEN_TOO if same.filter(until__gt=given["day"]).exists() else None)
    require(STAYS if same.filter(until=None).exists() else None)
    try:
        with transaction.atomic():
            stay = Stay.objects.create(
                space=space, resident=who, recorded_by=by.user,
                **{name: given[name] for name in OF_STAY if name in given},
            )  # fmt: skip
    except IntegrityError as fault:
        raise Refused(STAYS) from fault
    if stage:
        Stage.objects.create(stay=stay, day=stay.day, name=stage)
    if desks is not None:
        Occupation.objects.create(stay=stay, day=stay.day, desks=desks)
    told = {"space": space.code, "resident": who.code, "stage": stage, "desks": desks}
    log(stay, "line_written", by=by.who, new=told | {name: given.get(name) for name in OF_STAY})
    return stay


def new_resident(by, given):
    who = Resident.objects.create(**{name: given[name] for name in OF_RESIDENT if name in given})
    log(who, "resident_recorded", by=by.who, new={"kind": who.kind, "credit_code": who.credit_code})
    return who


@transaction.atomic
def revise(resident, *, by, version, **given):
    """Put right or add to what is known of a resident; a team that was registered becomes a firm."""
    require(may_change(by, resident))
    old = {name: getattr(resident, name) for name in given}
    different = {name: value for name, value in given.items() if value != old[name]}
    code = different.get("credit_code")
    if code and Resident.objects.standing().filter(~Q(pk=resident.pk), credit_code=code).exists():
        raise Refused(CODE_USED)
    change(resident, version=version, **different)
    resident.save(update_fields=["words"])
    log(
        resident, "resident_changed", by=by.who, old={name: old[name] for name in different},
        new=different,
    )  # fmt: skip
    return resident


@transaction.atomic
def add_founder(resident, *, by, **given):
    """One more person behind a resident."""
    require(may_change(by, resident))
    person = Founder.objects.create(resident=resident, operator=by.organisation, **given)
    log(person, "founder_recorded", by=by.who, new=plain_of(given) | {"resident": resident.code})
    return person


@transaction.atomic
def revise_founder(person, *, by, version, **given):
    """Put right what is known of a founder, or that he or she left."""
    require(may_know(by, person))
    old = {name: getattr(person, name) for name in given}
    for name, value in given.items():
        setattr(person, name, value)
    change(person, version=version, **plain_of(given))
    person.save(update_fields=[*given, "mobile_index", "identity_index"])
    log(person, "founder_changed", by=by.who, old=plain_of(old), new=plain_of(given))
    return person


def plain_of(given):
    """What may stand in the log: without the sealed numbers."""
    return {
        name: value for name, value in given.items() if name not in {"mobile", "identity_number"}
    }


def reveal_number(person, *, by, field, reason):
    """Open a sealed number of a founder for one of those who recorded it; the log says who and why."""
    return reveal(
        person,
        field,
        by=by,
        reason=reason,
        may=lambda who, row, _field: may_know(who, row),
    )


@transaction.atomic
def move_stage(stay, *, by, version, day, stage):
    """Move a stay along the chain from a day on; the stage before stays in its history (XZ-3)."""
    require(may_move(by, stay))
    put(stay, stay.stages, day, Stage(stay=stay, day=day, name=stage))
    change(stay, version=version)
    log(stay, "stage_moved", by=by.who, new={"stage": stage, "day": day})
    return stay


@transaction.atomic
def change_desks(stay, *, by, version, day, desks):
    """Give a stay other desks from a day on."""
    require(may_move(by, stay))
    put(stay, stay.occupations, day, Occupation(stay=stay, day=day, desks=desks))
    change(stay, version=version)
    log(stay, "desks_given", by=by.who, new={"desks": desks, "day": day})
    return stay


def put(stay, parts, day, fresh):
    """End the open part on a day and begin the fresh one; on the same day it takes its place."""
    if day < stay.day:
        raise Refused(BEFORE)
    current = parts.filter(until=None).first()
    if current is not None and day < current.day:
        raise Refused(BEFORE)
    if current is not None and day == current.day:
        current.delete()
    elif current is not None:
        parts.filter(pk=current.pk).update(until=day)
    fresh.save()


@transaction.atomic
def leave(stay, *, by, version, day, outcome, **where):
    """End a stay: `day` is the first on which the resident was gone."""
    require(may_move(by, stay))
    if day <= stay.day:
        raise Refused(BEFORE)
    for parts in (stay.stages, stay.occupations):
        if parts.filter(day__gte=day).exists():
            raise Refused(BEFORE)
        parts.filter(until=None).update(until=day)
    change(stay, version=version, until=day, outcome=outcome, **where)
    log(stay, "stay_ended", by=by.who, new={"until": day, "outcome": outcome} | where)
    return stay
