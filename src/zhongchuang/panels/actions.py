"""Experts are named or drawn, give their place up, and give their opinion once."""

import hashlib
import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.audit.actions import log
from zhongchuang.page.refusal import Refusal, conflict, require
from zhongchuang.panels.access import FULL, may_give, may_name, may_take_out
from zhongchuang.panels.conflicts import conflict_of, free
from zhongchuang.panels.models import Seat
from zhongchuang.panels.rules import due_of
from zhongchuang.policy.pack import digest_of
from zhongchuang.procedures.models import Case
from zhongchuang.records.actions import change
from zhongchuang.records.actions import write as write_letter

ASKED = conflict("asked", _("This expert was asked already."))
TOO_FEW = conflict("too_few", _("The pool has %(found)s experts whom nothing keeps from this case; %(needed)s are needed."))  # fmt: skip
NO_WORDS = Refusal("no_words", _("Give your reasons: who decides reads them."), status=200, field="words")  # fmt: skip
CAME_BETWEEN = conflict("came_between", _("Since you were asked you have taken a post with the operator of the space or with a department that reads this case, so this opinion is no longer yours to give. Give the place up; the department names another expert."))  # fmt: skip
NO_REASON = Refusal("no_reason", _("Say why; it stays beside the place."), status=200, field="words")  # fmt: skip


def held(case):
    """The case as it stands, held until the commit, so that places are counted once."""
    Case.objects.select_for_update().get(pk=case.pk)
    return Case.objects.select_related("rules", "department", "officer", "space__region", "operator").get(pk=case.pk)  # fmt: skip


def places_left(case):
    """How many experts may still be named at the step where a case stands."""
    return case.at.opinions - Seat.objects.of_round(case).taken().count()


@transaction.atomic
def name(case, *, by, expert):
    """Ask an expert for an opinion."""
    case = held(case)
    require(may_name(by, case))
    require(conflict_of(expert, case))
    require(ASKED if Seat.objects.of_round(case).taken().filter(expert=expert).exists() else None)
    require(full(case) if places_left(case) < 1 else None)
    return seated(case, expert, by=by)


def full(case):
    return Refusal(FULL.code, FULL.sentence, {"count": case.at.opinions}, FULL.status)


def seated(case, expert, *, by, given=None):
    """The place of an expert, with a letter to them."""
    seat = Seat.objects.create(
        case=case, step=case.step, arrived=case.arrived, department=case.department, expert=expert, named_by=by.user,
        due=due_of(case),
    )  # fmt: skip
    write_letter(
        [expert], key=f"seat-{seat.key}", title=_("Your opinion is asked: %(space)s"),
        text=_("%(department)s asks for your opinion as an expert by %(day)s. Everything that you need stands on the page; it can be done on a phone."),
        url=seat.get_absolute_url(), given={"space": case.space.name, "department": case.department.name, "day": seat.due},
    )  # fmt: skip
    log(seat, "expert_named", by=by.who, new={"case": case.number, "expert": expert.name}, given=given or {})  # fmt: skip
    return seat


@transaction.atomic
def draw(case, *, by):
    """Draw the places that are left from all whom nothing keeps from the case; anyone with the log draws the same again."""
    case = held(case)
    require(may_name(by, case))
    count = places_left(case)
    require(full(case) if count < 1 else None)
    pool = list(free(case, Seat.objects.of_round(case)))
    if len(pool) < count:
        require(Refusal(TOO_FEW.code, TOO_FEW.sentence, {"found": len(pool), "needed": count}, TOO_FEW.status))  # fmt: skip
    seed = secrets.token_hex(16)
    drawn = by_lot(seed, {one.pk: one for one in pool})[:count]
    how = {"seed": seed, "pool": sorted(one.pk for one in pool)}
    return [seated(case, one, by=by, given=how) for one in drawn]


def by_lot(seed, pool):
    """The experts of a pool in the order that a seed gives: by the digest of seed and key."""
    order = sorted(pool, key=lambda pk: hashlib.sha256(f"{seed}:{pk}".encode()).digest())
    return [pool[pk] for pk in order]


@transaction.atomic
def name_again(case, *, by):
    """After a correction, ask those again who gave their opinion the time before and whom nothing keeps from it now."""
    case = held(case)
    require(may_name(by, case))
    before = Seat.objects.filter(case=case, step=case.step).exclude(arrived=case.arrived).given()
    known = {one.expert for one in before.select_related("expert")}
    asked = set(Seat.objects.of_round(case).values_list("expert", flat=True))
    found = [one for one in sorted(known, key=lambda one: one.pk) if one.pk not in asked and conflict_of(one, case) is None]  # fmt: skip
    return [seated(case, one, by=by) for one in found[: max(places_left(case), 0)]]


@transaction.atomic
def take_out(seat, *, by, version, words):
    """Take an expert out who has not answered; the place is free again."""
    seat.case = held(seat.case)
    require(may_take_out(by, seat))
    require(None if words else NO_REASON)
    change(seat, version=version, state=Seat.State.DROPPED, reason=words)
    log(seat, "expert_taken_out", by=by.who, given={"reason": words})
    return seat


@transaction.atomic
def recuse(seat, *, by, version, words):
    """Give the place up, for instance over a conflict of interest; the department names another expert."""
    seat.case = held(seat.case)
    require(may_give(by, seat))
    require(None if words else NO_REASON)
    change(seat, version=version, state=Seat.State.RECUSED, reason=words)
    write_letter(
        [seat.named_by], key=f"seat-left-{seat.key}", title=_("An expert gave a place up: %(space)s"),
        text=_("%(name)s gives no opinion: %(words)s. Name another expert."), url=seat.case.get_absolute_url(),
        given={"space": seat.case.space.name, "name": seat.expert.name, "words": words},
    )  # fmt: skip
    log(seat, "expert_recused", by=by.who, given={"reason": words})
    return seat


@transaction.atomic
def give(seat, *, by, version, conclusion, words, judged=None):
    """Give the opinion; it stays as it is. `judged` gives for the id of a condition whether it is met, and why."""
    seat.case = held(seat.case)
    require(may_give(by, seat))
    require(CAME_BETWEEN if conflict_of(by.user, seat.case) else None)
    require(None if words.strip() else NO_WORDS)
    change(
        seat, version=version, state=Seat.State.GIVEN, conclusion=conclusion, words=words, judgements=judged or {},
        given=timezone.now(),
    )  # fmt: skip
    log(seat, "expert_opinion_given", by=by.who, new={"digest": opinion_digest(seat)})
    return seat


def opinion_digest(seat):
    """What the log keeps of an opinion: officials read the log before all opinions are there, and it proves afterwards that none was changed."""
    return digest_of(
        {"conclusion": seat.conclusion, "words": seat.words, "judgements": seat.judgements}
    )
