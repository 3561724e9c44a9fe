"""`zhongchuang whatif`."""

import pytest


@pytest.fixture
def desks(make_file):
    return make_file("名称,工位数", "甲,79", "乙,80", "丙,99", "丁,100", "戊,120")


def test_who_leaves_not_met_gains_and_who_enters_it_drops_out(run, desks):
    lower, higher = (
        run("whatif", "zhejiang-2016", desks, "--set", f"desks={value}", "--json").json
        for value in (80, "110个")
    )
    assert lower == {"gains": ["乙", "丙"], "drops": [], "unchanged": 3}
    assert higher == {"gains": [], "drops": ["丁"], "unchanged": 4}


def test_people_see_names_and_the_verdicts_before_and_after(run, desks):
    done = run("whatif", "zhejiang-2016", desks, "--set", "desks=80")
    lines = done.out.splitlines()
    assert lines[:5] == ["因此达标：2 家", "  乙", "  丙", "因此不达标：0 家", "没有变化：3 家"]
    assert [line.split() for line in lines if line.startswith("×")] == [["×", "未满足", "3", "1"]]


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (["--set", "tables=80"], "desks"),
        (["--set", "desks"], "desks=80"),
        (["--set", "desks=80", "--set", "desks=90"], "desks"),
        (["--set", "desks=80平方米"], "平方米"),
        (["--set", "rules=80"], "rules"),
        (["--set", "desks=-5"], "-5"),
        (["--set", "desks=12.5"], "12.5"),
        ([], "ID=VALUE"),
    ],
)
def test_a_setting_that_does_not_fit_is_refused(run, desks, options, named):
    done = run("whatif", "zhejiang-2016", desks, *options)
    assert (done.code, done.out) == (2, "")
    assert named in done.err
