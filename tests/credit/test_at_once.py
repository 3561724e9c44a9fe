# ruff: noqa: F811 -- a fixture is imported
"""Many at once: one answer to a request, and one end of a record (R-07, R-08)."""

import pytest

from tests.records.conftest import at_once  # noqa: F401 -- a fixture
from zhongchuang.audit.models import Entry
from zhongchuang.credit import actions
from zhongchuang.credit.models import Record, Request
from zhongchuang.page.refusal import Refused
from zhongchuang.records.models import Letter

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]
HEAD = "bees.operator_head"


@pytest.fixture
def request_(cast, entered):
    actions.ask(entered(), by=cast[HEAD], kind="repair", words="已更正")
    return Request.objects.get()


def test_of_two_who_answer_a_request_at_once_one_does(cast, request_, colleague, at_once):
    hands = [(colleague, True), (cast["jia.approver"], False)]

    def answer(number):
        by, granted = hands[number]
        held = Request.objects.get(pk=request_.pk)
        try:
            actions.answer(held, by=by, version=1, granted=granted, words="经核实")
        except Refused:
            return "late"
        return "granted" if granted else "refused"

    found = sorted(at_once(2, answer))
    request = Request.objects.get()
    assert found == sorted(["late", request.state])
    assert Record.objects.get().state == ("repaired" if request.state == "granted" else "in_force")
    assert Entry.objects.filter(verb="credit_request_answered").count() == 1
    assert Letter.objects.filter(recipient=cast.people[HEAD], text__contains="经核实").count() == 1


def test_a_record_that_is_ended_while_its_request_is_granted_ends_once(cast, request_, colleague, at_once):  # fmt: skip
    record = request_.record

    def act(number):
        try:
            if number:
                return actions.end(
                    record, by=cast["jia.reviewer"], version=1, words="登记有误"
                ).state
            held = Request.objects.get(pk=request_.pk)
            return actions.answer(held, by=colleague, version=1, granted=True, words="经核实").state
        except Refused:
            return "late"

    found = at_once(2, act)
    record = Record.objects.get()
    assert sorted(found) == sorted(["late", record.state])
    assert (
        Request.objects.get().state == {"corrected": "settled", "repaired": "granted"}[record.state]
    )
    assert Entry.objects.filter(verb__in=["credit_corrected", "credit_repaired"]).count() == 1
