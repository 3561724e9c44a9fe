import json
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext_lazy as _

from tests.files.conftest import picture
from zhongchuang.audit.models import Entry
from zhongchuang.audit.verification import verify
from zhongchuang.records import actions
from zhongchuang.records.models import Content, DocumentNumber, Evidence, Letter

pytestmark = pytest.mark.django_db
NAME = "\u5927\u5385 1.jpg"


@pytest.fixture
def signed_in(cast, client):
    def one(who):
        client.force_login(cast.people[who])
        return client

    return one


def test_a_file_is_given_out_to_be_saved_and_never_run(hands_in, signed_in):
    evidence = hands_in("bees.operator_clerk", NAME, picture())
    answer = signed_in("ping.clerk").get(f"{evidence.get_absolute_url()}download/")
    assert answer.status_code == 200
    assert {name: answer[name] for name in (
        "Content-Type", "Content-Disposition", "X-Content-Type-Options", "Content-Security-Policy", "Cache-Control",
    )} == {
        "Content-Type": "image/jpeg",
        "Content-Disposition": "attachment; filename=\"__ 1.jpg\"; filename*=UTF-8''%E5%A4%A7%E5%8E%85%201.jpg",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, no-store",
    }  # fmt: skip
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8")
    small = signed_in("ping.clerk").get(f"{evidence.get_absolute_url()}thumbnail/")
    assert (small.status_code, small["Content-Disposition"], small["Content-Type"]) == (
        200,
        "inline",
        "image/jpeg",
    )


@pytest.mark.parametrize("page", ["", "download/", "thumbnail/", "withdraw/"])
@pytest.mark.parametrize(
    "who", ["kites.operator_head", "xiang.clerk", "founder", "zhe.system_admin", "zhe.audit_admin"]
)
def test_to_outsiders_there_is_no_such_file(hands_in, signed_in, who, page):
    evidence = hands_in("bees.operator_clerk", NAME, picture())
    assert signed_in(who).get(evidence.get_absolute_url() + page).status_code == 404


@pytest.mark.parametrize("path", ["/evidence/", "/letters/", "/numbers/", "/audit/"])
def test_who_has_not_signed_in_is_asked_to(client, path):
    answer = client.get(path)
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/account/login/")


def test_a_damaged_file_is_not_given_out_and_that_is_recorded(hands_in, signed_in):
    evidence = hands_in("bees.operator_clerk")
    path = Path(default_storage.path(evidence.content.path))
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    answer = signed_in("bees.operator_clerk").get(f"{evidence.get_absolute_url()}download/")
    assert answer.status_code == 500
    assert Entry.objects.get(verb="found_damaged").values["given"]["sha256"] == evidence.content_id


@pytest.mark.parametrize(
    ("scan", "status"), [("waiting", 409), ("quarantined", 403), ("passed", 200)]
)
def test_a_file_is_given_out_when_the_scanner_passed_it(hands_in, signed_in, scan, status):
    evidence = hands_in("bees.operator_clerk", NAME, picture())
    Content.objects.update(scan=scan)
    client = signed_in("bees.operator_clerk")
    answers = [
        client.get(evidence.get_absolute_url() + page).status_code
        for page in ("download/", "thumbnail/")
    ]
    assert answers == [status, status]
    assert client.get(evidence.get_absolute_url()).status_code == 200


def test_a_list_costs_the_same_with_one_file_and_with_three(
    hands_in, signed_in, django_assert_num_queries
):
    counts = []
    for number in range(3):
        hands_in("bees.operator_clerk", f"{number}.jpg", picture(size=(20 + number, 20)))
        client = signed_in("ping.clerk")
        client.get("/evidence/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/evidence/")
        counts.append(len(queries))
    assert counts[0] == counts[2]


