"""Two at once: a case has one visit at a time, and a report is confirmed once (R-08)."""

import pytest

from tests.records.conftest import at_once  # noqa: F401 -- a fixture
from tests.visits.conftest import SECOND, again
from zhongchuang.page.refusal import Refused
from zhongchuang.visits import actions
from zhongchuang.visits.models import Visit

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]


def test_of_two_who_plan_at_once_one_does(at_inspection, planned, at_once):  # noqa: F811
    case = at_inspection()

    def plan(_number):
        try:
            planned(case)
        except Refused as fault:
            return fault.refusal.code
        return "planned"

    assert sorted(at_once(4, plan)) == ["planned", "there", "there", "there"]
    assert Visit.objects.filter(case=case).count() == 1


def test_a_report_is_confirmed_or_given_back_and_never_both(closed, cast, at_once):  # noqa: F811
    visit, by = closed(), cast[SECOND]

    def decide(number):
        try:
            if number % 2:
                actions.confirm(again(visit), by=by, version=visit.version)
            else:
                actions.reopen(again(visit), by=by, version=visit.version, why="再看")
        except Refused:
            return "late"
        return "done"

    assert sorted(at_once(4, decide)) == ["done", "late", "late", "late"]
    assert again(visit).version == visit.version + 1
