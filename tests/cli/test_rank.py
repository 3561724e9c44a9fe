"""`zhongchuang rank`."""

import pytest

PARTS = ("residents_served", "firms_commercialised", "technical_services", "results_transferred", "financing", "growth_placements",
         "mentor_sessions", "trainings", "events")  # fmt: skip


def table(*spaces):
    header = [
        "name",
        "mentors",
        "distinctive_cases",
        "banned",
        "false_material",
        "excellent_awarded_ever",
        *(f"{one}.total" for one in PARTS),
    ]
    return [",".join(header), *(",".join([name, str(figure), "0", "no", "no", awarded, *[str(figure)] * len(PARTS)])
                               for name, figure, awarded in spaces)]  # fmt: skip


@pytest.fixture
def ranking(make_file):
    make_file(
        *table(("A", 8, "no"), ("B", 8, "no"), ("C", 10, "yes"), ("D", 4, "no"), ("E", "", "no")),
        name="now.csv",
    )
    make_file(
        *table(("A", 6, "no"), ("B", 6, "no"), ("C", 8, "yes"), ("D", 2, "no")), name="before.csv"
    )
    return "zhejiang-2016:evaluation", "now.csv", "--previous", "before.csv"


def test_json_is_best_first_with_ties_shared_and_the_unranked_last(run, ranking):
    rows = run("rank", *ranking, "--json").json
    assert [(row["subject"], row.get("rank")) for row in rows] == [
        ("C", 1),
        ("A", 2),
        ("B", 2),
        ("D", 4),
        ("E", None),
    ]
    assert [row.get("score") for row in rows] == [100, 90, 90, 70, None]
    assert [row.get("award") for row in rows] == [None, "excellent", "excellent", "excellent", None]
    assert "mentors" in rows[-1]["unranked"]
    assert rows[0]["indicators"][0] == {
        "id": "residents", "fact": "residents_served", "total": "10 entity", "points_total": 15,
        "increment": "2 entity", "points_increment": 15,
    }  # fmt: skip


def test_people_see_parts_grades_awards_ties_and_why_some_are_passed_over(run, ranking):
    out = run("rank", *ranking).out
    lines = [line.split() for line in out.splitlines()]
    assert lines[2] == ["1", "C", "100", "50", "50", "0", "不再授予：曾获优秀奖励"]
    assert lines[3] == [
        "2",
        "A",
        "90",
        "40",
        "50",
        "0",
        "优秀",
        "省级优秀众创空间奖励",
        "50",
        "万元",
    ]
    assert "第 2 名并列 2 家。" in out
    assert "未参加排名：E；缺数据：" in out


def test_without_the_year_before_the_total_part_counts_alone(run, ranking):
    rows = run("rank", *ranking[:2], "--json").json
    assert [(row["subject"], row["score"], row["first_year"]) for row in rows[:2]] == [
        ("C", 100, True),
        ("A", 80, True),
    ]


def test_a_subject_twice_is_refused_with_its_rows(run, make_file):
    file = make_file(*table(("A", 8, "no"), ("B", 8, "no"), ("A", 10, "no")))
    done = run("rank", "zhejiang-2016:evaluation", file)
    assert (done.code, done.out) == (2, "")
    assert "“A”在第 2、4 行" in done.err


def test_the_bare_pack_ranks_by_its_only_set_with_indicators(run, ranking):
    assert (
        run("rank", "zhejiang-2016", *ranking[1:], "--json").out
        == run("rank", *ranking, "--json").out
    )


def test_a_set_without_indicators_cannot_rank(run, ranking):
    done = run("rank", "zhejiang-2016:filing", *ranking[1:])
    assert done.code == 2
    assert "zhejiang-2016:evaluation" in done.err
