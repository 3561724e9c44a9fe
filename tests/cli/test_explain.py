"""`zhongchuang explain` and `zhongchuang recompute`."""

import json


def test_the_tree_shows_needed_found_short_article_note_and_what_to_look_at(run, spaces):
    done = run(
        "explain", "zhejiang-2016", spaces, "--subject", "示例·短缺空间", "--on", "2016-03-01"
    )
    assert done.code == 0
    lines = [line.strip("│├└─ ") for line in done.out.splitlines()]
    assert lines[0] == "× 未满足  示例·短缺空间（浙江 2016 · 备案条件）"
    assert "× 未满足 创业工位 第六条(三): 要求 ≥ 100 个；现为 80 个；差 20 个" in lines
    assert "√ 满足 种子资金或投资基金 第六条(四): 要求 ≥ 300 万元；现为 300 万元" in lines
    assert "本项目的理解：有效租期按核对日的剩余租期理解" in lines
    assert [line for line in lines if line.startswith("查看要点：")]


def test_json_is_the_answer_of_check_for_the_one_subject(run, spaces):
    one = run("explain", "zhejiang-2016", spaces, "--subject", "示例·短缺空间", "--json").json
    assert one == run("check", "zhejiang-2016", spaces, "--json").json[0]


def test_a_subject_that_is_not_there_is_refused_with_the_nearest(run, spaces):
    done = run("explain", "zhejiang-2016", spaces, "--subject", "示例·短缺")
    assert (done.code, done.out) == (2, "")
    assert "示例·短缺空间" in done.err


def test_a_saved_decision_comes_out_the_same(run, spaces, tmp_path):
    saved = run(
        "explain",
        "zhejiang-2016",
        spaces,
        "--subject",
        "示例·短缺空间",
        "--on",
        "2016-03-01",
        "--save",
        "d.json",
        "--by",
        "某科",
    )
    assert saved.code == 0
    decision = json.loads((tmp_path / "d.json").read_text(encoding="utf-8"))
    assert (decision["subject"], decision["on"], decision["by"]) == (
        "示例·短缺空间",
        "2016-03-01",
        "某科",
    )
    again = run("recompute", "d.json")
    assert (again.code, again.out) == (0, "结果相同：× 未满足。\n")
    assert run("recompute", "d.json", "--json").json == {
        "same": True,
        "verdict": "not_met",
        "differences": [],
    }


def test_a_decision_whose_facts_were_changed_comes_out_different(run, spaces, tmp_path):
    run("explain", "zhejiang-2016", spaces, "--subject", "示例·短缺空间", "--save", "d.json")
    text = (tmp_path / "d.json").read_text(encoding="utf-8")
    (tmp_path / "d.json").write_text(text.replace("80 desk", "120 desk"), encoding="utf-8")
    done = run("recompute", "d.json")
    assert done.code == 1
    assert "desks" in done.out


def test_what_is_no_decision_is_unreadable(run, spaces, tmp_path):
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe{}")
    (tmp_path / "deep.json").write_text("[" * 100_000, encoding="utf-8")
    (tmp_path / "other.json").write_text('{"format": 9}', encoding="utf-8")
    found = {
        name: run("recompute", name)
        for name in (spaces, "nothing.json", "bytes.json", "deep.json", "other.json")
    }
    assert {name: (done.code, done.out) for name, done in found.items()} == dict.fromkeys(
        found, (2, "")
    )
    assert all(done.err for done in found.values())
