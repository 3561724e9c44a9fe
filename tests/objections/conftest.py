"""A recognition in Hunan on public notice, and what visitors and officials do about it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.admission.conftest import code, letters  # noqa: F401 -- read by the tests
from tests.procedures.conftest import begun, complete, file_of, handed_in, on_notice, step  # noqa: F401 -- fixtures
from zhongchuang.objections import actions
from zhongchuang.objections.models import Objection

SENDS = {
    "kind": "person", "name": "周知", "credit_code": "", "phone": "13812341234", "email": "Zhou@example.com",
    "place": "whole", "grounds": "面积与现场不符，可到岳麓大道 1 号核对。", "agreed": "on",
}  # fmt: skip


@pytest.fixture
def send(client):
    """`send(case, name="…")` fills the public form in and presses the button; the answer."""

    def one(case, **given):
        url = reverse("objections:object", args=[case.number])
        key = {"request_key": client.get(url).context["form"]["request_key"].value()}
        return client.post(url, SENDS | key | given)

    return one


@pytest.fixture
def objected(send, client):
    """`objected(case)` is an objection that counts: the code from the letter was entered."""

    def one(case, **given):
        client.post(send(case, **given).url, {"code": code()})
        return Objection.objects.latest("pk")

    return one


@pytest.fixture
def begun_by():
    """`begun_by(case, n)` is an objection whose code was sent and not entered: `(objection, code)`."""

    def one(case, number=0):
        given = {n: v for n, v in SENDS.items() if n != "agreed"}
        found = actions.begin(
            case, key=f"6f1d2b0c-0000-4000-8000-{number:012d}", ip=f"192.0.2.{number}",
            **given | {"email": f"zhou{number}@example.com"},
        )  # fmt: skip
        return found, code()

    return one


@pytest.fixture
def answered(cast):
    """`answered(objection, "rejected")`: the clerk proposes, the approver signs."""

    def one(objection, answer, words="经核对，面积与合同一致。", department="xiang"):
        actions.propose(objection, by=cast[f"{department}.clerk"], version=objection.version, answer=answer, words=words)  # fmt: skip
        actions.sign(objection, by=cast[f"{department}.approver"], version=objection.version)
        return Objection.objects.get(pk=objection.pk)

    return one


def midnight_after(day):
    """The first moment in which a day is over."""
    return timezone.make_aware(timezone.datetime.combine(day + timezone.timedelta(days=1), timezone.datetime.min.time()))  # fmt: skip
