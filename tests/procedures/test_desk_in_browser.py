# ruff: noqa: F811 -- fixtures of cases are imported
"""A clerk works through a queue without a mouse (U-18)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.story.conftest import as_  # noqa: F401 -- a fixture
from zhongchuang.procedures.models import Case

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "经济开发区科技创新服务中心青年创业就业与乡村振兴融合示范众创空间（二期扩建工程）第{}号"
FOCUS = "document.activeElement.textContent.trim() || document.activeElement.name"


@pytest.fixture
def row(handed_in, begun, registered):
    """Three cases with long names that wait at the city; the first is overdue."""
    cases = [handed_in(begun(registered(name=LONG.format(number)))) for number in range(3)]
    for days, case in enumerate(cases):
        Case.objects.filter(pk=case.pk).update(due=timezone.localdate() + timedelta(days=5 * days - 3))  # fmt: skip
    return cases


def test_a_clerk_decides_by_keys_alone_and_the_queue_goes_on_from_the_case_read_last(row, as_):
    page = as_("jia.clerk", reverse("procedures:queue"))

    def press(key, to):
        with page.expect_navigation(url=f"**{to}"):
            page.keyboard.press(key)

    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate(FOCUS) == LONG.format(1)
    press("Enter", row[1].get_absolute_url())
    press("q", reverse("procedures:queue"))
    page.keyboard.press("j")
    assert page.evaluate(FOCUS) == LONG.format(2)
    page.keyboard.press("k")
    press("Enter", row[1].get_absolute_url())
    press("a", reverse("procedures:move", args=[row[1].key, "consent"]))
    assert page.evaluate("document.activeElement.closest('[data-send] form') !== null")
    press("Control+Enter", row[2].get_absolute_url())
    assert Case.objects.get(pk=row[1].pk).proposed == "consent"


def test_a_form_opened_without_a_key_does_not_take_the_focus(row, as_):
    page = as_("jia.clerk", row[0].get_absolute_url(), width=390)
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name="同意").click()
    assert page.evaluate("document.activeElement.tagName") == "BODY"


def test_what_is_overdue_stands_out_in_the_queue_and_on_the_case(row, as_):
    page = as_("jia.clerk", reverse("procedures:queue"), width=390)
    assert page.locator("[data-rows] .tag-red").all_inner_texts() == ["已逾期 3 天"]
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.goto(page.url.removesuffix(reverse("procedures:queue")) + row[0].get_absolute_url())
    assert page.locator(".steps .tag-red").inner_text() == "已逾期 3 天"
    assert page.locator("main").inner_text().count(LONG.format(0)) == 2
    assert page.evaluate("document.documentElement.scrollWidth") == 390
