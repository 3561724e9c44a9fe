"""What was evaluated and paid before the platform comes in from files, is read where one decides, and is put right by a row that follows."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.db import IntegrityError, transaction

from tests.imports.conftest import bring, no_queue, problems, warnings  # noqa: F401 -- fixtures
from zhongchuang.audit.models import Entry
from zhongchuang.imports import actions as imports
from zhongchuang.imports.access import may_import
from zhongchuang.imports.declaration import kind_of
from zhongchuang.page.refusal import Refused
from zhongchuang.past import actions
from zhongchuang.past.beside import beside
from zhongchuang.past.models import Evaluation, Grant
from zhongchuang.records.actions import Stale
from zhongchuang.records.register import collect, rows_behind

pytestmark = pytest.mark.django_db
BEES, KITES = "91330482MA28A00016", "91330481MA28A0003X"
HEAD = ["众创空间名称", "统一社会信用代码", "年度", "依据办法", "评价名称", "等次", "考核结果", "得分", "评价机构", "文号", "发文日期", "备注"]  # fmt: skip
GRANT_HEAD = ["众创空间名称", "统一社会信用代码", "年度", "依据办法", "项目名称", "对象类别", "奖补对象", "金额", "批准部门", "下达文件", "下达日期", "拨付日期"]  # fmt: skip
PACK, ON = "zhejiang-2016", date(2026, 11, 25)
RUN = "evaluations_failed_running"


def evaluation(year=2024, grade="优秀", **more):
    cells = {
        "space": "慧谷众创空间", "code": BEES, "year": year, "pack": None, "programme": "省级众创空间绩效评价", "grade": grade, "result": None,
        "score": "92.5", "evaluator": "省科技厅", "basis": "浙科发高〔2025〕31号", "day": f"{year + 1}-05-20", "note": None,
    }  # fmt: skip
    return list((cells | more).values())


def grant(**more):
    cells = {
        "space": "慧谷众创空间", "code": BEES, "year": 2024, "pack": PACK, "programme": "省级优秀众创空间奖励", "kind": None, "recipient": None,
        "amount": "50万元", "payer": "省财政厅、省科技厅", "basis": "浙财科教〔2025〕12号", "day": "2025-06-30", "paid": "2025-07-15",
    }  # fmt: skip
    return list((cells | more).values())


@pytest.fixture
def evaluations(bring):  # noqa: F811 -- the fixture above
    def one(*rows, who="zhe.clerk", **more):
        return bring(who, "past_evaluations", [HEAD, *rows], **more)

    return one


@pytest.fixture
def grants(bring):  # noqa: F811 -- the fixture above
    def one(*rows, who="zhe.clerk", **more):
        return bring(who, "past_grants", [GRANT_HEAD, *rows], **more)

    return one


def test_an_evaluation_comes_in_with_its_document_file_and_row(evaluations, registered, cast):
    space = registered()
    found = evaluations(evaluation(), evaluation(2023, grade="B 类", score=None), confirm=True)
    assert (found.state, problems(found), found.findings["counts"]) == ("done", [], {"new": 2})
    newest, before = Evaluation.objects.order_by("-year")
    assert (newest.space, newest.operator, newest.department) == (space, space.operator, cast.organisations["zhe"])  # fmt: skip
    assert (newest.score, newest.result, newest.basis) == (Decimal("92.50"), "excellent", "浙科发高〔2025〕31号")  # fmt: skip
    assert (newest.row, newest.evidence, newest.by) == (2, found.evidence, cast["zhe.clerk"].user)
    assert (before.grade, before.result, before.score) == ("B 类", "", None)
    assert Entry.objects.filter(verb="past_evaluations_imported").count() == 2


def test_a_grant_is_exact_tied_to_the_award_of_the_rules_and_unknown_stays_unknown(grants, registered):  # fmt: skip
    registered()
    grants(grant(), grant(programme="房租补贴", pack=None, amount=None, paid=None), confirm=True)
    award, rent = Grant.objects.order_by("pk")
    assert (award.amount, award.award, award.paid) == (Decimal("500000.00"), "excellent", date(2025, 7, 15))  # fmt: skip
    assert (rent.amount, rent.award, rent.paid) == (None, "", None)
    assert Grant.objects.filter(pk=rent.pk).total() is None
    assert Grant.objects.all().total() == Decimal("500000.00")


def test_what_a_person_got_is_sealed_and_opened_on_purpose(grants, registered, cast, signed_in):
    registered()
    grants(grant(programme="创客补贴", pack=None, kind="个人", recipient="陈一禾", amount="23456.78"), confirm=True)  # fmt: skip
    one = Grant.objects.get()
    assert (one.amount, str(one.personal_amount)) == (None, "****")
    client = signed_in("zhe.clerk")
    for url in ("/past/grants/", one.get_absolute_url()):
        page = client.get(url).content.decode()
        assert ("陈一禾" in page, "23,456" in page or "23456" in page) == (True, False)
    assert "23456" not in str(list(Entry.objects.values_list("details", flat=True)))
    sent = {"field": "personal_amount", "reason": "核对是否重复补助"}
    assert "23456.78" in client.post(f"{one.get_absolute_url()}reveal/", sent).content.decode()
    assert Entry.objects.filter(verb="revealed").count() == 1
    refused = signed_in("bees.operator_head").post(f"{one.get_absolute_url()}reveal/", sent)
    assert refused.status_code == 403


def test_what_does_not_fit_is_told_by_its_cell(evaluations, grants, registered):
    registered()
    found = evaluations(
        evaluation(space="没有的空间"), evaluation(1999), evaluation(2023, grade=None, score=None),
        evaluation(2022, score="九十"), evaluation(2021, day="2999-01-01"), evaluation(2020), evaluation(2020), evaluation(2019, pack="hunan-2016"),
        evaluation(2018, basis=None),
    )  # fmt: skip
    assert problems(found) == [
        (2, "A", "unknown_space"), (3, "C", "year"), (4, "F", "nothing"), (5, "H", "score"), (6, "K", "future"),
        (8, "A", "doubled"), (9, "D", "elsewhere"), (10, "J", "missing"),
    ]  # fmt: skip
    found = grants(grant(recipient="某企业"), grant(kind="企业"), grant(amount="很多"), grant(programme="没有的奖", year=2020))  # fmt: skip
    assert problems(found) == [(2, "G", "operator_named"), (3, "G", "nobody"), (4, "H", "amount")]
    assert warnings(found) == [(5, "E", "other_award")]


def test_what_is_recorded_is_never_changed_by_a_file_and_a_file_is_taken_back(evaluations, registered, cast):  # fmt: skip
    registered()
    first = evaluations(evaluation(), confirm=True)
    assert evaluations(evaluation()).findings["counts"] == {"same": 1}
    found = evaluations(evaluation(grade="合格"), existing="change")
    assert (found.findings["counts"], warnings(found)) == ({"skipped": 1}, [(2, "A", "recorded_otherwise")])  # fmt: skip
    imports.undo(first, by=cast["zhe.clerk"])
    assert Evaluation.objects.count() == 0


def values_of(one, **more):
    names = ("year", "period", "programme", "grade", "result", "score", "evaluator", "basis", "day", "note")  # fmt: skip
    return {name: getattr(one, name) for name in names} | more


def test_a_row_is_put_right_by_one_that_follows_with_the_reason(evaluations, registered, cast):
    registered()
    found = evaluations(evaluation(), confirm=True)
    one, by = Evaluation.objects.get(), cast["zhe.reviewer"]
    made = actions.correct(one, by=by, version=1, reason="公布名单更正", **values_of(one, grade="合格", result="passed"))  # fmt: skip
    old = Evaluation.objects.get(pk=one.pk)
    assert (old.grade, old.is_current, made.is_current, made.replaces, made.reason) == ("优秀", False, True, old, "公布名单更正")  # fmt: skip
    assert (made.evidence, made.row) == (old.evidence, old.row)
    with pytest.raises(Refused) as caught:
        actions.correct(old, by=by, version=2, reason="again", **values_of(old))
    assert caught.value.refusal.code == "put_right"
    with pytest.raises(Refused) as caught:
        actions.correct(made, by=cast["ping.clerk"], version=1, reason="not theirs", **values_of(made))  # fmt: skip
    assert caught.value.refusal.code == "not_theirs"
    with pytest.raises(Refused) as caught:
        imports.undo(found, by=cast["zhe.clerk"])
    assert caught.value.refusal.code == "built_on"


def test_of_two_who_put_a_row_right_the_first_wins(evaluations, registered, cast):
    registered()
    evaluations(evaluation(), confirm=True)
    seen, same = Evaluation.objects.get(), Evaluation.objects.get()
    actions.correct(seen, by=cast["zhe.clerk"], version=1, reason="first", **values_of(seen, grade="良好"))  # fmt: skip
    with pytest.raises(Stale):
        actions.correct(same, by=cast["zhe.reviewer"], version=1, reason="second", **values_of(same))  # fmt: skip
    assert Evaluation.objects.count() == 2


def test_beside_a_case_officials_see_evaluations_and_payments(evaluations, grants, handed_in, cast):
    case = handed_in()
    evaluations(evaluation(grade="不合格", score=None), confirm=True)
    grants(grant(), grant(programme="创客补贴", pack=None, kind="个人", recipient="陈一禾", amount="23456.78"), confirm=True)  # fmt: skip
    graded, *paid = beside(case, cast["zhe.clerk"])
    assert (graded.mark, "不合格" in graded.says) == ("不合格", True)
    told = " ".join(one.says for one in paid)
    assert ("500,000.00" in told, "23" + ",456" in told, "****" in told) == (True, False, True)
    assert [one.mark for one in paid].count("已奖补") == 1
    assert beside(case, cast["bees.operator_head"]) == []


def facts(space, *names, on=ON):
    columns = collect([space.pk], names, on).columns
    return [columns[name][0] for name in names]


def test_years_failed_running_are_known_only_where_every_year_has_its_row(evaluations, registered):
    space = registered()
    assert facts(space, RUN) == [None]
    evaluations(evaluation(2024, grade="不合格"), confirm=True)
    assert facts(space, RUN) == [None]
    evaluations(evaluation(2023, grade="不合格"), evaluation(2022, grade="合格"), confirm=True)
    assert facts(space, RUN, "evaluations_missed_running") == [2, 0]
    assert facts(space, RUN, on=date(2025, 1, 1)) == [1]
    assert facts(space, RUN, on=date(2029, 1, 1)) == [None]
    evaluations(evaluation(2024, grade="合格", programme="市级考核"), confirm=True)
    assert facts(space, RUN) == [None]
    assert {one.year for one in rows_behind(RUN, space.pk, ON)} == {2022, 2023, 2024}


def test_an_award_for_excellence_is_known_from_the_day_of_its_document(grants, registered):
    space = registered()
    name = "excellent_awarded_ever"
    assert facts(space, name) == [None]
    grants(grant(), confirm=True)
    assert (facts(space, name), facts(space, name, on=date(2025, 1, 1))) == ([True], [None])
    assert [one.award for one in rows_behind(name, space.pk, ON)] == ["excellent"]


def test_lists_are_filtered_and_taken_away_as_they_read_back(evaluations, grants, registered, signed_in):  # fmt: skip
    registered()
    evaluations(
        evaluation(), evaluation(2023, programme="市级考核", grade="良好", score="81"), confirm=True
    )
    grants(grant(), grant(programme="创客补贴", pack=None, kind="个人", recipient="陈一禾", amount="23456.78"), confirm=True)  # fmt: skip
    client = signed_in("zhe.clerk")
    page = client.get("/past/evaluations/?year=2023").content.decode()
    assert ("良好" in page, "92.50" in page) == (True, False)
    answer = client.post("/past/evaluations/register.xlsx?programme=市级考核")
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)
    assert (len(rows), rows[1][2], rows[1][4]) == (2, 2023, "市级考核")
    cells = openpyxl.load_workbook(io.BytesIO(client.post("/past/grants/register.xlsx").content)).active.values  # fmt: skip
    told = str(list(cells))
    assert ("500000" in told, "陈一禾" in told, "23456" in told) == (True, True, False)


def test_a_register_that_was_taken_away_is_read_back_as_the_same(evaluations, registered, signed_in, bring):  # noqa: F811  # fmt: skip
    registered()
    evaluations(evaluation(), confirm=True)
    data = signed_in("zhe.clerk").post("/past/evaluations/register.xlsx").content
    assert bring("zhe.clerk", "past_evaluations", data).findings["counts"] == {"same": 1}


def test_each_sees_the_rows_of_their_own_reach(evaluations, registered, signed_in, cast):
    registered()
    evaluations(evaluation(), confirm=True)
    one = Evaluation.objects.get()
    seen = {who: signed_in(who).get(one.get_absolute_url()).status_code for who in ("ping.clerk", "bees.operator_head", "kites.operator_head", "xiang.clerk")}  # fmt: skip
    assert seen == {"ping.clerk": 200, "bees.operator_head": 200, "kites.operator_head": 404, "xiang.clerk": 404}  # fmt: skip
    asked = ("zhe.clerk", "zhe.finance", "zhe.system_admin", "bees.operator_head")
    answers = {who: may_import(cast[who], kind_of("past_grants"), "") for who in asked}
    assert {who: answer and answer.code for who, answer in answers.items()} == {
        "zhe.clerk": None, "zhe.finance": "not_competent", "zhe.system_admin": "not_competent", "bees.operator_head": "not_competent",
    }  # fmt: skip


def test_the_database_takes_no_open_amount_of_a_person(grants, registered):
    registered()
    grants(grant(), confirm=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.update(recipient_kind="person", recipient="陈一禾")
