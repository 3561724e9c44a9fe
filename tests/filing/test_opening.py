"""What a department decided before the platform comes in from a file, with the document that it rests on."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.imports.conftest import bring, no_queue, problems, warnings  # noqa: F401 -- fixtures
from zhongchuang.audit.models import Entry
from zhongchuang.filing import actions
from zhongchuang.filing.bars import bars
from zhongchuang.filing.beside import beside
from zhongchuang.filing.models import Ban, Title
from zhongchuang.gap.packs import all_packs
from zhongchuang.imports import actions as imports
from zhongchuang.imports.access import may_import
from zhongchuang.imports.declaration import kind_of
from zhongchuang.page.refusal import Refused
from zhongchuang.procedures.access import Bid

pytestmark = pytest.mark.django_db
BEES, KITES, NOBODY = "91330482MA28A00016", "91330481MA28A0003X", "91330482MA28A0005M"
HEAD = ["编号", "众创空间名称", "统一社会信用代码", "依据办法", "称号", "级别", "授予日期", "有效期至", "依据文件", "状态", "撤销日期", "撤销原因"]  # fmt: skip
BAN_HEAD = ["统一社会信用代码", "依据办法", "开始日期", "限制截止日期", "条款", "事由"]
PACK = "zhejiang-2016"


def row(number="浙众创〔2017〕12号", space="慧谷众创空间", code=BEES, **more):
    cells = {
        "number": number, "space": space, "code": code, "pack": PACK, "kind": None, "level": "省级",
        "since": "2017-05-02", "last": None, "basis": "浙科发高〔2017〕88号", "state": None, "ended": None, "reason": None,
    }  # fmt: skip
    return list((cells | more).values())


def ban(code=BEES, since="2026-01-05", last="2029-01-04", **more):
    cells = {"code": code, "pack": PACK, "since": since, "last": last, "cite": "第十八条", "reason": "提供虚假租赁合同"}  # fmt: skip
    return list((cells | more).values())


@pytest.fixture
def titles(bring):  # noqa: F811 -- the fixture above
    def one(*rows, who="zhe.clerk", **more):
        return bring(who, "titles", [HEAD, *rows], **more)

    return one


@pytest.fixture
def bans(bring):  # noqa: F811 -- the fixture above
    def one(*rows, who="zhe.clerk", **more):
        return bring(who, "bans", [BAN_HEAD, *rows], **more)

    return one


def bid(space):
    pack = all_packs()[PACK]
    return Bid(space, pack, pack.procedures["filing"])


def test_a_past_title_joins_the_register_with_its_basis_and_bars_a_second_one(titles, registered, cast):  # fmt: skip
    space = registered()
    found = titles(row(), confirm=True)
    assert (found.state, problems(found), found.findings["counts"]) == ("done", [], {"new": 1})
    title = Title.objects.get()
    assert (title.case, title.basis, title.department) == (None, "浙科发高〔2017〕88号", cast.organisations["zhe"])  # fmt: skip
    assert (title.space, title.level, title.since, title.is_valid) == (space, "province", date(2017, 5, 2), True)  # fmt: skip
    assert [one.code for one in bars(bid(space))] == ["held"]
    assert Entry.objects.filter(verb="title_imported", subject_key=str(title.pk)).count() == 1


def test_its_last_day_and_its_end_are_those_of_the_file(titles, registered):
    registered()
    yesterday = timezone.localdate() - timedelta(days=1)
    titles(
        row("1", last=yesterday.isoformat()), row("2", state="撤销", ended="2019-03-01", reason="长期停业"),
        row("3", last="2099-05-01"), confirm=True,
    )  # fmt: skip
    held = {one.number: one for one in Title.objects.all()}
    assert {number: one.state for number, one in held.items()} == {"1": "expired", "2": "revoked", "3": "valid"}  # fmt: skip
    assert (held["2"].ended_on, held["2"].reason) == (date(2019, 3, 1), "长期停业")
    assert held["3"].last_day == date(2099, 5, 1)


def test_the_page_of_a_past_title_names_its_basis_and_prints_no_certificate(titles, registered, signed_in):  # fmt: skip
    registered()
    titles(row(), confirm=True)
    url, client = Title.objects.get().get_absolute_url(), signed_in("zhe.clerk")
    page = client.get(url).content.decode()
    assert ("浙科发高〔2017〕88号" in page, "certificate.pdf" in page) == (True, False)
    assert "浙科发高〔2017〕88号" in client.get("/titles/").content.decode()
    answer = client.get(f"{url}certificate.pdf")
    assert (answer.status_code, "以当时颁发的证书为准" in answer.content.decode()) == (409, True)


def test_a_past_title_is_revoked_as_any_other(titles, registered, cast):
    registered()
    titles(row(), confirm=True)
    title = Title.objects.get()
    actions.revoke(title, by=cast["zhe.approver"], version=title.version, words="提供虚假材料", false_material=True)  # fmt: skip
    assert Title.objects.get().state == "revoked"


def test_what_does_not_fit_the_register_or_the_rules_is_told_by_its_cell(titles, registered):
    registered()
    found = titles(
        row("1", space="没有的空间"), row("2", code=NOBODY), row("3", level="市级"), row("4", kind="没有的称号"),
        row("5", since="2999-01-01"), row("6", last="2016-01-01"), row("7", state="撤销"),
        row("8", state="有效", last="2018-01-01"), row("9", ended="2018-01-01"), row("10", basis=""), row("11"), row("11"),
        row("12", pack="hunan-2016"),
    )  # fmt: skip
    assert problems(found) == [
        (2, "B", "unknown_space"), (3, "C", "code"), (4, "F", "other_level"), (5, "E", "kind"), (6, "G", "future"),
        (7, "H", "ends_early"), (8, "K", "no_day"), (8, "L", "no_reason"), (9, "J", "other_state"), (10, "K", "not_ended"),
        (11, "I", "missing"), (13, "A", "doubled"), (14, "D", "elsewhere"),
    ]  # fmt: skip


def test_a_title_is_brought_in_by_the_department_that_granted_it(titles, registered, cast):
    registered()
    assert problems(titles(row(), who="ping.clerk")) == [(2, "F", "not_granting")]
    assert problems(titles(row(), who="xiang.clerk")) == [(2, "B", "unknown_space")]
    asked = ("zhe.clerk", "zhe.approver", "zhe.finance", "zhe.system_admin", "bees.operator_head")
    answers = {who: may_import(cast[who], kind_of("titles"), "") for who in asked}
    assert {who: answer and answer.code for who, answer in answers.items()} == {
        "zhe.clerk": None, "zhe.approver": None, "zhe.finance": "not_competent",
        "zhe.system_admin": "not_competent", "bees.operator_head": "not_competent",
    }  # fmt: skip


def test_a_space_that_another_operator_runs_today_is_a_warning(titles, registered, cast):
    registered()
    found = titles(row(code=KITES), confirm=True)
    assert warnings(found) == [(2, "C", "other_operator")]
    assert Title.objects.get().operator == cast.organisations["kites"]


def test_of_several_spaces_of_a_name_the_one_of_the_operator_is_meant(titles, registered, prepared, cast):  # fmt: skip
    mine = registered()
    registered(who="kites.operator_head", region="330481", by="hai.reviewer")
    titles(row(), confirm=True)
    assert Title.objects.get().space == mine
    assert problems(titles(row("2", code="91330482MA28A00029"))) == [(2, "B", "several_spaces")]


def test_what_is_recorded_is_never_changed_by_a_file(titles, registered):
    registered()
    titles(row(), confirm=True)
    assert titles(row()).findings["counts"] == {"same": 1}
    found = titles(row(basis="另一份文件"), existing="change")
    assert (found.findings["counts"], warnings(found)) == ({"skipped": 1}, [(2, "A", "recorded_otherwise")])  # fmt: skip


def test_an_import_is_taken_back_unless_one_of_its_titles_was_ended_since(titles, registered, cast):
    registered()
    found = titles(row(), row("2"), confirm=True)
    title = Title.objects.first()
    actions.revoke(title, by=cast["zhe.approver"], version=title.version, words="长期停业")
    with pytest.raises(Refused) as caught:
        imports.undo(found, by=cast["zhe.clerk"])
    assert (caught.value.refusal.code, Title.objects.count()) == ("built_on", 2)
    Title.objects.filter(pk=title.pk).update(version=1)
    imports.undo(found, by=cast["zhe.clerk"])
    assert Title.objects.count() == 0
    assert Entry.objects.filter(verb="title_import_undone").count() == 2


def test_a_past_ban_shuts_out_until_its_last_day_with_article_and_reason(bans, registered):
    space = registered()
    found = bans(ban(last="2099-01-04"), confirm=True)
    assert (found.state, problems(found)) == ("done", [])
    (refusal,) = bars(bid(space))
    assert refusal.code == "banned"
    assert [word in str(refusal) for word in ("第十八条", "提供虚假租赁合同")] == [True, True]
    Ban.objects.update(until=timezone.localdate())
    assert bars(bid(space)) == []


def test_beside_a_case_officials_see_past_titles_and_bans(titles, bans, handed_in, cast):
    case = handed_in()
    titles(row("1", state="撤销", ended="2019-03-01", reason="长期停业"), confirm=True)
    bans(ban(last="2099-01-04"), confirm=True)
    held, barred = beside(case, cast["zhe.clerk"])
    assert (held.url, barred.url) == (Title.objects.get().get_absolute_url(), "")
    assert "提供虚假租赁合同" in barred.says
    assert beside(case, cast["bees.operator_head"]) == []


def test_rows_of_bans_are_checked_and_taken_back_too(bans, registered, cast):
    registered()
    wrong = (ban(code="91430104MA28A0004P"), ban(reason=""), ban(pack="hunan-2016"), ban(since="2999-01-01"))  # fmt: skip
    assert problems(bans(*wrong)) == [
        (2, "A", "other_region"), (3, "F", "missing"), (4, "B", "elsewhere"), (5, "C", "future"), (5, "D", "ends_early"),
    ]  # fmt: skip
    found = bans(ban(), confirm=True)
    assert bans(ban()).findings["counts"] == {"same": 1}
    imports.undo(found, by=cast["zhe.clerk"])
    assert Ban.objects.count() == 0


def test_the_database_takes_no_title_without_case_and_basis(titles, registered):
    registered()
    titles(row(), confirm=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Title.objects.update(basis="")
