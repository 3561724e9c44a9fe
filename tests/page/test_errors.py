import html
import logging

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError, connection
from django.test import Client
from django.urls import path
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from zhongchuang.page.errors import PROBLEMS, problem
from zhongchuang.urls import *  # noqa: F403 -- the real site, with the views below added
from zhongchuang.urls import urlpatterns as site


def raising(error):
    def view(_request):
        raise error

    return view


@csrf_exempt
def refusing(request, status):
    return problem(request, status)


urlpatterns = [
    path("gap/u/<str:key>/broken/", lambda _request, key: 1 / 0),
    path("gap/u/<str:key>/large/", lambda request, key: raising(RequestDataTooBig())(request)),
    *site,
    path("denied/", raising(PermissionDenied())),
    path("odd/", raising(SuspiciousOperation())),
    path("large/", raising(RequestDataTooBig())),
    path("broken/<str:key>/", raising(RuntimeError("a fault"))),
    path("refusing/<int:status>/", refusing),
    path("form/", lambda request: problem(request, 409)),
]

pytestmark = pytest.mark.urls(__name__)


@pytest.mark.parametrize(
    ("address", "status"), [("/denied/", 403), ("/odd/", 400), ("/large/", 413), ("/none/", 404)]
)
def test_a_refused_request_gets_a_page_with_what_why_and_next(client, address, status):
    answer = client.get(address, headers={"cookie": "language=en"})
    text = html.unescape(answer.content.decode())
    assert answer.status_code == status
    with translation.override("en"):
        parts = [str(part) for part in vars(PROBLEMS[status]).values()]
    assert [part for part in parts if part not in text] == []


@pytest.mark.parametrize("status", PROBLEMS)
def test_every_problem_has_a_page(client, status):
    assert client.get(f"/refusing/{status}/").status_code == status


def test_a_fault_shows_the_number_that_stands_in_the_log(caplog):
    client = Client(raise_request_exception=False)
    with caplog.at_level(logging.ERROR):
        answer = client.get("/broken/secret-of-an-upload/?name=x")
    incident = answer.context["incident"]
    assert answer.status_code == 500
    assert f"<b>{incident}</b>" in answer.content.decode()
    assert f"incident {incident} at broken/<str:key>/" in caplog.text
    assert "secret-of-an-upload" not in caplog.text
    assert "a fault" not in answer.content.decode()


def test_a_form_from_another_site_is_refused_in_plain_words():
    answer = Client(enforce_csrf_checks=True).post("/form/", headers={"cookie": "language=en"})
    assert answer.status_code == 403
    assert "This form could not be accepted" in answer.content.decode()


def private(answer):
    names = ("Cache-Control", "X-Robots-Tag", "Referrer-Policy")
    return [answer.headers.get(name) for name in names]


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [("post", "/gap/u/key-of-it/delete/", 403), ("post", "/gap/u/deleted/", 405),
     ("get", "/gap/u/key-of-it/broken/", 500), ("get", "/gap/u/key-of-it/large/", 413)],
)  # fmt: skip
def test_a_fault_under_an_address_that_is_a_key_tells_nobody_the_key(db, method, address, status):
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    if status == 405:
        browser = Client()
    answer = getattr(browser, method)(address)
    assert answer.status_code == status
    assert private(answer) == ["private, no-store", "noindex, nofollow", "same-origin"]
    assert "key-of-it" not in answer.content.decode()


def test_a_button_s_address_opened_by_hand_says_what_it_is(client, db):
    answer = client.get("/gap/upload/", headers={"cookie": "language=en"})
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "This address cannot be opened like this" in answer.content.decode()


def test_while_the_site_is_worked_on_every_page_says_so_and_until_when(client, settings, tmp_path):
    settings.MAINTENANCE = tmp_path / "maintenance"
    settings.MAINTENANCE.write_text("Until <18:00>")
    answer = client.get("/help/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "300")
    assert "Until &lt;18:00&gt;" in answer.content.decode()
    settings.MAINTENANCE.unlink()
    assert client.get("/help/").status_code == 200


def test_without_its_database_the_site_still_says_what_broke(cast, monkeypatch):
    browser = Client(raise_request_exception=False)
    browser.force_login(cast.people["zhe.clerk"])

    def gone(*_given, **_more):
        raise OperationalError

    with monkeypatch.context() as away:
        away.setattr(connection, "cursor", gone)
        answer = browser.get("/workbench/")
    assert answer.status_code == 500
    assert answer.context["incident"] in answer.content.decode()
