"""No state is reached that the procedure does not declare: every move of every procedure, taken for real by every role."""

import random

import pytest
from django.db import transaction
from django.utils import timezone

from zhongchuang.gap.packs import all_packs
from zhongchuang.page.refusal import Refused
from zhongchuang.policy.procedure import FORWARD, moves, states
from zhongchuang.procedures import actions
from zhongchuang.procedures.models import Case

ROLES = ("clerk", "reviewer", "approver", "finance")
NAMES = (
    "propose",
    "sign",
    "send_back",
    "return",
    "withdraw",
    "hand_in",
    *FORWARD.values(),
    "refuse",
)
HERE = ("zhejiang-2016", "filing")
WALKS, LENGTH = 6, 14


class Undone(Exception):
    """Takes a try back."""


def tried(case, cast, who, name, proposed=""):
    """Where a move led, or None where it was refused; taken back either way unless `keep`."""
    case, by = Case.objects.get(pk=case.pk), cast[who]
    given = {"by": by, "version": case.version}
    if name == "withdraw":
        return actions.withdraw(case, **given)
    if name == "hand_in":
        return actions.hand_in(case, promised=True, at=timezone.now(), **given)
    pins = [("whole", "不全")] if name == "return" else ()
    return actions.move(case, name, proposed=proposed, words="理由", pins=pins, **given)


def attempts():
    """Every person of the line with everything that could be tried."""
    officials = [f"{one}.{role}" for one in ("ping", "jia", "zhe") for role in ROLES]
    for who in (
        *officials,
        "bees.operator_head",
        "bees.operator_clerk",
        "xiang.approver",
        "founder",
    ):
        for name in NAMES:
            if name == "propose":
                yield from ((who, name, one) for one in (*FORWARD.values(), "refuse"))
            else:
                yield who, name, ""


def led_to(case, cast, who, name, proposed):
    found = None
    try:
        with transaction.atomic():
            found = tried(case, cast, who, name, proposed).standing
            raise Undone
    except Undone:
        return found
    except (Refused, AttributeError):
        return None


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(2))
def test_whoever_tries_whatever_the_case_stands_where_its_procedure_says(cast, complete, seed):
    dice, procedure = random.Random(seed), all_packs()[HERE[0]].procedures[HERE[1]]  # noqa: S311 -- a walk, no secret
    declared = states(procedure)
    every = list(attempts())
    case = complete()
    for _step in range(LENGTH):
        case = Case.objects.get(pk=case.pk)
        open_ = {one.to for one in moves(procedure, case.standing)}
        reached = [(one, to) for one in every if (to := led_to(case, cast, *one)) is not None]
        assert {to for _one, to in reached} == open_, case.standing
        assert open_ <= declared
        if not reached:
            break
        # dead ends last, so that a walk is long
        ways = [one for one in reached if one[1].name in {"running", "returned"}] or reached
        who, name, proposed = dice.choice(ways)[0]
        tried(case, cast, who, name, proposed)
