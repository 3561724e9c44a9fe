"""The pages of an import: who sees them, what they answer, how many queries a list takes."""

import uuid
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.imports.conftest import book, upload
from zhongchuang.imports import actions as imports
from zhongchuang.imports import jobs
from zhongchuang.imports.declaration import kind_of
from zhongchuang.imports.models import Import

pytestmark = pytest.mark.django_db
CLERK = "bees.operator_clerk"


@pytest.fixture
def found(bring, space):
    return bring(CLERK, "staff", [["name"], ["Wang"]], scope=space.code)


def pages_of(found):
    return [reverse(f"imports:{name}", args=[found.key]) for name in ("import", "columns", "errors", "progress", "undo")]  # fmt: skip


def test_others_find_nothing_at_the_addresses_of_an_import(client, cast, found):
    for who in ("ants.operator_clerk", "ping.clerk", "zhe.clerk", "founder"):
        client.force_login(cast.people[who])
        assert [client.get(address).status_code for address in pages_of(found)] == [404] * 5
    client.force_login(cast.people[CLERK])
    assert [client.get(address).status_code for address in pages_of(found)] == [200, 200, 200, 200, 409]  # fmt: skip


def test_a_visitor_is_sent_to_sign_in(client, found):
    for address in [*pages_of(found), "/imports/"]:
        assert client.get(address).url.startswith("/account/login/")


def test_a_space_of_others_takes_no_rows_and_the_register_no_operator(client, cast, space):
    client.force_login(cast.people["ants.operator_clerk"])
    assert client.get(f"/imports/into/{space.code}/").status_code == 404
    assert client.get(f"/imports/into/{space.code}/staff/").status_code == 404
    assert client.get("/imports/new/register/").status_code == 403
    assert client.get("/imports/new/staff/").status_code == 404
    client.force_login(cast.people["ping.clerk"])
    assert client.get("/imports/new/register/").status_code == 200
    assert client.get("/imports/new/own-spaces/").status_code == 403


def test_a_file_goes_the_whole_way_without_scripts(client, cast, space):
    client.force_login(cast.people[CLERK])
    new = f"/imports/into/{space.code}/staff/"
    sent = {"file": upload(book([["name"], ["Wang"]])), "request_key": uuid.uuid4()}
    columns = client.post(new, sent).url
    found = Import.objects.get()
    given = {"c0": "name", "existing": "skip", "on": "2026-01-01", "version": found.version}
    page = client.post(columns, given).url
    found.refresh_from_db()
    client.post(f"{page}confirm/", {"version": found.version, "request_key": uuid.uuid4()})
    assert b"hx-get" in client.get(page).content
    jobs.run(found.pk)
    assert client.get(f"{page}progress/").headers["HX-Refresh"] == "true"
    assert client.get(f"{page}undo/").status_code == 200
    client.post(f"{page}undo/")
    found.refresh_from_db()
    assert found.state == "undone"


def test_the_same_file_sent_twice_by_one_form_is_one_import(client, cast, space):
    client.force_login(cast.people[CLERK])
    key = uuid.uuid4()
    for _again in range(2):
        sent = {"file": upload(book([["name"], ["Wang"]])), "request_key": key}
        assert client.post(f"/imports/into/{space.code}/staff/", sent).status_code == 302
    assert Import.objects.count() == 1


def test_a_file_that_cannot_be_read_is_told_at_its_field(client, cast, space):
    client.force_login(cast.people[CLERK])
    sent = {"file": upload(b"%PDF-1.7", "a.pdf"), "request_key": uuid.uuid4()}
    answer = client.post(f"/imports/into/{space.code}/staff/", sent)
    assert "PDF" in answer.context["form"].errors["file"][0]


def test_a_column_chosen_twice_is_told(client, cast, space):
    data = book([["name", "who"], ["Wang", "Li"]])
    found = imports.receive(upload(data), by=cast[CLERK], kind=kind_of("staff"), scope=space.code)
    client.force_login(cast.people[CLERK])
    given = {"c0": "name", "c1": "name", "existing": "skip", "on": "2026-01-01", "version": 1}
    answer = client.post(reverse("imports:columns", args=[found.key]), given)
    assert list(answer.context["form"].errors) == ["c1"]


def test_the_list_takes_as_many_queries_with_one_row_as_with_three(client, cast, found, bring, space):  # fmt: skip
    client.force_login(cast.people[CLERK])
    client.get("/imports/")
    counts = []
    for _more in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get("/imports/")
        counts.append(len(queries))
        for name in ("Li", "Zhao"):
            bring(CLERK, "staff", [["name"], [name]], scope=space.code, on=date(2026, 1, 1))
    assert counts[0] == counts[1]
