"""A space that takes applications, and what stands in the letters about them."""

import re

import pytest
from django.urls import reverse
from django_q.models import OrmQ

from zhongchuang.admission import actions
from zhongchuang.admission.models import Application

CONDITIONS = {
    "selection": "每月评审一次", "admission": "注册不满两年，团队不少于三人",
    "graduation": "入驻满两年或实现融资", "elimination": "连续三个月不使用工位", "question": "",
}  # fmt: skip
SENDS = {
    "kind": "team", "name": "云帆团队", "credit_code": "", "product": "给渔船用的智能传感器", "contact": "李想",
    "mobile": "13812341234", "email": "Li@example.com", "people": "5", "founder_kind": "student", "desks": "",
    "agreed": "on",
}  # fmt: skip


def letters():
    """Subject, text and address of each letter that waits to be sent, the newest last."""
    return [one.task["args"] for one in OrmQ.objects.order_by("pk") if len(one.task["args"]) == 3]


def code():
    """The code in the newest letter that has one."""
    return next(found[0] for _s, body, _to in reversed(letters()) if (found := re.findall(r"(?m)^\s+(\d{6})$", body)))  # fmt: skip


@pytest.fixture
def called(registered, cast):
    """`called()` is a registered space that takes applications."""

    def one(space=None, *, version=1, is_open=True, **given):
        space = space or registered()
        given = CONDITIONS | given
        actions.set_call(
            space, by=cast["bees.operator_clerk"], version=version, is_open=is_open, **given
        )
        return space

    return one


@pytest.fixture
def send(client):
    """`send(space, name="…")` fills the public form in and presses the button; the answer."""

    def one(space, **given):
        url = reverse("admission:apply", args=[space.code])
        key = {"request_key": client.get(url).context["form"]["request_key"].value()}
        return client.post(url, SENDS | key | given)

    return one


@pytest.fixture
def applied(send, client):
    """`applied(space)` is an application that was handed in with the code from the letter."""

    def one(space, **given):
        address = send(space, **given).url
        client.post(address, {"code": code()})
        return Application.objects.latest("pk")

    return one