def test_a_letter_is_marked_as_read_by_its_reader_and_leads_on(cast, signed_in):
    actions.write(
        [cast.people["founder"]], key="1", title=_("Help"), text=_("Help"), url="/evidence/"
    )
    letter = Letter.objects.get()
    assert signed_in("bees.operator_head").post(f"/letters/{letter.pk}/read/").status_code == 404
    client = signed_in("founder")
    assert client.get("/letters/").status_code == 200
    assert Letter.objects.unread().count() == 1
    assert client.post(f"/letters/{letter.pk}/read/")["Location"] == "/evidence/"
    assert Letter.objects.unread().count() == 0


def test_a_letter_never_leads_off_the_site(cast, signed_in):
    actions.write(
        [cast.people["founder"]],
        key="1",
        title=_("Help"),
        text=_("Help"),
        url="https://evil.example/",
    )
    assert signed_in("founder").post(f"/letters/{Letter.objects.get().pk}/read/")["Location"] == "/"


def test_a_form_sent_twice_takes_one_number(signed_in):
    client = signed_in("zhe.clerk")
    form = {"request_key": "5b0b1a6e-0000-4000-8000-000000000001", "word": "A", "title": "x"}
    assert [client.post("/numbers/", form).status_code for _ in range(3)] == [302, 302, 302]
    assert DocumentNumber.objects.count() == 1


def test_who_issues_no_documents_is_told_so(signed_in):
    assert signed_in("bees.operator_head").get("/numbers/").status_code == 403


def test_the_log_is_there_for_the_audit_administrator_alone(cast, signed_in):
    roles = {
        name.partition(".")[2]: name
        for name in cast.people
        if name.startswith(("zhe.", "bees.", "founder"))
    }
    answers = {role: signed_in(name).get("/audit/").status_code for role, name in roles.items()}
    assert {role for role, status in answers.items() if status == 200} == {"audit_admin"}
    assert set(answers.values()) == {200, 404}
    for page in ("export/", "check/"):
        assert signed_in("zhe.security_admin").post(f"/audit/{page}").status_code == 404


def test_the_log_is_searched_by_who_when_verb_and_subject(hands_in, signed_in):
    hands_in("bees.operator_clerk", "lease.pdf")
    hands_in("kites.operator_clerk", NAME, picture())
    client = signed_in("zhe.audit_admin")

    def found(**search):
        return {entry.subject_label for entry in client.get("/audit/", search).context["page"].rows}

    assert found() == {"lease.pdf", NAME}
    assert found(who="kites") == found(subject="\u5927\u5385") == {NAME}
    assert found(who="Bees Ltd", verb="handed_in") == {"lease.pdf"}
    assert found(since="2020-01-01", until="2099-01-01") == {"lease.pdf", NAME}
    assert found(until="2020-01-01") == found(since="2099-01-01") == found(since="rubbish") == set()


def test_an_export_holds_what_was_searched_for_and_is_itself_recorded(hands_in, signed_in):
    hands_in("bees.operator_clerk", "lease.pdf")
    hands_in("kites.operator_clerk", NAME, picture())
    answer = signed_in("zhe.audit_admin").post("/audit/export/?who=kites")
    head, *lines = [json.loads(line) for line in b"".join(answer.streaming_content).splitlines()]
    place = head["fields"].index("subject_label")
    assert [line[place] for line in lines] == [NAME]
    assert Entry.objects.get(verb="exported").values == {"given": {"who": "kites"}}
    assert verify().count == 1  # nothing was noted outside: a test commits nothing


def test_every_post_of_these_pages_writes_an_entry(hands_in, signed_in, cast):
    evidence = hands_in("bees.operator_clerk")
    steps = [
        ("bees.operator_head", f"{evidence.get_absolute_url()}withdraw/", {}),
        (
            "zhe.clerk",
            "/numbers/",
            {"request_key": "5b0b1a6e-0000-4000-8000-000000000001", "word": "A", "title": "x"},
        ),
        ("zhe.audit_admin", "/audit/check/", {}),
        ("zhe.audit_admin", "/audit/export/", {}),
    ]
    for who, path, form in steps:
        client = signed_in(who)
        before = Entry.objects.count()
        client.post(path, form)
        assert (path, Entry.objects.count()) == (path, before + 1)
    assert Evidence.objects.current().count() == 0
