"""The charts of a space against hand counts; nothing unknown is drawn as zero."""

import re
from datetime import date

import pytest
from django.urls import reverse

from zhongchuang.ledgers.drawing import runs
from zhongchuang.records.register import collect
from zhongchuang.residents import actions
from zhongchuang.residents.charts import charts, month_ends
from zhongchuang.residents.models import Founder
from zhongchuang.residents.survival import at, at_risk, observed, survival

pytestmark = pytest.mark.django_db
ON = date(2026, 7, 15)


@pytest.fixture
def move(registered, cast):
    """`move("A", "2024-01-01")` takes in; with `until` and how it ended it also leaves."""
    space, by = registered(), cast["bees.operator_clerk"]

    def one(name, day, *, until=None, outcome="", kind="team", **more):
        given = {"desks": 2, "founder": "张三", "founder_kind": "", "stage": ""} | more
        stay = actions.take_in(space, by=by, kind=kind, name=name, day=date.fromisoformat(day), **given)  # fmt: skip
        if until:
            day = date.fromisoformat(until)
            actions.leave(stay, by=by, version=1, day=day, outcome=outcome, destination="")
        return stay

    one.space = space
    return one


def chart(space, name, on=ON):
    return next(one for one in charts(None, space, on) if one.name == name)


def table(space, name, on=ON):
    return [[cell.text for cell in row] for row in chart(space, name, on).rows]


# --- survival -------------------------------------------------------------------------------------

REMISSION = [6, 6, 6, 7, 10, 13, 16, 22, 23]
CENSORED = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]


def test_the_curve_is_the_published_one_of_the_remission_data():
    """Klein and Moeschberger, Survival Analysis (2nd ed. 2003), table 4.1B: 21 patients on 6-mercaptopurine."""
    curve = survival(REMISSION, CENSORED)
    found = {days: round(at(curve, days).share, 3) for days in (5, 6, 7, 10, 13, 16, 22, 23, 35)}
    assert found == {5: 1.0, 6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448, 35: 0.448}  # fmt: skip
    assert [at_risk(REMISSION, CENSORED, days) for days in (6, 7, 10, 13, 16, 22, 23)] == [21, 17, 15, 12, 11, 7, 6]  # fmt: skip
    assert all(one.low <= one.share <= one.high for one in curve[1:])


def test_only_giving_up_and_elimination_are_ends_and_all_others_drop_out(move):
    """By hand: of 5 one is gone after 31 days (4/5), of the 3 still observed one after 92 days (4/5 · 2/3)."""
    move("A", "2026-01-01", until="2026-02-01", outcome="closed")
    move("B", "2026-01-01", until="2026-03-01", outcome="graduated")
    move("C", "2026-01-01", until="2026-04-03", outcome="eliminated")
    move("D", "2026-01-01", until="2026-05-01", outcome="left")
    move("E", "2026-01-01")
    move("F", "2026-01-01", kind="maker", until="2026-01-02", outcome="closed")
    ended, others = observed(move.space, ON)
    assert (sorted(ended), sorted(others)) == ([31, 92], [59, 120, 195])
    curve = survival(ended, others)
    assert [round(at(curve, days).share, 4) for days in (30, 31, 91, 92, 195)] == [1.0, 0.8, 0.8, 0.5333, 0.5333]  # fmt: skip
    assert table(move.space, "survival")[-1][:3] == ["6 个月", "1", "53.3%"]


def test_as_of_an_earlier_day_later_ends_are_not_known(move):
    move("A", "2026-01-01", until="2026-02-01", outcome="closed")
    move("B", "2026-03-01")
    assert observed(move.space, date(2026, 1, 21)) == ([], [20])
    assert observed(move.space, date(2026, 2, 1)) == ([31], [])


def test_where_none_or_all_are_gone_the_band_has_no_value_and_the_curve_is_drawn(move):
    move("A", "2026-01-01")
    assert [(one.share, one.low) for one in survival([], [195])] == [(1.0, None), (1.0, None)]
    assert [(one.share, one.low) for one in survival([195], [])] == [(1.0, None), (0.0, None)]
    assert chart(move.space, "survival").picture is not None


# --- occupancy ------------------------------------------------------------------------------------


