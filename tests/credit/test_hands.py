"""Who is free to answer about a record and to end it: at the department that keeps it, else at the next above."""

import pytest
from django.urls import reverse

from tests.credit.conftest import FOUND
from zhongchuang.audit.models import Entry
from zhongchuang.credit import actions
from zhongchuang.credit.access import may_answer, may_ask, may_end
from zhongchuang.credit.models import Record, Request
from zhongchuang.credit.todos import todos
from zhongchuang.organisations.models import Post, Role
from zhongchuang.page.refusal import Refused
from zhongchuang.procedures import printed
from zhongchuang.records.actions import Stale
from zhongchuang.records.models import Letter

pytestmark = pytest.mark.django_db
HEAD = "bees.operator_head"


def code(refusal):
    return refusal and refusal.code


def asked(record, cast):
    actions.ask(record, by=cast[HEAD], kind="correction", words="并非本机构")
    return Request.objects.latest("pk")


def gone(cast, *names):
    Post.objects.filter(user__in=[cast.people[name] for name in names]).delete()


def told(url):
    return {one.recipient.name for one in Letter.objects.filter(url=url)}


def test_where_the_department_has_nobody_else_the_one_above_answers(cast, entered, signed_in):
    gone(cast, "jia.approver")
    record = entered()
    request = asked(record, cast)
    assert {who: code(may_answer(cast[who], request)) for who in ("jia.reviewer", "zhe.reviewer", "zhe.clerk")} == {
        "jia.reviewer": "entered_it", "zhe.reviewer": None, "zhe.clerk": "other_department",
    }  # fmt: skip
    zhe = cast.organisations["zhe"].name
    assert zhe in str(may_answer(cast["jia.reviewer"], request))
    assert todos(cast["jia.reviewer"]) == []
    assert [one.url for one in todos(cast["zhe.approver"])] == [record.get_absolute_url()]
    assert {"zhe.reviewer", "zhe.approver"} <= told(record.get_absolute_url())
    actions.answer(request, by=cast["zhe.reviewer"], version=1, granted=True, words="经核实")
    answer = Request.objects.get()
    assert (answer.state, answer.answering) == ("granted", cast.organisations["zhe"])
    assert zhe in signed_in(HEAD).get(record.get_absolute_url()).content.decode()


def test_it_comes_back_to_the_department_as_soon_as_a_colleague_is_appointed(cast, entered):
    gone(cast, "jia.approver")
    request = asked(entered(), cast)
    cast.person("jia.new", organisation=cast.organisations["jia"], role=Role.APPROVER)
    assert {who: code(may_answer(cast[who], request)) for who in ("jia.new", "zhe.reviewer")} == {"jia.new": None, "zhe.reviewer": "other_department"}  # fmt: skip
    assert (len(todos(cast["jia.new"])), todos(cast["zhe.reviewer"])) == (1, [])


def test_who_stands_in_for_the_person_who_entered_it_does_not_answer_either(cast, entered):
    post = cast.post("jia.approver")
    record = entered()
    Post.objects.filter(pk=post.pk).update(stands_in_for=cast.post("jia.reviewer"), until="2100-01-01T00:00Z")  # fmt: skip
    assert code(may_answer(cast["jia.approver"], asked(record, cast))) == "entered_it"
    assert len(todos(cast["zhe.reviewer"])) == 1


def test_who_asked_for_the_operator_and_went_over_to_the_department_does_not_answer(cast, entered):  # fmt: skip
    request = asked(entered(), cast)
    Post.objects.filter(pk=cast.post(HEAD).pk).update(organisation=cast.organisations["jia"], role=Role.REVIEWER)  # fmt: skip
    assert code(may_answer(cast[HEAD], request)) == "asked_it"
    assert todos(cast[HEAD]) == []
    assert code(may_answer(cast["jia.approver"], request)) is None


