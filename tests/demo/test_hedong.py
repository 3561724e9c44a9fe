"""The six spaces of Hedong: what is published, and nothing else."""

from fractions import Fraction

import pytest

from zhongchuang.demo import hedong, hedong_notes, hedong_source, hedong_subsidies, hedong_totals
from zhongchuang.policy.awards import split
from zhongchuang.policy.loading import find_pack
from zhongchuang.policy.quantity import Quantity

M3, ELECTRIC, HANDS, YITANG, NASH, QINFANG = (
    "M3创空间", "天津电气院智能电气众创空间", "天津手牵手众创空间", "宜棠熙悦众创空间", "纳什空间", "勤坊众创空间",
)  # fmt: skip


def test_the_funds_are_as_published_and_the_sixth_is_unknown():
    table = hedong()
    assert dict(zip(table.subjects, table.columns["fund_amount"], strict=True)) == {
        M3: 3_000_000, ELECTRIC: 3_000_000, HANDS: None, YITANG: 3_000_000, NASH: 2_000_000, QINFANG: 3_000_000,
    }  # fmt: skip


def test_titles_are_given_where_the_survey_lets_them_be_attributed():
    table = hedong()
    titles = dict(zip(table.subjects, table.columns["titles"], strict=True))
    national = [
        name for name, held in titles.items() if held and "innovation_space@national" in held
    ]
    municipal = [
        name for name, held in titles.items() if held and "innovation_space@municipal" in held
    ]
    assert (national, municipal) == ([M3, ELECTRIC], [M3, ELECTRIC, HANDS, YITANG])
    assert [name for name, held in titles.items() if held is None] == [NASH, QINFANG]
    assert set(hedong_notes()) >= {"titles", "free_months", "fund_amount", "subsidy"}


def test_the_subsidies_divide_between_city_and_district():
    subsidies = hedong_subsidies()
    assert {name: str(amount) for name, amount in subsidies.items()} == {
        M3: "3000000 CNY", ELECTRIC: "2000000 CNY", HANDS: "2000000 CNY", YITANG: "3000000 CNY",
    }  # fmt: skip
    parts = split(subsidies[M3], {"city": Quantity(70, "%"), "district": Quantity(30, "%")})
    assert {payer: part.amount for payer, part in parts.items()} == {
        "city": 2_100_000,
        "district": 900_000,
    }


def test_nothing_but_fund_titles_and_free_months_is_known_of_a_space():
    assert set(hedong().columns) == {"fund_amount", "titles", "free_months"}


def test_the_totals_of_the_district_are_the_published_ones():
    totals = {one.id: (str(one.amount), one.more_than) for one in hedong_totals()}
    assert totals == {
        "spaces": ("6 entity", False), "municipal_titles": ("5 entity", False), "national_titles": ("2 entity", False),
        "floor_area": ("16300 m2", False), "desks": ("466 desk", False), "mentors": ("60 person", True),
        "trainings.total": ("82 time", False), "events.total": ("100 time", True), "makers": ("280 person", True),
        "resident_teams": ("163 entity", False), "graduates_employed.total": ("230 person", True),
        "financing.total": ("21000000 CNY", True), "firms_registered.total": ("83 entity", False),
        "ip_applied.total": ("42 item", False), "ip_granted.total": ("28 item", False),
        "results_developed.total": ("48 item", False), "results_transferred.total": ("16 item", False),
    }  # fmt: skip
    assert all(one.place for one in hedong_totals())
    assert str(hedong_source().as_of) == "2017-08-31"


@pytest.mark.parametrize("reference", ["zhejiang-2016", "national-2017"])
def test_what_is_unknown_decides_nothing(reference):
    pack, name = find_pack(reference)
    table = hedong()
    assert {pack.set(name).judge(table.facts(row)).name for row in table.rows()} <= {
        "unknown",
        "not_met",
    }
    assert Fraction(table.columns["free_months"][0]) == 3
