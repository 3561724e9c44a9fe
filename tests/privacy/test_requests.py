"""A person sees what is held about them, asks, is answered in time, and can leave."""

import json
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_q.models import OrmQ

from tests.cast import PASSWORD
from tests.files import seeded
from zhongchuang.audit.models import Entry
from zhongchuang.organisations.models import Invitation, User
from zhongchuang.organisations.personal import all_personal
from zhongchuang.organisations.todos import all_todos
from zhongchuang.page.refusal import Refused
from zhongchuang.policy.workdays import is_known, is_working
from zhongchuang.privacy import actions
from zhongchuang.privacy.access import department_for, may_answer
from zhongchuang.privacy.models import DataRequest
from zhongchuang.privacy.terms import answer_due
from zhongchuang.records.jobs import look_through_waiting
from zhongchuang.records.models import Draft, Letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def asks(cast):
    def one(who, kind="access", text="", key=None):
        acting = cast[who]
        return actions.ask(acting.user, by=acting, kind=kind, text=text, request_key=key or uuid4())

    return one


def code(refusal):
    return refusal and refusal.code


def todos(cast, who):
    return [todo for todo in all_todos(cast[who]) if "data-requests" in todo.url]


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2026, 11, 25), date(2026, 12, 16)),
        (date(2026, 9, 18), date(2026, 10, 15)),  # two holidays, two Sundays and Saturdays worked
        (date(2026, 2, 10), date(2026, 3, 9)),  # the Spring Festival
    ],
)
def test_an_answer_is_due_after_fifteen_working_days(day, due):
    assert answer_due(day) == due


def test_of_a_year_without_arrangement_the_weekends_are_known():
    assert (is_known(date(2026, 1, 1)), is_known(date(2031, 1, 1))) == (True, False)
    assert [is_working(date(2031, 1, 1)), is_working(date(2031, 1, 4))] == [True, False]


def test_the_nearest_department_with_an_administrator_answers(cast):
    chosen = {who: department_for(cast.people[who]) for who in ("bees.operator_head", "founder", "owls.operator_clerk")}  # fmt: skip
    assert chosen == {
        "bees.operator_head": cast.organisations["ping"],
        "founder": cast.organisations["zhe"],
        "owls.operator_clerk": cast.organisations["lu"],
    }
    # Nobody answers themselves.
    assert department_for(cast.people["ping.system_admin"]) == cast.organisations["jia"]


def test_a_request_waits_with_its_last_day_for_the_system_administrator_alone(cast, asks):
    asked = asks("bees.operator_clerk", "correct", "My name")
    waiting = {who: len(todos(cast, who)) for who in (
        "ping.system_admin", "ping.security_admin", "ping.clerk", "jia.system_admin", "hai.system_admin",
    )}  # fmt: skip
    assert waiting == {
        "ping.system_admin": 1, "ping.security_admin": 0, "ping.clerk": 0, "jia.system_admin": 0,
        "hai.system_admin": 0,
    }  # fmt: skip
    assert todos(cast, "ping.system_admin")[0].due == asked.due
    assert Letter.objects.get().recipient == cast.people["ping.system_admin"]


def test_the_same_form_sent_twice_is_one_request_and_a_second_of_a_kind_is_refused(asks):
    key = uuid4()
    assert asks("founder", key=key) == asks("founder", key=key)
    with pytest.raises(Refused) as refused:
        asks("founder")
    assert refused.value.refusal.code == "open_already"


def test_an_answer_is_a_letter_and_counts_once(cast, asks):
    asked = asks("founder")
    assert code(may_answer(cast["zhe.security_admin"], asked)) == "not_the_keeper"
    assert code(may_answer(cast["jia.system_admin"], asked)) == "not_the_keeper"
    done = actions.answer(asked, by=cast["zhe.system_admin"], done=True, text="See my data.")
    assert (done.state, done.answered_by) == ("done", cast.people["zhe.system_admin"])
    assert Letter.objects.get(recipient=cast.people["founder"]).text == "See my data."
    with pytest.raises(Refused) as refused:
        actions.answer(asked, by=cast["zhe.system_admin"], done=False, text="No")
    assert refused.value.refusal.code == "answered"
    assert todos(cast, "zhe.system_admin") == []


