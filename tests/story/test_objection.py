# ruff: noqa: F811 -- fixtures of cases are imported
"""HN-3, M-09: a visitor objects on a telephone; the department rejects it with reasons; the notice goes on, ends by itself, and the case is decided."""

from datetime import timedelta
from urllib.parse import urljoin

import pytest
from django.urls import reverse

from tests.admission.conftest import code, letters
from tests.files.conftest import picture
from tests.objections.conftest import midnight_after
from tests.procedures.conftest import begun, complete, file_of, handed_in, on_notice, step  # noqa: F401 -- fixtures
from tests.story.conftest import fill
from zhongchuang.objections.models import Objection
from zhongchuang.procedures.jobs import close_notices
from zhongchuang.procedures.models import Case

pytestmark = pytest.mark.django_db(transaction=True)


def opened(page, path):
    page.goto(urljoin(page.url, path))


def pressed(page, name):
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=name).first.click()
    assert page.locator(".errmsg, .err-summary, .errsum").all_inner_texts() == []


def followed(page, name):
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name=name).first.click()


def text(page):
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    return page.locator("main").inner_text()


def objected(visitor, case, axe):
    """A visitor fills the form in on a telephone and enters the code from the letter; the objection."""
    followed(visitor, case.space.name)
    assert "暂定" in text(visitor)
    assert axe(visitor) == {}
    followed(visitor, "提出异议")
    fill(
        visitor, kind="person", name="周知", phone="13812341234", email="zhou@example.com",
        grounds="面积与现场不符，可到岳麓大道 1 号核对。", place="whole",
    )  # fmt: skip
    assert axe(visitor) == {}
    visitor.locator("[name=agreed]").check()
    pressed(visitor, "下一步：验证邮箱")
    assert "六位验证码" in text(visitor)
    followed(visitor, "补充文件")
    visitor.locator("[name=file]").set_input_files(
        {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    )
    pressed(visitor, "提交文件")
    assert "现场.jpg" in text(visitor)
    assert axe(visitor) == {}
    followed(visitor, "去输入验证码")
    assert axe(visitor) == {}
    visitor.locator("[name=code]").fill(code())
    pressed(visitor, "提交异议")
    it = Objection.objects.get()
    assert it.number in text(visitor)
    return it


def rejected(clerk, it, axe):
    """A clerk of the department opens the objection from the workbench, looks into it, and proposes to reject it."""
    followed(clerk, "去审核")
    assert it.grounds in text(clerk)
    assert "周知" not in text(clerk)
    with clerk.expect_download() as saved:
        clerk.locator("main").get_by_role("link", name="现场.jpg").click()
    assert saved.value.suggested_filename == "现场.jpg"
    assert axe(clerk) == {}
    pressed(clerk, "开始核查")
    followed(clerk, "拟办答复意见")
    clerk.get_by_role("radio", name="不成立").check()
    clerk.locator("[name=words]").fill("经现场核对，面积与合同一致。")
    pressed(clerk, "拟办答复意见")


def test_a_visitor_objects_the_department_answers_and_the_notice_goes_on_to_the_decision(
    on_notice, open_page, as_, step, time_machine, axe
):
    case = on_notice
    visitor = open_page(reverse("procedures:notices"), width=390)
    it = objected(visitor, case, axe)
    assert Case.objects.get(pk=case.pk).on_hold
    applicant = as_("owls.operator_head", case.get_absolute_url())
    assert "公示中止" in text(applicant)
    assert it.number not in text(applicant)

    rejected(as_("xiang.clerk", "/workbench/"), it, axe)
    visitor.reload()
    assert "核查中" in text(visitor)
    approver = as_("xiang.approver", it.get_absolute_url())
    followed(approver, "签发答复")
    pressed(approver, "签发答复")
    visitor.reload()
    assert "经现场核对，面积与合同一致。" in text(visitor)
    assert "经现场核对" in letters()[-1][1]

    held = Case.objects.get(pk=case.pk)
    assert (held.on_hold, held.due >= case.due) == (False, True)
    time_machine.move_to(midnight_after(held.due) + timedelta(minutes=1))
    assert close_notices() == 1
    notice = reverse("objections:notice", args=[case.number])
    ended = visitor.request.get(urljoin(visitor.url, notice)).text()
    assert ("公示已结束" in ended, case.space.name in ended) == (True, False)
    step(Case.objects.get(pk=case.pk), "xiang", "grant")
    opened(visitor, reverse("filing:titles"))
    assert case.space.name in text(visitor)
