"""Two name an expert for the last place at once: one does (R-08)."""

import pytest

from tests.records.conftest import at_once  # noqa: F401 -- a fixture
from zhongchuang.page.refusal import Refused
from zhongchuang.panels import actions as panels
from zhongchuang.panels.models import Seat
from zhongchuang.procedures.models import Case

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_many_who_name_for_the_last_place_one_does(hunan, at_review, named, expert, at_once):  # noqa: F811
    case = at_review()
    named(case, 0, 1, 2, 3)
    clerk, users = hunan.by(case.at), [expert(number).user for number in range(4, 9)]

    def name(number):
        try:
            return panels.name(Case.objects.get(pk=case.pk), by=clerk, expert=users[number])
        except Refused as refused:
            return refused.refusal.code

    answers = at_once(5, name)
    assert sorted(one for one in answers if isinstance(one, str)) == ["full"] * 4
    assert Seat.objects.filter(case=case).taken().count() == 5
