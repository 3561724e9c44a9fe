"""At a public notice nothing is reached that the procedure does not declare, whoever tries what, with and without an objection."""

import pytest
from django.db import transaction

from tests.procedures.test_states import ROLES, Undone, acted, attempts
from zhongchuang.objections import actions
from zhongchuang.page.refusal import Refused
from zhongchuang.policy.procedure import REOPEN, UPHOLD, moves, states
from zhongchuang.procedures.actions.moving import close
from zhongchuang.procedures.models import Case

WAYS = (UPHOLD, REOPEN)


def everybody(cast):
    officials = [f"{one}.{role}" for one in ("lu", "chang", "xiang", "zhe") for role in ROLES]
    return [*officials, "owls.operator_head", "bees.operator_head", "founder"]


def tries(case, cast):
    """Everything that anybody could try, the nightly job among it."""
    yield "platform", lambda: close(case) and Case.objects.get(pk=case.pk)
    for who in everybody(cast):
        for name, proposed in attempts():
            if name not in WAYS:
                yield who, lambda who=who, name=name, proposed=proposed: acted(Case.objects.get(pk=case.pk), cast[who], name, proposed)  # fmt: skip
        for name in WAYS:
            yield who, lambda who=who, name=name: actions.settle(case, name, by=cast[who], version=Case.objects.get(pk=case.pk).version, words="理由")  # fmt: skip


def reached(case, cast):
    """Who led the case where; each try is taken back."""
    found = set()
    for who, act in tries(case, cast):
        try:
            with transaction.atomic():
                led = act()
                if led:
                    found.add((who, led.standing))
                raise Undone
        except (Undone, Refused, AttributeError):
            continue
    return found


@pytest.mark.django_db
def test_whoever_tries_whatever_a_notice_ends_only_as_declared(
    on_notice, objected, answered, cast, time_machine
):
    case = Case.objects.get(pk=on_notice.pk)
    declared = {one.name: one.to for one in moves(case.course, case.standing)}
    assert set(declared.values()) <= states(case.course)
    assert set(declared) == {"close", *WAYS}
    assert reached(case, cast) == set()  # before its last day is over

    it = objected(case)
    assert reached(case, cast) == set()
    answered(it, "upheld")
    ends = {("xiang.approver", declared[name]) for name in WAYS}
    assert reached(Case.objects.get(pk=case.pk), cast) == ends
    time_machine.shift(90 * 86400)
    assert reached(Case.objects.get(pk=case.pk), cast) == ends
