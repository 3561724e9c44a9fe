"""Two who sign at once number a letter once (R-08)."""

import pytest

from tests.records.conftest import at_once  # noqa: F401 -- a fixture
from zhongchuang.page.refusal import Refused
from zhongchuang.procedures import actions
from zhongchuang.procedures.models import Case
from zhongchuang.records.models import DocumentNumber

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]


def test_of_two_who_sign_at_once_one_numbers_the_letter(cast, at_county, lettered, proposed, at_once):  # noqa: F811 # fmt: skip
    case = at_county()
    paper = lettered(case)
    case, signer = proposed(case), cast["ping.approver"]

    def sign(_number):
        held = Case.objects.get(pk=case.pk)
        try:
            actions.move(held, "sign", by=signer, version=case.version)
        except Refused:
            return "late"
        return "signed"

    assert sorted(at_once(4, sign)) == ["late"] * 3 + ["signed"]
    paper.refresh_from_db()
    assert [one.pk for one in DocumentNumber.objects.all()] == [paper.number_id]


def test_of_two_who_write_the_letter_at_once_one_does(at_county, lettered, at_once):  # noqa: F811
    case = at_county()

    def write(_number):
        try:
            lettered(case)
        except Refused as fault:
            return fault.refusal.code
        return "written"

    assert sorted(at_once(4, write)) == ["there"] * 3 + ["written"]
    assert case.papers.count() == 1
