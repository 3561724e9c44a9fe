"""What was seen on the spot stands in the cell of the condition that asks for the figure, with what would follow; nothing is decided by it."""

import pytest
from django.urls import reverse

from tests.visits.conftest import AREA, CLERK, HEAD, REPORT, SECOND, again
from zhongchuang.gap.matrix import cells
from zhongchuang.policy.verdict import MET, NOT_MET
from zhongchuang.procedures.judging import answer, facts_of
from zhongchuang.procedures.models import Case
from zhongchuang.procedures.seen import with_seen
from zhongchuang.visits import actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def seen_less(going_on, written, cast):
    """`seen_less("280 m2")` is the case whose floor area was found to be that, by a confirmed report."""

    def one(value, *, confirm=True):
        visit = going_on()
        written(visit, **{AREA: {"found": "differs", "value": value, "words": ""}})
        visit = actions.close(again(visit), by=cast[CLERK], version=again(visit).version, **REPORT)
        if confirm:
            actions.confirm(visit, by=cast[SECOND], version=visit.version)
        return Case.objects.get(pk=visit.case_id)

    return one


def spots(case, who):
    facts = facts_of(case)
    found = with_seen(case, who, facts, list(cells(answer(case, facts))))
    return {one.leaf.condition.id: (one.verdict, spot) for one, spot in found if spot.seen}


def test_the_condition_says_what_it_would_be_with_what_was_seen_and_stays_as_it_is(seen_less, cast):
    case = seen_less("280 m2")
    found = spots(case, cast["xiang.approver"])
    assert {id_: (verdict, spot.cell.verdict) for id_, (verdict, spot) in found.items()}["area"] == (MET, NOT_MET)  # fmt: skip
    (one,) = found["area"][1].seen
    assert (one.column.name, one.stated, one.value) == ("floor_area", 600, 280)
    assert case.handed_in.facts["floor_area"] == "600 m2"


def test_officials_read_it_on_the_page_with_the_way_to_the_report_and_the_operator_does_not(seen_less, signed_in):  # fmt: skip
    case = seen_less("280 m2")
    page = signed_in("xiang.approver").get(case.get_absolute_url()).content.decode()
    visit = case.visits.get()
    assert [word in page for word in ("600 m²", "280 m²", "按现场情况对照", f'{reverse("visits:visit", args=[visit.key])}#fact-floor_area')] == [True] * 4  # fmt: skip
    assert "按现场情况对照" not in signed_in(HEAD).get(case.get_absolute_url()).content.decode()


def test_what_is_not_confirmed_is_not_shown(seen_less, cast):
    assert spots(seen_less("280 m2", confirm=False), cast["xiang.approver"]) == {}


def test_a_figure_that_was_handed_in_anew_since_is_no_longer_the_one_that_differed(seen_less, cast):
    case = seen_less("280 m2")
    submission = case.handed_in
    type(submission).objects.filter(pk=submission.pk).update(facts=submission.facts | {"floor_area": "280 m2"})  # fmt: skip
    assert spots(Case.objects.get(pk=case.pk), cast["xiang.approver"]) == {}
