"""No state is reached that the procedure does not declare: in every state of every procedure, everyone tries everything.

A state of a procedure is entered once, by the shortest way; what leads on is taken back. So all states, all moves and
all roles of all packs are tried, not a sample of them. What comes of returning and handing in again and again is drawn:
Hypothesis draws each move of some walks. Its state machine is not used, since it makes a case anew for each of its
runs, outside of the transaction of the test; here each walk is a savepoint.
"""

import copy
from collections import deque
from contextlib import ExitStack

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.objections.objecting import upheld
from tests.places import APPLIED_FOR, drafted, morning, open_day, organisation, place_for
from tests.procedures.needs import meet, why
from zhongchuang.gap.packs import own_packs
from zhongchuang.objections.actions import settle
from zhongchuang.organisations.models import Region, Role
from zhongchuang.organisations.models.people import OFFICIALS
from zhongchuang.page.refusal import Refused
from zhongchuang.policy.procedure import (
    APPLICANT,
    FORWARD,
    PLATFORM,
    PROPOSE,
    REOPEN,
    RESUBMIT,
    SUBMIT,
    UPHOLD,
    WITHDRAW,
    moves,
    states,
)
from zhongchuang.procedures import actions
from zhongchuang.procedures.actions.moving import close
from zhongchuang.procedures.models import Act, Case

ROLES = sorted(OFFICIALS)
PROPOSED = (*sorted(set(FORWARD.values())), "refuse")
OBJECTED = (UPHOLD, REOPEN)
"""Moves that only an upheld objection opens; without one they are tried in tests/objections."""
NAMES = ("sign", "send_back", "return", "withdraw", "hand_in", *OBJECTED, *PROPOSED)
APPLICANTS = {SUBMIT: "hand_in", RESUBMIT: "hand_in", WITHDRAW: "withdraw"}


NIGHT = (None, "", "")
"""What the platform does by itself, in place of a person with a move."""

WALKS, MOVES = 3, 12


class Undone(Exception):
    """Takes a try back."""


def acted(case, by, name, proposed=""):
    """One move, as a page would make it."""
    given = {"by": by, "version": case.version}
    if name == "withdraw":
        return actions.withdraw(case, **given)
    if name == "hand_in":
        return actions.hand_in(case, promised=True, at=timezone.now(), **given)
    if name in OBJECTED:
        return settle(upheld(case), name, words="异议成立", **given)
    pins = [("whole", "不全")] if name == "return" else ()
    return actions.move(
        case,
        name,
        proposed=proposed,
        words="理由",
        pins=pins,
        despite=why(case, proposed or name),
        **given,
    )


def led_to(case, by, name, proposed):
    """Where a try led, or None where it was refused in words, or changed nothing; taken back either way."""
    found, sentence = None, "it was done"
    try:
        with transaction.atomic():
            found = acted(copy.copy(case), by, name, proposed).standing
            raise Undone
    except Undone:
        pass
    except Refused as refused:
        sentence = str(refused)
    assert sentence, (case.standing, name)
    return None if found == case.standing else found


def outsiders(place):
    """People whose case it is not: another province's department, another operator, a founder."""
    cast, nation = place.cast, next(iter(place.cast.regions.values()))
    region = Region.objects.create(code="650000", name="far", full_name="far", level="province", parent=nation, path=f"{nation.path}650000/")  # fmt: skip
    organisation(cast, "far", "department", region, ROLES, level="province", competent=True)
    organisation(cast, "other", "operator", region, (Role.OPERATOR_HEAD,), credit_code="91330482MA28A00029")  # fmt: skip
    cast.person("founder", role=Role.FOUNDER)


def attempts():
    for name in NAMES:
        yield name, ""
    for one in PROPOSED:
        yield PROPOSE, one


def declared(place, case):
    """What the procedure says of the state of a case: who makes which move, and where it leads."""
    found = {}
    step = case.at
    for one in moves(place.procedure, case.standing):
        if one.role == PLATFORM:
            continue
        taken_at = place.procedure.before(step.id) if one.name in OBJECTED else step
        at = "operator" if one.role == APPLICANT else place.at(taken_at)
        roles = ("operator_head", "operator_clerk") if one.role == APPLICANT else (one.role,)
        for role in roles:
            found[f"{at}.{role}", APPLICANTS.get(one.name, one.name), one.move] = one.to
    return found


