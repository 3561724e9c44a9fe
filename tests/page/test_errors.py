import html
import logging

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
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
