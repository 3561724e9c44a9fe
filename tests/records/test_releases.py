"""A file with personal numbers is not published by accident: it is looked through, and two people release it."""

import pytest
from django.db import IntegrityError, transaction

from tests.files import seeded
from tests.files.conftest import pdf, picture
from zhongchuang.audit.models import Entry
from zhongchuang.page.refusal import Refused
from zhongchuang.records import actions
from zhongchuang.records.access import may_ask_release, may_decide_release, may_publish
from zhongchuang.records.jobs import look_through_waiting
from zhongchuang.records.models import Evidence, Release
from zhongchuang.records.todos import todos

pytestmark = pytest.mark.django_db
PHONE = "13812341234"


@pytest.fixture
def list_of_names(hands_in):
    """A workbook with a telephone number on a hidden sheet, looked through."""
    evidence = hands_in(
        "bees.operator_clerk", "names.xlsx", seeded.workbook("hidden sheet", PHONE, [])
    )
    look_through_waiting()
    return Evidence.objects.get(pk=evidence.pk)


@pytest.fixture
def release(cast, list_of_names):
    return actions.ask_release(list_of_names, by=cast["ping.clerk"], reason="The person agreed")


def code(refusal):
    return refusal and refusal.code


@pytest.mark.parametrize(
    ("name", "data", "answer"),
    [
        ("a.docx", seeded.word("body", "甲", []), None),
        ("a.xlsx", seeded.workbook("comment", PHONE, []), "personal_found"),
        ("a.jpg", picture(), "personal_pictures"),
        ("a.pdf", pdf(), None),
    ],
)
def test_a_file_may_be_published_only_where_no_personal_number_was_found(
    hands_in, name, data, answer
):
    evidence = hands_in("bees.operator_clerk", name, data)
    assert code(may_publish(evidence)) == "not_looked_through"
    look_through_waiting()
    assert code(may_publish(Evidence.objects.get())) == answer


def test_what_cannot_be_looked_through_is_not_published(hands_in):
    evidence = hands_in("bees.operator_clerk")
    assert actions.releases.looked_through(evidence.content, None) == "unreadable"
    assert code(may_publish(Evidence.objects.get())) == "personal_unreadable"


def test_the_log_tells_how_many_numbers_were_found_and_never_which(list_of_names):
    entry = Entry.objects.get(verb="looked_through")
    assert (entry.values["new"], entry.result) == ({"phone": 1}, "found")
    assert list_of_names.content.personal["hits"] == [
        ["phone", "hidden_cell", {"sheet": "备份", "cell": "C7"}, "138****1234"]
    ]


def test_two_people_release_a_file_and_both_stay_on_record(cast, list_of_names, release):
    assert code(may_publish(list_of_names)) == "personal_found"
    actions.confirm_release(release, by=cast["ping.reviewer"])
    assert may_publish(list_of_names) is None
    told = Entry.objects.filter(verb__in=["release_asked", "released"]).order_by("number")
    assert [entry.name for entry in told] == ["ping.clerk", "ping.reviewer"]


def test_a_refused_release_may_be_asked_for_again(cast, list_of_names, release):
    actions.refuse_release(release, by=cast["ping.reviewer"], reason="Nobody agreed")
    assert code(may_publish(list_of_names)) == "personal_found"
    actions.ask_release(list_of_names, by=cast["ping.clerk"], reason="Now they did")
    assert Release.objects.count() == 2


def test_only_a_department_asks_and_another_person_of_it_decides(cast, list_of_names):
    asking = {who: may_ask_release(cast[who], list_of_names)
              for who in ("ping.clerk", "ping.reviewer", "bees.operator_head", "ping.system_admin")}  # fmt: skip
    assert [code(answer) for answer in asking.values()] == [
        None, None, "not_a_department", "not_a_department",
    ]  # fmt: skip
    release = actions.ask_release(list_of_names, by=cast["ping.reviewer"], reason="x")
    deciding = ("ping.approver", "ping.reviewer", "ping.clerk", "bees.operator_head")
    assert [code(may_decide_release(cast[who], release)) for who in deciding] == [
        None, "same_person", "not_a_reviewer", "not_a_reviewer",
    ]  # fmt: skip


def test_the_database_itself_refuses_one_person_in_both_places(cast, release):
    rows = Release.objects.filter(pk=release.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(decided_by=release.asked_by)


def test_two_who_decide_at_once_make_one_decision(cast, release):
    actions.refuse_release(release, by=cast["ping.approver"], reason="No")
    with pytest.raises(Refused) as refused:
        actions.confirm_release(release, by=cast["ping.reviewer"])
    assert refused.value.refusal.code == "decided"
    assert Entry.objects.filter(verb="released").count() == 0


def test_a_release_waits_for_the_reviewers_who_may_decide_it(cast, release):
    waiting = {who: len(todos(cast[who])) for who in (
        "ping.reviewer", "ping.approver", "jia.reviewer", "ping.clerk", "hai.reviewer", "bees.operator_head",
    )}  # fmt: skip
    assert waiting == {
        "ping.reviewer": 1, "ping.approver": 1, "jia.reviewer": 1,
        "ping.clerk": 0, "hai.reviewer": 0, "bees.operator_head": 0,
    }  # fmt: skip


def test_the_owner_reads_on_the_page_what_was_found_and_that_it_stays_private(
    cast, client, list_of_names
):
    client.force_login(cast.people["bees.operator_clerk"])
    page = client.get(list_of_names.get_absolute_url()).content.decode()
    for part in ("手机号码", "工作表“备份”单元格 C7（隐藏）", "138****1234", "该文件不会公开"):
        assert part in page
    assert PHONE not in page


def test_a_file_is_released_by_two_people_on_the_pages(cast, client, list_of_names):
    path = list_of_names.get_absolute_url() + "release/"
    client.force_login(cast.people["ping.clerk"])
    assert client.post(path, {"reason": ""}).status_code == 200
    assert client.post(path, {"reason": "The person agreed"}).status_code == 302
    assert client.get(path + "decide/").status_code == 403
    client.force_login(cast.people["ping.approver"])
    assert client.get(path + "decide/").status_code == 200
    assert client.post(path + "decide/", {"reason": ""}).status_code == 200
    assert client.post(path + "decide/").status_code == 302
    assert may_publish(list_of_names) is None
    client.force_login(cast.people["hai.clerk"])
    assert client.get(path).status_code == 404
    assert client.post(path + "decide/").status_code == 404