def reached(place, case, people):
    """What everyone's tries led to; what all of them look at is fetched once."""
    case = Case.objects.select_related("department", "officer", "rules", "space", "operator").get(pk=case.pk)  # fmt: skip
    assert case.barred is not None
    tries = ((who, name, proposed) for who in people for name, proposed in attempts())
    found = {one: led_to(case, people[one[0]], *one[1:]) for one in tries}
    return {one: to for one, to in found.items() if to is not None}


def prepared(place, case):
    """The case as whoever has the turn finds it: what the step needs is there."""
    case = Case.objects.get(pk=case.pk)
    if case.state == Case.Standing.RUNNING and case.at.hands:
        case = meet(case, place.by(case.at, case.hand))
    return case


def closed(case):
    """What the platform does with a notice: nothing on its last day, and the move that is declared on the day after."""
    with time_machine.travel(morning(case.due)):
        assert not close(case)
    day_after = morning(case.due) + timezone.timedelta(days=1)
    with time_machine.travel(day_after):
        assert close(case)
    return Case.objects.get(pk=case.pk)


def follow(place, case, people, path):
    """The case at the end of a way."""
    for by, name, proposed in path:
        case = prepared(place, case)
        case = closed(case) if by is None else acted(case, people[by], name, proposed)
    return prepared(place, case)


def walk(place, case, people):
    """Every state that can be reached, each tried out in full; their set."""
    seen, ways = {case.standing}, deque([()])
    while ways:
        path = ways.popleft()
        with transaction.atomic():
            for to, one in tried(place, follow(place, case, people, path), people).items():
                if to not in seen:
                    seen.add(to)
                    ways.append((*path, one))
            transaction.set_rollback(True)
    return seen


def by_platform(place, case):
    """Where the platform takes a case; empty where it does nothing."""
    return [one.to for one in moves(place.procedure, case.standing) if one.role == PLATFORM]


def tried(place, case, people):
    """The ways on from a state, after everyone tried everything in it."""
    acts = Act.objects.filter(case=case).count()
    found, says = reached(place, case, people), declared(place, case)
    # who proposed does not sign: here the hands are different people, so every declared move is made
    assert found == says, case.standing
    assert Act.objects.filter(case=case).count() == acts
    assert Case.objects.get(pk=case.pk).standing == case.standing
    return {to: one for one, to in found.items()} | dict.fromkeys(by_platform(place, case), NIGHT)


def wander(place, case, people, draw):
    """Some moves in turn, as they are drawn: one that is declared, or one of anybody's."""
    tries = sorted((who, name, proposed) for who in people for name, proposed in attempts())
    for _move in range(MOVES):
        case = prepared(place, case)
        says, night = declared(place, case), by_platform(place, case)
        here = [*sorted(says), *([NIGHT] if night else [])]
        if not here:
            return
        one = draw(st.sampled_from(here) | st.sampled_from(tries))
        if one == NIGHT:
            case = closed(case)
            assert case.standing == night[0]
        elif one in says:
            case = acted(case, people[one[0]], *one[1:])
            assert case.standing == says[one]
        else:
            assert led_to(case, people[one[0]], *one[1:]) is None


@pytest.fixture
def begun(db):
    """`begun(pack, procedure)` is a place with a complete draft, and everyone who may try something."""
    with ExitStack() as stack:

        def one(pack, procedure):
            rules = own_packs()[pack]
            course = rules.procedures[procedure]
            stack.enter_context(time_machine.travel(morning(open_day(rules, course))))
            place = place_for(rules, course)
            outsiders(place)
            case = drafted(place)
            return place, case, {name: place.cast[name] for name in place.cast.people}

        yield one


@pytest.mark.parametrize(("pack", "procedure"), APPLIED_FOR)
def test_everyone_tries_everything_in_every_state_and_only_what_is_declared_happens(
    begun, pack, procedure
):
    place, case, people = begun(pack, procedure)
    assert walk(place, case, people) == states(place.procedure)


@pytest.mark.parametrize(("pack", "procedure"), APPLIED_FOR)
def test_a_case_that_wanders_is_always_where_the_procedure_says(begun, pack, procedure):
    place, case, people = begun(pack, procedure)

    @settings(max_examples=WALKS, deadline=None, database=None, suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(st.data())
    def wandered(data):
        with transaction.atomic():
            wander(place, Case.objects.get(pk=case.pk), people, data.draw)
            transaction.set_rollback(True)

    wandered()
