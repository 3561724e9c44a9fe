"""The plain answer: every leaf has its article, and money is named only where it may be paid."""

from datetime import date

import pytest

from zhongchuang.policy.answer import check_answer, compared, pack_answer
from zhongchuang.policy.facts import Facts
from zhongchuang.policy.loading import all_packs, find_pack

ON = date(2017, 1, 1)
XUZHOU = {"registered_in": "320300"}


def awards(reference, facts, judged=None):
    pack, name = find_pack(reference)
    row = pack_answer(pack, pack.set(name), Facts.of("甲", facts), judged or {}, ON)
    return row["awards"]


@pytest.mark.parametrize(
    "reference", [f"{pack.id}:{rules.name}" for pack, rules in compared(all_packs())]
)
def test_every_condition_of_an_answer_has_an_article(reference):
    pack, name = find_pack(reference)
    answer = check_answer("甲", pack.set(name).judge(Facts.of("甲", {})))
    assert [row["id"] for row in answer["conditions"] if not row.get("cite")] == []


def test_a_title_gives_its_award_and_no_lower_one():
    titles = frozenset({"key_space@national", "key_space@municipal"})
    found = {
        row["id"]: row.get("amount")
        for row in awards("xuzhou-2016", XUZHOU | {"titles": titles})
        if row["for"] == "facts"
    }
    assert found == {"title_national": "500000 CNY", "running": None, "premises": None}


def test_titles_that_are_not_known_leave_the_awards_open_and_name_what_is_missing():
    found = {
        row["id"]: row.get("missing")
        for row in awards("xuzhou-2016", XUZHOU)
        if row["id"].startswith("title")
    }
    assert found == {
        key: ["titles"] for key in ("title_national", "title_provincial", "title_municipal")
    }


def test_a_space_without_titles_is_promised_none_of_their_awards():
    found = [row["id"] for row in awards("xuzhou-2016", XUZHOU | {"titles": frozenset()})]
    assert [one for one in found if one.startswith("title")] == []


def test_nothing_is_paid_where_the_conditions_are_not_met():
    assert awards("xuzhou-2016", {"registered_in": "320100"}) == []
    assert awards("zhejiang-2016", {"floor_area": 499}) == []


def test_what_a_grade_would_give_is_named_with_the_grade():
    assert awards("zhejiang-2016", {"floor_area": 500}) == [
        {
            "id": "excellent",
            "amount": "500000 CNY",
            "cite": "第八条",
            "for": "grade",
            "grade": "excellent",
        }
    ]


def test_an_award_that_is_paid_once_is_not_promised_twice():
    assert awards("zhejiang-2016", {"excellent_awarded_ever": True}) == []


def test_a_proposal_pays_nothing():
    assert (
        awards(
            "hedong-2017",
            {"registered_in": "120102", "titles": frozenset({"innovation_space@county"})},
        )
        == []
    )