def test_occupancy_is_what_the_facts_say_at_the_end_of_each_month(move):
    move("A", "2026-02-10", desks=8)
    move("B", "2026-04-01", until="2026-06-01", outcome="graduated", desks=16)
    told = {row[0]: row[1:] for row in table(move.space, "occupancy")}
    assert told["2026年1月"] == ["", "80", ""]
    assert told["2026年2月"] == ["8", "80", "10.0%"]
    assert told["2026年4月"] == ["24", "80", "30.0%"]
    assert told["2026年6月"] == ["8", "80", "10.0%"]
    days = month_ends(move.space.opened, ON)
    assert (len(days), days[0], days[-2:]) == (36, date(2023, 8, 31), [date(2026, 6, 30), ON])
    for day in days:
        facts = collect([move.space.pk], ("desks_occupied",), day).columns["desks_occupied"][0]
        assert told[f"{day.year}年{day.month}月"][0] == ("" if facts is None else str(facts))


def test_months_that_are_unknown_are_gaps_in_the_line_not_zero(move):
    move("A", "2026-02-10", until="2026-03-05", outcome="graduated", desks=8)
    move("B", "2026-04-01", until="2026-05-02", outcome="graduated", desks=None)
    told = {row[0]: row[3] for row in table(move.space, "occupancy")}
    assert [told[f"2026年{month}月"] for month in (1, 2, 3, 4, 5)] == ["", "10.0%", "0.0%", "", "0.0%"]  # fmt: skip
    lines = [one for one in chart(move.space, "occupancy").picture.shapes if one.look == "line"]
    assert len(lines) == 2


def test_unknown_figures_part_a_line():
    assert runs([None, 1, 2, None, None, 0, None]) == [[(1, 1.0), (2, 2.0)], [(5, 0.0)]]


# --- who stays ------------------------------------------------------------------------------------


def test_residents_are_counted_by_stage_and_by_founder_and_the_unrecorded_stand_apart(move):
    move("A", "2026-01-01", stage="nursery", founder_kind="student")
    move("B", "2026-01-01", stage="incubator", founder_kind="student")
    move("C", "2026-01-01", stage="incubator", founder_kind="")
    move("D", "2026-01-01")
    move("E", "2026-01-01", kind="maker", stage="nursery", founder_kind="student")
    move("F", "2026-01-01", stage="nursery", until="2026-02-01", outcome="graduated")
    assert [row[1] for row in table(move.space, "stages")] == ["1", "2", "0", "1"]
    origins = dict(table(move.space, "origins"))
    assert (origins[Founder.Kind.STUDENT.label], origins["未登记"]) == ("2", "2")


# --- the page -------------------------------------------------------------------------------------


def page(client, space, **asked):
    return client.get(reverse("ledgers:charts", args=[space.code]), asked)


@pytest.mark.parametrize("who", ["bees.operator_clerk", "ping.reviewer"])
def test_whoever_sees_the_space_sees_each_chart_with_definition_and_table(move, signed_in, who):
    move("A", "2026-01-01", stage="nursery", founder_kind="student")
    answer = page(signed_in(who), move.space, on=ON.isoformat())
    names = [one.name for one in answer.context["charts"]]
    assert names == ["functions", "occupancy", "stages", "origins", "survival", "income"]
    text = answer.content.decode()
    drawn = [one for one in answer.context["charts"] if one.picture]
    assert text.count('role="img"') == text.count('<details class="more"') == len(drawn) == 5
    assert "尚无可绘制的数据" in text
    assert all(str(one.about) in text for one in answer.context["charts"])


def test_there_are_no_english_letters_on_the_chinese_page(move, signed_in):
    move("A", "2026-01-01", until="2026-02-01", outcome="closed")
    main = page(signed_in("ping.reviewer"), move.space).content.decode()
    main = main[main.index("<main") : main.index("</main>")]
    words = re.sub(r"<[^>]*>", " ", main)
    assert re.findall("[A-Za-z]{2,}", words.replace(move.space.code, "")) == []


def test_an_outsider_sees_no_chart(move, signed_in):
    assert page(signed_in("ants.operator_head"), move.space).status_code == 404


def test_an_empty_chart_says_what_to_record_and_leads_its_operator_there(registered, signed_in):
    space = registered()
    text = page(signed_in("bees.operator_head"), space).content.decode()
    assert reverse("residents:take_in", args=[space.code]) in text
    assert text.count("尚无可绘制的数据") == 6
    assert reverse("residents:take_in", args=[space.code]) not in page(signed_in("ping.reviewer"), space).content.decode()  # fmt: skip
