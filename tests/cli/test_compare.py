"""`zhongchuang compare`."""

import pytest


@pytest.fixture
def answers(run, spaces):
    return run("compare", spaces, "--on", "2026-01-01", "--json").json


@pytest.fixture
def by_set(answers):
    answer = answers[0]
    assert answer["subject"] == "示例·短缺空间"
    return {(row["pack"], row["set"]): row for row in answer["packs"]}


def test_every_pack_answers_with_term_verdict_conditions_and_awards(by_set):
    row = by_set["zhejiang-2016", "filing"]
    assert (row["in_force"], row["term"], row["verdict"]) == (True, "2016-02-01/…", "not_met")
    assert {one["id"]: one["verdict"] for one in row["conditions"]}["desks"] == "not_met"
    assert row["awards"] == []
    assert {"hunan-2016", "shanghai-2016", "xuchang-2016", "national-2017", "most-2015"} <= {
        pack for pack, _rules in by_set
    }


def test_what_could_be_paid_stands_where_the_set_may_still_be_met(answers):
    packs = {(row["pack"], row["set"]): row for row in answers[1]["packs"]}
    row = packs["zhejiang-2016", "filing"]
    assert row["verdict"] != "not_met"
    assert [(one["id"], one["amount"], one["cite"]) for one in row["awards"]] == [
        ("excellent", "500000 CNY", "第八条")
    ]


def test_a_lapsed_pack_says_so_and_is_judged_on_its_nearest_day(by_set):
    row = by_set["xuchang-2016", "technical"]
    assert (row["in_force"], row["state"], row["judged_on"]) == (False, "lapsed", "2019-05-31")


def test_a_judgement_under_one_set_settles_no_other(run, make_file):
    def verdicts(header):
        done = run("compare", make_file(f"名称,{header}", "甲,通过"), "--json")
        found = {
            f"{row['pack']}:{row['set']}": {one["id"]: one["verdict"] for one in row["conditions"]}
            for row in done.json[0]["packs"]
        }
        sets = ("zhejiang-2016:filing", "hunan-2016:recognition")
        return [found[name]["rules"] for name in sets], done.err

    plain, warned = verdicts("judged.rules")
    assert plain == ["for_judgement", "for_judgement"]
    assert "judged.hunan-2016:recognition.rules" in warned
    assert verdicts("judged.zhejiang-2016:filing.rules")[0] == ["met", "for_judgement"]


def test_one_set_takes_a_judgement_by_its_plain_name(run, make_file):
    file = make_file("名称,judged.rules", "甲,通过")
    done = run("check", "hunan-2016:recognition", file, "--on", "2017-01-01", "--json", "--strict")
    rules = {one["id"]: one["verdict"] for one in done.json[0]["conditions"]}["rules"]
    assert (rules, done.err) == ("met", "")


def test_a_proposal_pays_nothing(by_set):
    assert by_set["hedong-2017", "support"]["awards"] == []


def test_people_see_one_line_a_set_with_term_gap_and_money(run, spaces):
    done = run("compare", spaces, "--on", "2026-01-01")
    assert done.code == 0
    zhejiang = [line for line in done.out.splitlines() if line.startswith("浙江 2016")]
    assert zhejiang[0].split() == [
        "浙江", "2016", "·", "备案条件", "现行", "×", "未满足", "创业工位", "差", "20", "个", "第六条(三)",
    ]  # fmt: skip
    assert any(
        "已失效 2019-05-31" in line
        for line in done.out.splitlines()
        if line.startswith("许昌 2016")
    )
    assert any("建议稿" in line for line in done.out.splitlines() if line.startswith("河东 2017"))


def test_many_spaces_are_one_mark_a_set(run):
    assert run("demo", "--spaces", "30", "--out", "demo.csv").code == 0
    done = run("compare", "demo.csv")
    rows = [line.split() for line in done.out.splitlines() if line.startswith("示例")]
    assert len(rows) == 30
    assert {mark for row in rows for mark in row[1:]} <= set("√×?○-")
