"""A change is decided once, whoever comes at the same moment: its case, or its operator who takes it back (R-08)."""

import pytest
from django.utils import timezone

from tests.procedures.conftest import lettered
from tests.procedures.needs import why
from tests.records.conftest import at_once  # noqa: F401 -- a fixture
from tests.shanghai import STEPS, completed, stepped, submitted
from zhongchuang.page.refusal import Refused
from zhongchuang.procedures import actions
from zhongchuang.procedures.models import Case
from zhongchuang.spaces import actions as register
from zhongchuang.spaces.models import Change

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]
HEAD = "cranes.operator_head"


@pytest.fixture
def begun(cast, titled_in_shanghai, asked_for):
    title = titled_in_shanghai()
    asked_for(title.space, floor_area=900)
    return actions.begin(title.space, "shanghai-2016", "change", by=cast[HEAD])


def tried(act):
    try:
        act()
    except Refused as fault:
        return fault.refusal.code
    return "done"


def test_of_handing_in_and_withdrawing_the_change_at_once_one_counts(cast, begun, at_once):  # noqa: F811
    case, by = completed(cast, begun, HEAD), cast[HEAD]

    def race(number):
        if number % 2:
            return tried(lambda: register.withdraw_change(Change.objects.get(), by=by))
        held = Case.objects.get(pk=case.pk)
        return tried(lambda: actions.hand_in(held, by=by, version=case.version, promised=True, at=timezone.now()))  # fmt: skip

    assert at_once(4, race).count("done") == 1
    change, case = Change.objects.get(), Case.objects.get(pk=case.pk)
    ends = {("waiting", True, "running"), ("withdrawn", False, "draft")}
    assert (change.state, change.in_case, case.state) in ends
    assert case.changes.exists() == (case.state == "running")


def test_what_a_case_decides_is_not_withdrawn_at_the_same_moment(cast, begun, at_once):  # noqa: F811
    case, by = submitted(cast, begun), cast[HEAD]
    for department, move in STEPS[:-1]:
        stepped(cast, case, department, move)
    case = Case.objects.get(pk=case.pk)
    lettered(case, cast["hu.clerk"])
    actions.move(case, "propose", by=cast["hu.clerk"], version=case.version, proposed="grant", words="已核对", despite=why(case, "grant"))  # fmt: skip
    signer = cast["hu.approver"]

    def race(number):
        if number % 2:
            return tried(lambda: register.withdraw_change(Change.objects.get(), by=by))
        held = Case.objects.get(pk=case.pk)
        return tried(lambda: actions.move(held, "sign", by=signer, version=case.version))

    assert at_once(4, race).count("done") == 1
    change = Change.objects.get()
    assert (change.state, change.decided_by, change.space.premises_rows.count()) == ("confirmed", signer.user, 2)  # fmt: skip
