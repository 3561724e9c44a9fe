"""What the documents leave open is a setting, and each setting does what it says."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.policy.random_rules import Day, load
from zhongchuang.policy import ranking
from zhongchuang.policy.errors import Refused
from zhongchuang.policy.loading import find_pack
from zhongchuang.policy.ranking import rank, rank_answer
from zhongchuang.policy.table import Table


@pytest.fixture(params=["rows", "arrays"], autouse=True)
def path(request):
    """Both ways to rank: few subjects row by row, many over arrays."""
    before = ranking.MANY
    ranking.MANY = {"rows": 10**9, "arrays": 0}[request.param]
    yield request.param
    ranking.MANY = before


def pack_of(indicators, grades=None, **settings):
    """A pack with one evaluation; `indicators` are id → (fact, weight, scale)."""
    text = {"zh": "试验", "en": "Trial"}
    rows = [
        {"id": id_, "cite": "第九条", "text": text, "weight": weight, "scale": scale}
        | ({"fact": fact} if fact else {})
        for id_, (fact, weight, scale) in indicators.items()
    ]
    scored = {"subject": "space", "title": text, "indicators": rows, "grades": grades or {}}
    return load(
        {
            "pack": {
                "id": "trial",
                "version": "1",
                "status": "law",
                "authority": "省",
                "in_force": {"from": Day("2016-02-01")},
                "entry": "evaluation",
                "title": text,
            },
            "sets": {"evaluation": scored | settings},
            "awards": {"prize": {"cite": "第八条", "amount": "500000 CNY", "once": "ever"}},
        }
    )


HALVES = {"total": "50 %", "increment": "50 %"}
EVENTS = {"events": ("events", 100, "share_of_best")}


def ranked(pack, table, previous=None):
    """Subject → score, best first; a missing figure instead of the score where there is one."""
    return {
        one.subject: ", ".join(one.unranked) or one.score
        for one in rank(pack, pack.set(), table, previous)
    }


def test_the_increment_is_the_change_of_the_total_by_default():
    pack = pack_of(EVENTS, parts=HALVES)
    now = Table(["A", "B"], {"events.total": [40, 20]})
    before = Table(["A", "B"], {"events.total": [30, 0]})
    assert ranked(pack, now, before) == {"A": 75, "B": 75}


def test_growth_of_year_compares_the_years_own_figures():
    pack = pack_of(EVENTS, parts=HALVES, increment="growth_of_year")
    now = Table(["A", "B"], {"events.total": [40, 20], "events.year": [10, 20]})
    before = Table(["A", "B"], {"events.total": [30, 0], "events.year": [6, 18]})
    assert ranked(pack, now, before) == {"A": 100, "B": 50}


def test_a_fall_counts_nothing():
    pack = pack_of(EVENTS, parts=HALVES)
    now = Table(["A", "B"], {"events.total": [10, 5]})
    before = Table(["A", "B"], {"events.total": [8, 9]})
    assert ranked(pack, now, before) == {"A": 100, "B": 25}


def test_a_first_year_is_scored_on_the_total_alone_and_says_so():
    pack = pack_of(EVENTS, parts=HALVES)
    now = Table(["old", "new"], {"events.total": [40, 30]})
    before = Table(["old"], {"events.total": [20]})
    answers = {one.subject: rank_answer(one) for one in rank(pack, pack.set(), now, before)}
    assert {name: (one["score"], one.get("first_year")) for name, one in answers.items()} == {
        "old": (100, None),
        "new": (75, True),
    }
    assert answers["new"]["indicators"] == [
        {"id": "events", "fact": "events", "total": "30 time", "points_total": 75}
    ]


def test_an_indicator_whose_best_is_nothing_gives_nothing_to_all():
    pack = pack_of(EVENTS | {"mentors": ("mentors", 10, "share_of_best")})
    now = Table(["A", "B"], {"events.total": [0, 0], "mentors": [4, 2]})
    assert ranked(pack, now) == {"A": 10, "B": 5}


def test_a_missing_figure_is_unranked_and_does_not_count_for_the_best():
    pack = pack_of(EVENTS | {"mentors": ("mentors", 10, "share_of_best")})
    now = Table(["A", "B", "C"], {"events.total": [20, 10, 4000], "mentors": [2, 2, None]})
    assert ranked(pack, now) == {"A": 110, "B": 60, "C": "mentors"}
    assert list(rank(pack, pack.set(), now))[2].rank is None


def test_a_missing_figure_of_the_year_before_is_named_as_such():
    pack = pack_of(EVENTS, parts=HALVES)
    now = Table(["A", "B"], {"events.total": [20, 10]})
    before = Table(["A", "B"], {"events.total": [None, 5]})
    assert ranked(pack, now, before) == {"B": 100, "A": "previous.events.total"}


def test_scores_are_rounded_half_up_at_the_end_and_equal_scores_share_a_rank():
    pack = pack_of({"events": ("events", 1, {"linear": {"from": "0 time", "to": "1000 time"}})})
    now = Table(["A", "B", "C", "D"], {"events.total": [335, 340, 334, 345]})
    found = list(rank(pack, pack.set(), now))
    assert [(one.subject, one.score, one.rank) for one in found] == [
        ("D", Fraction("0.35"), 1),
        ("A", Fraction("0.34"), 2),
        ("B", Fraction("0.34"), 2),
        ("C", Fraction("0.33"), 4),
    ]


@pytest.mark.parametrize(
    ("figure", "best", "score"), [(69, 120, "0.58"), (29, 200, "0.15"), (77, 280, "0.28")]
)
def test_half_a_hundredth_is_rounded_up_where_floats_fall_below_it(figure, best, score):
    pack = pack_of({"events": ("events", 1, "share_of_best")})
    now = Table(["A", "B"], {"events.total": [best, figure]})
    assert ranked(pack, now) == {"A": 1, "B": Fraction(score)}


def test_thirds_that_add_up_to_a_half_are_rounded_up():
    scale = {"linear": {"from": "0 time", "to": "3 time"}}
    pack = pack_of(
        {
            "events": ("events", Decimal("0.01"), scale),
            "trainings": ("trainings", Decimal("0.005"), scale),
        }
    )
    now = Table(["A"], {"events.total": [1], "trainings.total": [1]})
    assert ranked(pack, now) == {"A": Fraction("0.01")}


EXCELLENT = {
    "excellent": {
        "rank_at_most": 2,
        "among": "not_yet_awarded",
        "barred_by": ["banned", "false_material"],
        "award": "prize",
    }
}
NAMES = ["A", "B", "C", "D", "E"]


def standing(events, **flags):
    """Subject → award, held back by, tied, for spaces of the figures given."""
    pack = pack_of(EVENTS, EXCELLENT)
    columns = {name: [False] * len(events) for name in ("banned", "false_material")}
    columns |= {"excellent_awarded_ever": [False] * len(events), "events.total": events} | flags
    found = rank(pack, pack.set(), Table(NAMES[: len(events)], columns))
    return {
        one.subject: f"{one.grade or '-'} {one.held or '-'} {'tied' if one.award_tied else '-'}"
        for one in found
    }


def test_who_was_awarded_before_is_passed_over_and_the_list_rolls_on():
    ever = [True, False, False, False, False]
    assert standing([50, 40, 30, 20, 10], excellent_awarded_ever=ever) == {
        "A": "- excellent_awarded_ever -",
        "B": "excellent - -",
        "C": "excellent - -",
        "D": "- - -",
        "E": "- - -",
    }


def test_who_is_barred_is_passed_over():
    banned = [False, True, False, False, False]
    found = standing([50, 40, 30, 20, 10], banned=banned)
    assert [name for name, one in found.items() if one == "excellent - -"] == ["A", "C"]


def test_a_tie_for_the_last_seat_is_stated_and_nobody_of_it_is_seated():
    assert standing([50, 40, 40, 20, 10]) == {
        "A": "excellent - -",
        "B": "- - tied",
        "C": "- - tied",
        "D": "- - -",
        "E": "- - -",
    }


def test_a_tie_that_fits_is_seated():
    assert standing([50, 50, 40]) == {"A": "excellent - -", "B": "excellent - -", "C": "- - -"}


def test_of_a_tie_only_those_who_may_be_seated_take_a_seat():
    assert standing([50, 40, 40], excellent_awarded_ever=[False, True, False]) == {
        "A": "excellent - -",
        "B": "- excellent_awarded_ever -",
        "C": "excellent - -",
    }


def test_the_bars_of_a_grade_take_no_seat():
    grades = {"excellent": EXCELLENT["excellent"] | {"barred_by": ["subsidy_misused"]}}
    pack = pack_of(EVENTS, grades)
    columns = {"events.total": [30, 20, 10], "subsidy_misused": [True, False, False]}
    found = rank(pack, pack.set(), Table(["A", "B", "C"], columns))
    assert {one.subject: one.grade for one in found} == {
        "A": "",
        "B": "excellent",
        "C": "excellent",
    }


def test_what_was_not_checked_for_a_seat_is_named():
    pack = pack_of(EVENTS, EXCELLENT)
    (only,) = rank(pack, pack.set(), Table(["A"], {"events.total": [5], "banned": [False]}))
    assert (only.grade, only.unchecked) == (
        "excellent",
        ("false_material", "excellent_awarded_ever"),
    )


def test_a_grade_may_need_score_and_rank_share():
    grades = {
        "excellent": {"score_at_least": 80, "rank_share_at_most": "20 %"},
        "pass": {"score_at_least": 60},
        "fail": {"score_below": 60},
    }
    pack = pack_of(EVENTS, grades)
    now = Table(NAMES, {"events.total": [100, 90, 60, 59, 0]})
    assert {one.subject: one.grade for one in rank(pack, pack.set(), now)} == {
        "A": "excellent",
        "B": "pass",
        "C": "pass",
        "D": "fail",
        "E": "fail",
    }


def test_weights_depend_on_the_type_of_space_and_an_unknown_type_is_unranked():
    text = {"owned": 10, "rented": 20}
    pack = pack_of({"events": ("events", text, "share_of_best")}, weights_by="tenure")
    now = Table(["A", "B", "C"], {"events.total": [5, 5, 5], "tenure": ["owned", "rented", None]})
    assert ranked(pack, now) == {"B": 20, "A": 10, "C": "tenure"}


def test_the_bonus_has_its_cap_and_a_missing_one_is_unranked():
    bonus = {"fact": "distinctive_cases", "each": 1, "at_most": 5, "cite": "第十条"}
    pack = pack_of(EVENTS, bonus=bonus)
    now = Table(["A", "B", "C"], {"events.total": [5, 5, 5], "distinctive_cases": [7, 2, None]})
    assert ranked(pack, now) == {"A": 105, "B": 102, "C": "distinctive_cases"}


def test_a_derived_share_is_scored_from_its_inputs():
    scale = {"linear": {"from": "0 %", "to": "100 %"}}
    pack = pack_of({"use": ("occupancy", 30, scale)})
    now = Table(["A", "B", "C"], {"desks": [30, 40, 0], "desks_occupied": [10, 30, 0]})
    assert ranked(pack, now) == {"B": Fraction("22.5"), "A": 10, "C": "occupancy"}


def test_years_that_were_written_in_months_are_scored_exactly():
    pack = pack_of({"lease": ("lease_years", 12, {"linear": {"from": "0 year", "to": "1 year"}})})
    now = Table(["A", "B"], {"lease_years": [Fraction(5, 12), Fraction(1, 4)]})
    assert ranked(pack, now) == {"A": 5, "B": 3}


def test_two_years_are_joined_by_code_before_name():
    pack = pack_of(EVENTS, parts=HALVES)
    now = Table(["renamed", "same name"], {"events.total": [10, 10]}, codes=["1", "2"])
    before = Table(["old name", "same name"], {"events.total": [5, 5]}, codes=["1", "3"])
    found = rank(pack, pack.set(), now, before)
    assert {one.subject: one.first_year for one in found} == {"renamed": False, "same name": True}


def test_huge_figures_with_decimals_are_added_without_overflow():
    pack = pack_of({"money": ("financing", 100, "share_of_best")}, parts=HALVES)
    big = 10**15 - 1
    now = Table(["A", "B"], {"financing.total": [big, big - 1]})
    before = Table(["A", "B"], {"financing.total": [Fraction(1, 10**6), Fraction(2, 10**6)]})
    assert ranked(pack, now, before) == {"A": 100, "B": 100}
    assert [one.rank for one in rank(pack, pack.set(), now, before)] == [1, 1]


def test_a_set_of_conditions_cannot_rank():
    pack, _name = find_pack("zhejiang-2016")
    with pytest.raises(Refused) as refused:
        rank(pack, pack.sets["filing"], Table([], {}))
    assert str(refused.value) == (
        "Set filing has no indicators; it cannot rank. Sets that can: evaluation."
    )


def test_nobody_is_ranked_where_nobody_is_there():
    pack = pack_of(EVENTS)
    assert list(rank(pack, pack.set(), Table([], {"events.total": []}))) == []
    assert ranked(pack, Table(["A"], {})) == {"A": "events.total"}


def test_a_campaign_may_change_the_setting_of_a_set():
    pack = pack_of(EVENTS, parts=HALVES)
    scoring = replace(pack.set().scoring, increment="growth_of_year")
    now = Table(["A"], {"events.total": [4], "events.year": [4]})
    before = Table(["A"], {"events.total": [4], "events.year": [2]})
    found = rank(pack, replace(pack.set(), scoring=scoring), now, before)
    assert [one.score for one in found] == [100]
