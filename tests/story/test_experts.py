# ruff: noqa: F811 -- fixtures of the panel are imported
"""HN-3, S-23: experts are drawn by lot, one gives the place up, the others answer on a phone, and the step leads on."""

import pytest
from django.urls import reverse

from tests.panels.conftest import at_review, expert, hunan, july, moved  # noqa: F401 -- fixtures
from tests.story.course import opened, pressed, text_of
from zhongchuang.panels import actions as panels
from zhongchuang.panels.models import Seat
from zhongchuang.procedures.models import Case

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "场地、团队和服务与申报一致，建议通过"


def test_experts_are_drawn_answer_on_a_phone_and_are_read_once_all_are_there(
    hunan, at_review, expert, as_person, axe, too_wide
):
    case = at_review()
    clerk = as_person(hunan, "province.clerk", case.get_absolute_url())
    clerk.get_by_role("link", name="邀请专家").click()
    pressed(clerk, "随机抽取")
    seats = list(Seat.objects.filter(case=case).select_related("expert"))
    assert len(seats) == case.course.step("review").opinions

    phone = as_person(hunan, seats[0].expert.name, reverse("panels:seats"), width=390)
    phone.get_by_role("link", name=case.space.name).first.click()
    phone.get_by_role("heading", name="条件", exact=True).wait_for()
    assert (axe(phone), too_wide(phone) <= 0) == ({}, True)
    phone.get_by_role("link", name="填写意见").first.click()
    phone.get_by_label("推荐", exact=True).check()
    phone.locator("[name=words]").fill(WORDS)
    phone.locator("[name=free]").check()
    pressed(phone, "提出意见")
    assert WORDS in text_of(phone)

    other = as_person(hunan, seats[1].expert.name, seats[1].get_absolute_url(), width=390)
    other.get_by_role("link", name="退出评审").click()
    other.locator("[name=words]").fill("亲属在该空间创业")
    pressed(other, "退出评审")

    opened(clerk, reverse("panels:panel", args=[case.key]))
    assert "亲属在该空间创业" in text_of(clerk)
    assert WORDS not in text_of(clerk)
    clerk.locator("[name=expert]").select_option(index=1)
    pressed(clerk, "邀请这位专家")
    for seat in Seat.objects.filter(case=case, state="named").select_related("expert"):
        number = int(seat.expert.name.removeprefix("expert"))
        panels.give(seat, by=expert(number), version=seat.version, conclusion="conditions", words="补齐导师协议")  # fmt: skip
    clerk.reload()
    assert WORDS in text_of(clerk)
    assert moved(hunan, Case.objects.get(pk=case.pk), "conclude").step == "inspect"
