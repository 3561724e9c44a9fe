"""`zhongchuang check`."""

import json
import os
import subprocess
import sys

HEADER = "名称,工位数"


def conditions(answer):
    return {row["id"]: row for row in answer["conditions"]}


def test_the_table_says_what_is_short_by_how_much_and_by_which_article(run, spaces):
    done = run("check", "zhejiang-2016", spaces, "--on", "2016-03-01")
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[2].split() == [
        "示例·短缺空间",
        "×",
        "未满足",
        "6",
        "2",
        "0",
        "6",
        "创业工位",
        "差",
        "20",
        "个",
        "第六条(三)",
    ]
    assert lines[3].split() == ["租赁场地的有效租期", "差", "1", "年", "第六条(三)"]
    assert lines[4].split()[-1] == "缺数据：种子资金或投资基金规模"
    assert lines[-1] == "× 未满足 1  ? 未知 1"


def test_json_holds_one_object_a_subject_and_one_a_leaf(run, spaces):
    short, unknown = run("check", "zhejiang-2016", spaces, "--json").json
    assert (short["subject"], short["verdict"], unknown["verdict"]) == (
        "示例·短缺空间",
        "not_met",
        "unknown",
    )
    found = conditions(short)["desks"]
    found.pop("test", None)
    assert found == {
        "id": "desks",
        "fact": "desks",
        "verdict": "not_met",
        "cite": "第六条(三)",
        "needed": "100 desk",
        "found": "80 desk",
        "short_by": "20 desk",
        "groups": [{"id": "premises", "kind": "all_of", "verdict": "not_met"}],
    }
    assert conditions(unknown)["fund"]["missing"] == ["fund_amount"]
    assert conditions(unknown)["lease"]["verdict"] == "not_applicable"


def test_over_a_thousand_subjects_are_one_object_a_line(run, make_file):
    file = make_file(HEADER, *(f"示例{number},{number}" for number in range(1001)))
    lines = run("check", "zhejiang-2016", file, "--json").out.splitlines()
    assert [json.loads(line)["subject"] for line in lines] == [
        f"示例{number}" for number in range(1001)
    ]


def test_over_a_thousand_subjects_a_person_sees_totals(run, make_file):
    file = make_file(HEADER, *(f"示例{number},{number}" for number in range(1001)))
    out = run("check", "zhejiang-2016", file).out
    desks = next(line for line in out.splitlines() if line.startswith("创业工位"))
    assert desks.split() == ["创业工位", "901", "100", "0", "0", "0"]


def test_outside_its_term_a_pack_is_refused_with_the_term_and_a_day_in_it(run, spaces):
    done = run("check", "xuchang-2016", spaces, "--on", "2026-01-01")
    assert (done.code, done.out) == (1, "")
    assert "2016-06-01/2019-05-31" in done.err
    assert "--on 2019-05-31" in done.err
    assert run("check", "xuchang-2016", spaces, "--on", "2019/5/31").code == 0


def test_a_subject_twice_is_answered_row_by_row(run, make_file):
    file = make_file(HEADER, "示例,80", "示例,120")
    found = [
        conditions(one)["desks"]["verdict"]
        for one in run("check", "zhejiang-2016", file, "--json").json
    ]
    assert found == ["not_met", "met"]


def test_a_column_that_is_no_fact_is_a_warning_and_with_strict_a_refusal(run, make_file):
    file = make_file("名称,工位数目", "示例,80")
    lax, strict = (
        run("check", "zhejiang-2016", file),
        run("check", "zhejiang-2016", file, "--strict"),
    )
    assert (lax.code, strict.code, strict.out) == (0, 2, "")
    assert "工位数目" in lax.err
    assert "工位数目" in strict.err


def test_a_cell_that_cannot_be_read_refuses_the_file_and_names_every_such_cell(run, make_file):
    file = make_file(HEADER, "甲,许多", "乙,80", "丙,-5")
    done = run("check", "zhejiang-2016", file)
    assert (done.code, done.out) == (2, "")
    assert [part in done.err for part in (file, "许多", "-5")] == [True, True, True]


def test_unknown_packs_and_sets_name_those_that_exist(run, spaces):
    pack, rules = (
        run("check", "nowhere-2016", spaces),
        run("check", "zhejiang-2016:nothing", spaces),
    )
    assert (pack.code, rules.code) == (2, 2)
    assert "zhejiang-2016" in pack.err
    assert "filing, evaluation" in rules.err


def test_a_set_that_only_ranks_is_refused_with_the_sets_that_judge(run, spaces):
    done = run("check", "zhejiang-2016:evaluation", spaces)
    assert done.code == 2
    assert "filing" in done.err


def test_a_day_that_is_none_is_refused(run, spaces):
    done = run("check", "zhejiang-2016", spaces, "--on", "2016-02-30")
    assert (done.code, done.err) == (2, "“2016-02-30”不是日期。请写成 2016-03-01 的形式。\n")


def test_the_language_follows_option_then_variable_then_locale(run, spaces):
    ask = ("check", "zhejiang-2016", spaces)
    assert "Not met" in run(*ask, LANG="en_GB.UTF-8").out
    assert "未满足" in run(*ask, LANG="en_GB.UTF-8", ZHONGCHUANG_LANG="zh").out
    assert "Not met" in run(*ask, "--lang", "en", ZHONGCHUANG_LANG="zh").out
    assert "未满足" in run(*ask, LANG="de_DE.UTF-8").out


def test_signs_that_steer_a_terminal_are_not_printed(run, make_file):
    file = make_file(HEADER, "示例\u202e乙\u2066,80")
    assert "\u202e" not in run("check", "zhejiang-2016", file).out
    assert run("check", "zhejiang-2016", file, "--json").code == 0


def test_a_closed_pipe_ends_the_program_in_silence(tmp_path, make_file):
    file = make_file(HEADER, *(f"示例{number},{number}" for number in range(3000)))
    command = [
        sys.executable,
        "-c",
        "from zhongchuang.cli import main; main()",
        "check",
        "zhejiang-2016",
        file,
        "--json",
    ]
    program = subprocess.Popen(
        command,
        cwd=tmp_path,
        env=os.environ | {"LANG": "C.UTF-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    program.stdout.readline()
    program.stdout.close()
    assert program.stderr.read() == b""
    program.stderr.close()
    program.wait(60)


def test_a_small_check_loads_nothing_heavy(tmp_path, spaces):
    heavy = (
        "numpy",
        "rich",
        "django",
        "xlsxwriter",
        "pyarrow",
        "python_calamine",
        "zhongchuang.policy.columns",
    )
    script = f"""
import sys
from zhongchuang.cli import main
sys.argv = ["zhongchuang", "check", "zhejiang-2016", {spaces!r}]
try:
    main()
except SystemExit:
    print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)
"""
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stderr == "[]\n"
