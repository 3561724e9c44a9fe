"""Scores and ranks are those of exact arithmetic, however many are ranked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.policy.random_rules import load
from tests.policy.random_scores import evaluations, prize, scores, years
from zhongchuang.policy import ranking
from zhongchuang.policy.ranking import rank


@pytest.fixture(params=["rows", "arrays"], scope="module")
def path(request):
    """Both ways to rank: few subjects row by row, many over arrays."""
    before = ranking.MANY
    ranking.MANY = {"rows": 10**9, "arrays": 0}[request.param]
    yield request.param
    ranking.MANY = before


@pytest.mark.usefixtures("path")
@given(evaluations(), st.data())
def test_scores_and_ranks_agree_with_fractions(raw, data):
    pack = load(raw)
    now, before = data.draw(years(raw))
    found = rank(pack, pack.set(), now, before)
    assert {one.subject: (one.score, one.rank) for one in found if not one.unranked} == scores(
        raw, now, before
    )


@pytest.mark.usefixtures("path")
@given(evaluations(), st.data())
def test_the_prize_rolls_down_the_ranks_and_a_tie_for_the_last_seat_is_seated_by_nobody(raw, data):
    pack = load(raw)
    now, before = data.draw(years(raw))
    found = list(rank(pack, pack.set(), now, before))
    assert (
        {one.subject for one in found if one.grade == "excellent"},
        {one.subject for one in found if one.award_tied},
    ) == prize(raw, now, before)


@given(evaluations(), st.data())
def test_few_and_many_subjects_are_ranked_and_explained_alike(raw, data):
    pack = load(raw)
    now, before = data.draw(years(raw))
    answers = []
    for many in (10**9, 0):
        kept, ranking.MANY = ranking.MANY, many
        try:
            answers.append(list(rank(pack, pack.set(), now, before)))
        finally:
            ranking.MANY = kept
    assert answers[0] == answers[1]


@pytest.mark.usefixtures("path")
@given(evaluations(), st.data())
def test_the_points_shown_add_up_to_the_score_and_the_best_come_first(raw, data):
    pack = load(raw)
    found = list(rank(pack, pack.set(), *data.draw(years(raw))))
    places = [one.rank for one in found if one.rank is not None]
    assert places == sorted(places)
    assert [one.rank for one in found[len(places) :]] == [None] * (len(found) - len(places))
    assert sorted(one.row for one in found) == list(range(len(found)))