def test_where_nobody_may_answer_the_security_administrator_is_asked_to_appoint(cast, entered):
    gone(cast, "jia.approver", "zhe.approver", "zhe.reviewer")
    request = asked(entered(), cast)
    refusal = may_answer(cast["jia.reviewer"], request)
    assert (refusal.code, "安全管理员" in str(refusal)) == ("nobody", True)
    [one] = todos(cast["jia.security_admin"])
    assert (one.due, request.record.code in str(one.title)) == (request.due, True)
    assert todos(cast["zhe.security_admin"]) == []


def test_the_department_reads_what_it_keeps_also_of_an_operator_that_moved_away(cast, entered):
    record = entered()
    bees = cast.organisations["bees"]
    bees.region = cast.regions["430104"]
    bees.save(update_fields=["region"])
    seen = [who for who in ("jia.clerk", "zhe.clerk", "ping.clerk", "lu.clerk") if Record.objects.visible_to(cast[who]).filter(pk=record.pk)]  # fmt: skip
    assert seen == ["jia.clerk", "zhe.clerk", "lu.clerk"]


def test_any_decider_of_the_department_ends_a_mistaken_record_also_who_entered_it(cast, entered, signed_in):  # fmt: skip
    record = entered()
    asking = ("jia.reviewer", "jia.approver", "jia.clerk", "zhe.approver", HEAD)
    assert {who: code(may_end(cast[who], record)) for who in asking} == dict.fromkeys(asking[:2]) | dict.fromkeys(asking[2:], "other_department")  # fmt: skip
    request, client = asked(record, cast), signed_in("jia.reviewer")
    url = reverse("credit:end", args=[record.code])
    assert url in client.get(record.get_absolute_url()).content.decode()
    form = client.get(url).context["form"]
    sent = {"request_key": form["request_key"].value(), "version": 1, "words": "登记对象有误"}
    assert client.post(url, sent).url == record.get_absolute_url()
    record, request = Record.objects.get(), Request.objects.get()
    assert (record.state, record.end_reason, record.ended_by) == ("corrected", "登记对象有误", cast.people["jia.reviewer"])  # fmt: skip
    assert (request.state, request.answer) == ("settled", "登记对象有误")
    assert [Entry.objects.filter(verb=verb).count() for verb in ("credit_corrected", "credit_request_settled")] == [1, 1]  # fmt: skip
    assert (
        Letter.objects.filter(recipient=cast.people[HEAD], text__contains="登记对象有误").count()
        == 1
    )
    assert [code(one) for one in (may_end(cast["jia.approver"], record), may_ask(cast[HEAD], record))] == ["ended", "ended"]  # fmt: skip


def test_a_good_record_is_ended_by_another_person_than_the_one_who_entered_it(cast, entered):
    record = entered(matter="commended")
    asking = ("jia.reviewer", "jia.approver", "zhe.approver")
    assert {who: code(may_end(cast[who], record)) for who in asking} == {"jia.reviewer": "second_person", "jia.approver": None, "zhe.approver": "second_person"}  # fmt: skip
    gone(cast, "jia.approver")
    assert code(may_end(cast["zhe.approver"], record)) is None


def test_a_record_that_came_with_a_decision_is_not_ended_alone(cast, entered):
    Record.objects.filter(pk=entered().pk).update(about="title:1", number="嘉科撤〔2026〕1号")
    refusal = may_end(cast["jia.reviewer"], Record.objects.get())
    assert (refusal.code, "嘉科撤〔2026〕1号" in str(refusal)) == ("with_decision", True)


def test_of_two_who_end_a_record_the_first_wins(cast, entered):
    record = entered()
    actions.end(record, by=cast["jia.reviewer"], version=1, words="有误")
    with pytest.raises((Stale, Refused)):
        actions.end(record, by=cast["jia.approver"], version=1, words="也有误")
    assert Record.objects.get().end_reason == "有误"


def test_the_file_of_a_case_tells_the_bad_records_that_officials_saw_beside_it(cast, entered, handed_in):  # fmt: skip
    case = handed_in()
    entered(matter="commended")
    record = entered()
    told = [one for one in printed.data(case, cast["zhe.clerk"])["beside"] if record.basis in one["says"]]  # fmt: skip
    assert [one["says"][:10] for one in told] == [str(FOUND)]