def test_a_deleted_account_is_nobody_and_what_the_law_keeps_stays(cast, asks, hands_in):
    evidence = hands_in("bees.operator_clerk")
    person = cast.people["bees.operator_clerk"]
    Invitation.objects.create(
        email=person.email, name=person.name, organisation=cast.organisations["bees"],
        role="operator_clerk", digest="x", expires=timezone.now(), accepted_by=person,
    )  # fmt: skip
    Draft.objects.create(user=person, purpose="p", path="/", fields={"name": ["Ming"]}, window="w")
    asked = asks("bees.operator_clerk", "delete")
    actions.answer(asked, by=cast["ping.system_admin"], done=True, text="It was deleted.")
    assert Draft.objects.count() == 0
    gone = User.objects.get(pk=person.pk)
    assert (gone.email, gone.is_active, gone.has_usable_password()) == (
        f"erased-{gone.pk}@erased.invalid", False, False,
    )  # fmt: skip
    held = [
        str(vars(one))
        for one in [gone, *Invitation.objects.all(), *EmailAddress.objects.filter(user=gone)]
    ]
    assert [text for text in held if person.email in text or person.name in text] == []
    evidence.refresh_from_db()
    assert (evidence.handed_in_by, gone.posts.count(), gone.current_posts) == (gone, 1, [])
    assert authenticate(None, email=person.email, password=PASSWORD) is None
    entry = Entry.objects.get(verb="account_erased")
    assert person.name not in f"{entry.subject_label} {entry.details}"
    # The answer goes to the address that the person had.
    assert any(person.email in str(one.task) for one in OrmQ.objects.all())


def test_the_last_administrator_cannot_leave_before_there_is_another(cast, asks):
    asked = asks("zhe.security_admin", "delete")
    keeper = cast["zhe.system_admin"]
    with pytest.raises(Refused) as refused:
        actions.answer(asked, by=keeper, done=True, text="Done")
    assert refused.value.refusal.code == "last_administrator"
    assert User.objects.get(pk=cast.people["zhe.security_admin"].pk).is_active
    assert DataRequest.objects.get().state == "open"


def test_all_about_me_tells_what_each_app_holds(cast, asks, hands_in):
    evidence = hands_in("bees.operator_clerk", "lease.pdf")
    asks("bees.operator_clerk", "copy", "All of it")
    found = {one.name: one.rows for one in all_personal(cast.people["bees.operator_clerk"])}
    assert found["account"][0]["email"] == "bees.operator_clerk@example.org"
    assert [row["organisation"] for row in found["posts"]] == ["Bees Ltd"]
    assert [row["sha256"] for row in found["files"]] == [evidence.content_id]
    assert [row["text"] for row in found["data_requests"]] == ["All of it"]
    assert [row["subject"] for row in found["log"]][-1] == "lease.pdf"
    assert "password" not in str(list(found["account"][0]))[:-20]


@pytest.fixture
def page(client, cast):
    def get(who, path, data=None):
        client.force_login(cast.people[who])
        return client.get(path) if data is None else client.post(path, data)

    return get


def test_the_page_shows_my_data_and_the_export_is_the_same(page, hands_in):
    hands_in("bees.operator_clerk", "lease.pdf")
    shown = page("bees.operator_clerk", "/account/my-data/")
    assert "lease.pdf" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    answer = page("bees.operator_clerk", "/account/my-data/export/", {})
    told = json.loads(answer.content)
    assert told["files"]["rows"][0]["name"] == "lease.pdf"
    assert told["account"]["rows"][0]["open"] is True
    assert Entry.objects.filter(verb="data_exported").count() == 1
    assert page("bees.operator_clerk", "/account/my-data/export/").status_code == 405


