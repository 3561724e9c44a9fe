"""The invented province: deterministic, marked, and consistent with itself."""

from fractions import Fraction

import pytest
from stdnum.cn import uscc

from zhongchuang.demo import province
from zhongchuang.demo.province import code_of, name_of
from zhongchuang.policy.facts import space_catalogue
from zhongchuang.policy.loading import find_pack
from zhongchuang.policy.ranking import rank

PARTS = (
    ("desks_occupied", "desks"), ("staff_fulltime", "staff"), ("staff_college", "staff"), ("staff_professional", "staff"),
    ("fund_own", "fund_amount"), ("ip_valid", "ip_granted.total"), ("inventions_valid", "ip_valid"), ("lease_years_left", "lease_years"),
    ("statistics_months", "months_operating"), ("residents_served.year", "residents_served.years3"),
    ("residents_served.years3", "residents_served.total"), ("residents", "residents_served.year"),
    ("cases_incubated.year", "cases_incubated.years3"), ("cases_incubated.years3", "cases_incubated.total"),
    *((f"{part}.{kind}", f"{whole}.{kind}") for kind in ("year", "total") for part, whole in (
        ("ip_granted", "ip_applied"), ("results_transferred", "results_developed"), ("results_promoted", "results_developed"),
        ("trainings", "events"), ("roadshows", "events"), ("international_events", "events"), ("projects_invested", "residents_financed"),
        ("investment_cases", "residents_financed"), ("financing_own", "financing"), ("growth_placements", "firms_commercialised"),
        ("cases_incubated", "firms_registered"), ("events", "attendance"))),
)  # fmt: skip


@pytest.fixture(scope="module")
def tables():
    return province(900, 1)


def rows(table):
    return [table.facts(row).values for row in table.rows()]


def test_the_same_seed_gives_the_same_province(tables):
    now, before = province(900, 1)
    assert (now, before) == tables
    assert province(20, 2)[0].columns != province(20, 1)[0].columns


def test_a_smaller_province_is_the_beginning_of_a_larger_one(tables):
    few = province(50, 1)[0]
    assert few.subjects == tables[0].subjects[:50]
    assert few.columns["desks"] == tables[0].columns["desks"][:50]


def test_every_name_is_marked_and_stands_once(tables):
    names = tables[0].subjects
    assert all(name.startswith("示例·") for name in names)
    assert len(set(names)) == 900
    assert len({name_of(number) for number in range(12_000)}) == 12_000


def test_codes_pass_their_check_digit_and_belong_to_no_office(tables):
    codes = tables[0].codes
    assert all(uscc.is_valid(code) for code in codes)
    assert {code[2:8] for code in codes} == {"999999"}
    assert len({code_of(number) for number in range(2000)}) == 2000


def test_every_column_is_a_fact_and_every_city_is_of_the_province(tables):
    assert set(tables[0].columns) <= set(space_catalogue().columns)
    assert {code[:2] for code in tables[0].columns["registered_in"]} == {"33"}


@pytest.mark.parametrize("which", [0, 1])
def test_no_part_exceeds_its_whole(tables, which):
    wrong = [(part, whole) for facts in rows(tables[which]) for part, whole in PARTS
             if part in facts and whole in facts and facts[part] > facts[whole]]  # fmt: skip
    assert wrong == []


@pytest.mark.parametrize("which", [0, 1])
def test_no_total_is_below_its_year(tables, which):
    names = [name.removesuffix(".year") for name in tables[which].columns if name.endswith(".year")]
    wrong = [name for facts in rows(tables[which]) for name in names
             if f"{name}.year" in facts and f"{name}.total" in facts and facts[f"{name}.year"] > facts[f"{name}.total"]]  # fmt: skip
    assert wrong == []


def test_what_was_added_on_the_year_before_is_the_years_own_figure(tables):
    now, before = tables
    earlier = dict(zip(before.codes, rows(before), strict=True))
    names = [
        name.removesuffix(".year")
        for name in before.columns
        if name.endswith(".year") and not name.startswith("residents_served")
    ]
    wrong = []
    for code, facts in zip(now.codes, rows(now), strict=True):
        for name in names:
            year, total = facts.get(f"{name}.year"), facts.get(f"{name}.total")
            known = year is not None and total is not None
            past = earlier[code][f"{name}.total"] if code in earlier else 0
            if known and total - year != past:
                wrong.append((code, name))
    assert wrong == []


def test_residents_served_are_counted_once(tables):
    now, before = tables
    earlier = dict(zip(before.codes, rows(before), strict=True))
    for code, facts in zip(now.codes, rows(now), strict=True):
        if (
            code in earlier
            and "residents_served.total" in facts
            and "residents_served.year" in facts
        ):
            past = earlier[code]["residents_served.total"]
            assert past <= facts["residents_served.total"] <= past + facts["residents_served.year"]


def test_a_space_that_opened_within_the_year_has_no_year_before(tables):
    now, before = tables
    young = {
        code
        for code, months in zip(now.codes, now.columns["months_operating"], strict=True)
        if months <= 12
    }
    assert young
    assert young.isdisjoint(before.codes)


def test_figures_are_plausible_for_the_field(tables):
    for facts in rows(tables[0]):
        if "floor_area" in facts and "desks" in facts:
            assert 20 <= Fraction(facts["floor_area"], facts["desks"]) <= 35
        if "occupancy" in facts:
            assert 50 <= facts["occupancy"] <= 60
        if "usable_area_share" in facts:
            assert facts["usable_area_share"] <= 100


def test_a_good_third_passes_the_filing_of_zhejiang_and_some_figures_are_missing(tables):
    pack, name = find_pack("zhejiang-2016")
    table = tables[0]
    verdicts = [
        pack.set(name).judge(table.facts(row), table.judged(row, pack.id, name)).name
        for row in table.rows()
    ]
    assert 30 <= verdicts.count("met") * 100 / len(verdicts) <= 60
    assert 0 < verdicts.count("unknown") < 90


def test_most_spaces_can_be_ranked(tables):
    pack, _name = find_pack("zhejiang-2016")
    unranked = [one for one in rank(pack, pack.set("evaluation"), *tables) if one.unranked]
    assert 0 < len(unranked) < 180
