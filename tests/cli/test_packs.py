"""`zhongchuang packs`."""

from datetime import date

import pytest

from zhongchuang.policy.loading import load_pack
from zhongchuang.policy.procedure import ENDS, moves, states


def test_the_list_has_one_row_a_set(run):
    rows = run("packs", "list", "--on", "2020-01-01", "--json").json
    found = {(row["pack"], row["set"]): row for row in rows}
    assert found["xuchang-2016", "investment"] == {
        "pack": "xuchang-2016", "set": "investment", "title": "许昌市发展众创空间工作指引（试行）", "in_force": False,
        "term": "2016-06-01/2019-05-31", "status": "law",
    }  # fmt: skip
    assert found["zhejiang-2016", "evaluation"]["in_force"] is True
    assert found["hedong-2017", "support"]["status"] == "proposal"
    assert "zhejiang-2016:filing" in run("packs", "list").out


def test_the_packs_of_the_product_are_in_order(run):
    done = run("packs", "lint")
    assert done.code == 0, done.out


def test_a_new_pack_is_in_order_and_judges(run, spaces):
    assert run("packs", "new", "my-city-2027").code == 0
    assert run("packs", "lint", "my-city-2027").code == 0
    assert [row["verdict"] for row in run("check", "my-city-2027", spaces, "--json").json] == [
        "for_judgement",
        "for_judgement",
    ]


def test_packs_of_a_deployment_stand_beside_those_of_the_product(run, spaces, tmp_path):
    (tmp_path / "more").mkdir()
    assert run("packs", "new", "my-city-2027").code == 0
    (tmp_path / "my-city-2027").rename(tmp_path / "more" / "my-city-2027")
    assert run("check", "my-city-2027", spaces).code == 2
    assert run("check", "my-city-2027", spaces, "--packs", "more").code == 0
    assert run("check", "my-city-2027", spaces, ZHONGCHUANG_PACKS="more").code == 0
    assert run("check", "my-city-2027", spaces, "--packs", "nowhere").code == 2


def test_a_new_pack_replaces_nothing(run, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "pack.toml").write_text("mine", encoding="utf-8")
    assert run("packs", "new", "mine").code == 1
    assert (tmp_path / "mine" / "pack.toml").read_text(encoding="utf-8") == "mine"
    assert run("packs", "new", "../other").code == 2


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("at_least", "at_lest", "at_lest"),
        ('"500 m2"', '"500 CNY"', "conditions[area].at_least"),
        ('id = "rules"', 'id = "area"', "id"),
        ('cite = "第一条(一)"\n', "", "cite"),
        ('fact = "floor_area"', 'fact = "floor_aera"', "fact"),
    ],
)
def test_a_fault_is_named_with_file_and_key(run, tmp_path, old, new, key):
    run("packs", "new", "mine")
    file = tmp_path / "mine" / "pack.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    done = run("packs", "lint", "mine")
    assert done.code == 1
    assert "pack.toml" in done.out
    assert key in done.out


def test_a_pack_without_cases_is_at_fault(run, tmp_path):
    run("packs", "new", "mine")
    (tmp_path / "mine" / "cases.toml").unlink()
    done = run("packs", "lint", "mine")
    assert done.code == 1
    assert "cases.toml" in done.out


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 9_000,
        "a = [\n" * 100_000,
        "x" * 2_000_000,
        "[a]\n" + "b.c = 1\n" * 20_000,
        "\0",
    ],
)
def test_a_hostile_pack_is_refused(run, tmp_path, text):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "pack.toml").write_text(text, encoding="utf-8")
    done = run("packs", "lint", "mine")
    assert done.code == 1
    assert "pack.toml" in done.out


def test_a_folder_without_packs_is_misuse(run, tmp_path):
    (tmp_path / "empty").mkdir()
    assert [run("packs", "lint", place).code for place in ("empty", "nowhere")] == [2, 2]


def test_a_pack_is_shown_with_articles_thresholds_awards_and_digest(run):
    out = run("packs", "show", "zhejiang-2016").out
    assert "2016-02-01/…" in out
    assert "[desks] 创业工位: ≥ 100 个" in out
    assert "[excellent] 省级优秀众创空间奖励 50 万元 第八条" in out
    assert "[desks]" not in run("packs", "show", "zhejiang-2016:evaluation").out
    assert run("packs", "show", "zhejiang-2016:nothing").code == 2


def test_a_procedure_is_shown_step_by_step(run):
    out = run("packs", "show", "zhejiang-2016:filing").out
    start = out.index("[consent]")
    assert out[start:].splitlines()[:5] == [
        "[consent] 设区市科技主管部门审核：设区市级、经办人、批准人、10 个工作日 第七条 （项目拟定）",
        "│  ├─ 市级同意在前，县级填报在后，与通常的逐级上报相反",
        "│  ├─ 同意 → 县（市、区）科技主管部门填报备案",
        "│  ├─ 退回补正 → 申请人",
        "│  └─ 不予办理 → 办结，不予通过",
    ]
    assert "[consent]" not in run("packs", "show", "zhejiang-2016:evaluation").out
    shanghai = run("packs", "show", "shanghai-2016", "--lang", "en").out
    assert "After false material no application is taken for 3 years 第十条" in shanghai
    assert "the alliance, clerk, reviewer, 10 working days" in shanghai


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('kind = "recommend"', 'kind = "stamp"', "steps[recommend].kind"),
        ('may = ["grant", "return", "refuse"]', 'may = ["return"]', "steps[decide].may"),
        ('id = "decide"', 'id = "notice"', "procedures.filing.steps"),
        ('first = "03-01"', 'first = "02-29"', "window.first"),
        ('"floor_area", "desks"', '"floor_area", "dekss"', "sections[premises].facts"),
        ('within = "5 workday"', 'within = "5 month"', "steps[notice].within"),
    ],
)
def test_a_fault_of_a_procedure_is_named_with_file_and_key(run, tmp_path, old, new, fault):
    run("packs", "new", "mine")
    file = tmp_path / "mine" / "pack.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    done = run("packs", "lint", "mine")
    assert (done.code, "pack.toml" in done.out, fault in done.out) == (1, True, True)


def test_a_made_up_jurisdiction_is_one_folder_with_a_whole_procedure_and_no_code(run, tmp_path):
    assert run("packs", "new", "yuelu-2027").code == 0
    folder = tmp_path / "yuelu-2027"
    assert run("packs", "lint", "yuelu-2027").code == 0
    out = run("packs", "show", "yuelu-2027", "--lang", "en").out
    for said in (
        "Each year from 03-01 to 10-31 第二条 (laid down by the project)",
        "[recommend] The county examines and recommends: county level, clerk, approver, 10 working days, with a letter 第三条",
        "recommend → Public notice",
        "end of the days → The province files",
        "approve it → Filed innovation space",
        "Gives: Filed innovation space, for 3 years, with a plaque 第四条",
    ):
        assert said in out, said
    assert sorted(one.name for one in folder.iterdir()) == ["cases.toml", "pack.toml"]
    procedure = load_pack(folder).procedures["filing"]
    assert {one for one in states(procedure) if not moves(procedure, one)} == set(ENDS)
    assert (procedure.window.holds(date(2027, 5, 1)), procedure.ban.years) == (True, 3)