def test_a_request_is_asked_and_answered_on_the_pages_and_hidden_from_others(page, cast):
    form = {"kind": "correct", "text": "My name", "request_key": str(uuid4())}
    assert page("bees.operator_clerk", "/account/my-data/", form).status_code == 302
    path = DataRequest.objects.get().get_absolute_url()
    assert {who: page(who, path).status_code for who in (
        "bees.operator_clerk", "ping.system_admin", "bees.operator_head", "hai.system_admin", "ping.clerk",
    )} == {
        "bees.operator_clerk": 200, "ping.system_admin": 200,
        "bees.operator_head": 404, "hai.system_admin": 404, "ping.clerk": 404,
    }  # fmt: skip
    answer = {"done": "yes", "text": "It was corrected."}
    refused = page("bees.operator_clerk", path, answer)
    assert (refused.status_code, DataRequest.objects.get().state) == (403, "open")
    assert page("ping.system_admin", path, answer).status_code == 302
    assert DataRequest.objects.get().state == "done"


def test_the_list_of_requests_asks_the_database_as_often_for_one_as_for_three(page, asks):
    page("ping.system_admin", "/account/data-requests/")  # signs in
    counts = []
    for kinds in (["access"], ["copy", "correct"]):
        for kind in kinds:
            asks("bees.operator_clerk", kind)
        with CaptureQueriesContext(connection) as asked:
            shown = page("ping.system_admin", "/account/data-requests/").content.decode()
        counts.append((len(asked), shown.count("<li><div><a href")))
    assert [rows for _queries, rows in counts] == [1, 3]
    assert counts[0][0] == counts[1][0]


def test_who_was_invited_agrees_to_the_notice_and_older_accounts_are_asked(page, cast, client):
    path = "/account/notice/"
    User.objects.update(notice="2020-01")
    assert [todo.url for todo in all_todos(cast["ping.clerk"])] == [path]
    assert page("ping.clerk", path, {}).status_code == 302
    person = User.objects.get(pk=cast.people["ping.clerk"].pk)
    assert (person.notice != "", person.notice_agreed is not None) == (True, True)
    assert all_todos(cast["ping.clerk"]) == []
    assert Entry.objects.get(verb="notice_agreed").name == "ping.clerk"


def test_what_is_no_longer_needed_is_cleared_away_and_the_rest_is_kept(cast, asks):
    now = datetime(2026, 11, 25, tzinfo=UTC)
    old = Invitation.objects.create(
        email="a@example.org", name="A", organisation=cast.organisations["bees"],
        role="operator_clerk", digest="a", expires=now - timedelta(days=181),
    )  # fmt: skip
    young = Invitation.objects.create(
        email="b@example.org", name="B", organisation=cast.organisations["bees"],
        role="operator_clerk", digest="b", expires=now - timedelta(days=179),
    )  # fmt: skip
    asked = asks("founder", text="My address")
    actions.answer(asked, by=cast["zhe.system_admin"], done=True, text="Done")
    DataRequest.objects.update(answered=now - timedelta(days=1100))
    cleared = actions.clear_away(now)
    assert (cleared["invitations"], cleared["requests"]) == (1, 1)
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.name, old.email, young.name) == ("", "nobody@erased.invalid", "B")
    assert DataRequest.objects.get().text == ""
    assert set(actions.clear_away(now).values()) == {0}


def test_the_list_of_an_incident_names_accounts_invited_people_and_files(cast, hands_in, tmp_path):
    numbers = "13812341234\n13912341235"
    evidence = hands_in("bees.operator_clerk", "names.xlsx", seeded.workbook("cell", numbers, []))
    hands_in("ants.operator_clerk", "other.xlsx", seeded.workbook("cell", "-", []))
    look_through_waiting()
    file = tmp_path / "list.csv"
    call_command("breach_list", file, "--organisation", cast.organisations["bees"].pk, reason="A laptop was stolen")  # fmt: skip
    text = file.read_text(encoding="utf-8-sig")
    assert "bees.operator_head@example.org" in text
    assert "names.xlsx" in text
    assert "ants" not in text
    entry = Entry.objects.get(verb="breach_listed")
    assert entry.values["given"]["reason"] == "A laptop was stolen"
    with pytest.raises(CommandError):
        call_command("breach_list", file, "--evidence", str(evidence.key), reason="again")
    with pytest.raises(CommandError):
        call_command("breach_list", tmp_path / "b.csv", "--organisation", 10**9, reason="x")
    with pytest.raises(CommandError):
        call_command("breach_list", tmp_path / "b.csv", "--evidence", "no key", reason="x")
