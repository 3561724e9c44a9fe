"""A credit record is entered with its document, told to its operator, and corrected or repaired by another person than the one who entered it."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.credit.conftest import FOUND
from tests.files.conftest import pdf
from zhongchuang.audit.models import Entry
from zhongchuang.credit import actions
from zhongchuang.credit.access import may_answer, may_ask, may_enter
from zhongchuang.credit.beside import beside
from zhongchuang.credit.models import Record, Request
from zhongchuang.credit.personal import personal
from zhongchuang.credit.todos import todos
from zhongchuang.organisations.todos import all_todos
from zhongchuang.page.refusal import Refused
from zhongchuang.policy.procedure import last_day
from zhongchuang.records.actions import Stale
from zhongchuang.records.models import Letter

pytestmark = pytest.mark.django_db
HEAD = "bees.operator_head"


def codes(answers):
    return {who: answer and answer.code for who, answer in answers.items()}


def asked(record, cast, kind="repair", words="已更正并建立复核制度"):
    actions.ask(record, by=cast[HEAD], kind=kind, words=words)
    return Request.objects.latest("pk")


def again(record):
    return Record.objects.get(pk=record.pk)


def test_deciders_in_whose_reach_the_operator_lies_enter_a_record_and_its_people_get_a_letter(cast, entered):  # fmt: skip
    asking = ("jia.reviewer", "zhe.approver", "jia.clerk", "hai.approver", "xiang.approver", HEAD)
    bees = cast.organisations["bees"]
    assert codes({who: may_enter(cast[who], bees) for who in asking}) == {
        "jia.reviewer": None, "zhe.approver": None, "jia.clerk": "not_deciding", "hai.approver": "not_deciding",
        "xiang.approver": "not_deciding", HEAD: "not_deciding",
    }  # fmt: skip
    record = entered()
    assert (record.department, record.until, record.is_in_force) == (cast.organisations["jia"], date(2029, 3, 2), True)  # fmt: skip
    assert Entry.objects.filter(verb="credit_recorded").count() == 1
    told = Letter.objects.filter(url=record.get_absolute_url())
    assert {one.recipient.name for one in told} == {"bees.operator_head", "bees.operator_clerk"}
    assert "信用修复" in told.first().text


def test_no_accusation_is_chosen_beforehand_and_none_is_entered_that_is_over_already(cast, signed_in):  # fmt: skip
    url = reverse("credit:enter", args=[cast.organisations["bees"].pk])
    client = signed_in("jia.reviewer")
    form = client.get(url).context["form"]
    assert form["matter"].field.choices[0][0] == ""
    sent = {"request_key": form["request_key"].value(), "matter": "other_bad", "basis": "一号", "words": "不实", "day": "0226-03-02"}  # fmt: skip
    assert list(client.post(url, sent).context["form"].errors) == ["day"]
    assert Record.objects.count() == 0
    client.post(url, sent | {"matter": "commended"})
    data = client.post("/credit/register.xlsx").content
    assert [*openpyxl.load_workbook(io.BytesIO(data)).active.values][1][5] == "0226-03-02"


@pytest.mark.parametrize("who", ["zhe.system_admin", "zhe.audit_admin"])
def test_who_reads_no_records_is_told_so_and_not_that_there_are_none(entered, signed_in, who):
    entered()
    page = signed_in(who).get("/credit/").content.decode()
    assert ("没有信用记录" in page, "您当前的身份" in page) == (False, True)


def test_an_operator_of_a_neighbour_that_runs_a_space_here_is_in_reach(cast, registered, signed_in):  # fmt: skip
    kites = cast.organisations["kites"]
    record = actions.enter(kites, by=cast["hai.reviewer"], matter="other_bad", basis="海科〔2026〕1号", words="不实", day=FOUND)  # fmt: skip
    assert signed_in("ping.clerk").get(record.get_absolute_url()).status_code == 404
    assert may_enter(cast["ping.approver"], kites).code == "not_deciding"
    registered(who="kites.operator_head", region="330482")
    assert signed_in("ping.clerk").get(record.get_absolute_url()).status_code == 200
    assert may_enter(cast["ping.approver"], kites) is None


def test_who_entered_the_record_does_not_answer_and_is_told_why(cast, entered, colleague):
    record = entered()
    assert [one.url for one in todos(cast[HEAD])] == [record.get_absolute_url()]
    request = asked(record, cast)
    assert todos(cast[HEAD]) == []
    asking = ("jia.reviewer", "jia.approver", "jia.reviewer.b", "jia.clerk", "zhe.approver", HEAD)
    answers = codes({who: may_answer(cast[who], request) for who in asking})
    assert answers == {
        "jia.reviewer": "entered_it", "jia.approver": None, "jia.reviewer.b": None, "jia.clerk": "other_department",
        "zhe.approver": "other_department", HEAD: "other_department",
    }  # fmt: skip
    with pytest.raises(Refused) as caught:
        actions.answer(request, by=cast["jia.reviewer"], version=1, granted=True, words="是")
    assert caught.value.refusal.code == "entered_it"
    assert [one.due for one in todos(colleague)] == [last_day(request.asked.date(), 10)]
    assert todos(cast["jia.reviewer"]) == todos(cast["jia.clerk"]) == []
    assert all_todos(cast["jia.approver"])[0].url == request.record.get_absolute_url()


@pytest.mark.parametrize(("kind", "state"), [("correction", "corrected"), ("repair", "repaired")])
def test_granted_the_record_ends_and_stays_readable(cast, entered, colleague, kind, state):
    record = entered()
    actions.answer(asked(record, cast, kind), by=colleague, version=1, granted=True, words="经核实")  # fmt: skip
    record = again(record)
    assert (record.state, record.end_reason, record.is_in_force) == (state, "经核实", False)
    assert record.ended_by == colleague.user
    assert Entry.objects.filter(verb=f"credit_{state}").count() == 1
    assert Letter.objects.filter(recipient=cast.people[HEAD], text__contains="经核实").count() == 1
    assert may_ask(cast[HEAD], record).code == "ended"
    assert not Record.objects.on(record.ended).filter(pk=record.pk).exists()
    assert Record.objects.on(record.ended - timedelta(days=1)).filter(pk=record.pk).exists()


def test_a_second_request_is_made_only_after_the_answer(cast, entered, colleague):
    record = entered()
    request = asked(record, cast)
    assert may_ask(cast[HEAD], record).code == "asked"
    with pytest.raises(IntegrityError), transaction.atomic():
        Request.objects.create(record=record, kind="repair", words="x", asked_by=cast.people[HEAD], due=date(2026, 12, 1))  # fmt: skip
    actions.answer(request, by=colleague, version=1, granted=False, words="材料不足")
    assert (again(record).state, may_ask(cast[HEAD], record)) == ("in_force", None)
    with pytest.raises(Refused) as caught:
        actions.answer(Request.objects.get(), by=cast["jia.approver"], version=2, granted=True, words="x")  # fmt: skip
    assert caught.value.refusal.code == "answered"
    asked(record, cast, words="补充材料")
    assert Request.objects.count() == 2


def test_of_two_who_answer_the_first_wins(cast, entered, colleague):
    asked(entered(), cast)
    one, same = Request.objects.get(), Request.objects.get()
    actions.answer(one, by=colleague, version=1, granted=False, words="否")
    with pytest.raises((Stale, Refused)):
        actions.answer(same, by=cast["jia.approver"], version=1, granted=True, words="是")
    assert again(one.record).state == "in_force"


def test_good_records_are_told_and_not_asked_about(cast, entered):
    record = entered(matter="commended")
    assert (record.is_good, record.until) == (True, None)
    assert may_ask(cast[HEAD], record).code == "good"


def test_those_concerned_read_it_and_nobody_else(cast, entered, signed_in, client):
    record = entered()
    url = record.get_absolute_url()
    asking = ("jia.clerk", "ping.clerk", "zhe.finance", HEAD, "ants.operator_head", "hai.clerk", "xiang.clerk")  # fmt: skip
    seen = {who: signed_in(who).get(url).status_code for who in asking}
    assert seen == dict.fromkeys(asking[:4], 200) | dict.fromkeys(asking[4:], 404)
    client.logout()
    assert client.get(url).status_code == 302
    page = signed_in(HEAD).get(url).content.decode()
    assert ("jia.reviewer" in page, "统计数据与凭证不一致" in page) == (False, True)


def test_the_operator_sends_files_with_its_request_and_another_official_answers_on_the_page(entered, signed_in, colleague):  # fmt: skip
    record = entered()
    client = signed_in(HEAD)
    ask = reverse("credit:ask", args=[record.code])
    form = client.get(ask).context["form"]
    sent = {"request_key": form["request_key"].value(), "kind": "repair", "words": "已更正", "files": [SimpleUploadedFile("a.pdf", pdf()), SimpleUploadedFile("b.pdf", pdf())]}  # fmt: skip
    assert client.post(ask, sent).url == record.get_absolute_url()
    request = Request.objects.get()
    assert sorted(one.name for one in request.files.all()) == ["a.pdf", "b.pdf"]
    client = signed_in("jia.reviewer.b")
    page = client.get(record.get_absolute_url()).content.decode()
    assert ("a.pdf" in page, reverse("credit:answer", args=[request.key]) in page) == (True, True)
    assert request.files.first().get_absolute_url() in page
    form = client.get(reverse("credit:answer", args=[request.key])).context["form"]
    sent = {"request_key": form["request_key"].value(), "version": 1, "granted": "yes", "words": "经核实"}  # fmt: skip
    client.post(reverse("credit:answer", args=[request.key]), sent)
    assert again(record).state == "repaired"


def test_lists_are_filtered_and_taken_away(entered, signed_in, cast, colleague):
    bad, _good = entered(), entered(matter="commended", basis="嘉科〔2026〕9号")
    actions.answer(asked(bad, cast), by=colleague, version=1, granted=True, words="经核实")
    client = signed_in("zhe.clerk")
    for query, told in (("kind=good", (False, True)), ("kind=bad&standing=ended", (True, False)), ("standing=in_force", (False, True)), ("q=监", (True, False))):  # fmt: skip
        page = client.get(f"/credit/?{query}").content.decode()
        assert ("嘉科监" in page, "嘉科〔2026〕9号" in page) == told
    data = client.post("/credit/register.xlsx?kind=bad").content
    rows = list(openpyxl.load_workbook(io.BytesIO(data)).active.values)
    assert (len(rows), rows[1][3], "经核实" in rows[1]) == (2, "嘉科监〔2026〕3号", True)
    assert signed_in(HEAD).post("/credit/register.xlsx").status_code == 403


def test_bad_records_in_force_stand_beside_a_case_for_those_who_examine_it(entered, handed_in, cast, signed_in):  # fmt: skip
    case = handed_in()
    entered(matter="commended")
    entered(day=date(2020, 1, 1), basis="旧文")
    record = entered()
    lines = beside(case, cast["zhe.clerk"])
    assert [(one.url, bool(one.mark)) for one in lines] == [(record.get_absolute_url(), True)]
    assert beside(case, cast[HEAD]) == []
    assert "信用记录" in signed_in("zhe.clerk").get(case.space.get_absolute_url()).content.decode()
    page = signed_in("zhe.approver").get(reverse("organisations:organisation", args=[case.operator_id]))  # fmt: skip
    assert reverse("credit:enter", args=[case.operator_id]) in page.content.decode()


def test_who_entered_and_who_asked_find_it_among_what_is_held_about_them(entered, cast, colleague):
    actions.answer(asked(entered(), cast), by=colleague, version=1, granted=True, words="经核实")
    held = {who: len(personal(cast.people[who])[0].rows) for who in ("jia.reviewer", HEAD, "jia.reviewer.b")}  # fmt: skip
    assert held == {"jia.reviewer": 1, HEAD: 1, "jia.reviewer.b": 2}
