# ruff: noqa: F811 -- fixtures of cases are imported
"""U-18: a queue is worked through without a mouse; whoever does not want single keys switches them off."""

from urllib.parse import urljoin

import pytest
from django.urls import reverse

from tests.procedures.conftest import begun, complete, file_of, handed_in  # noqa: F401 -- fixtures
from zhongchuang.procedures.models import Case

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_queue_is_worked_through_by_keys_alone_and_the_keys_can_be_switched_off(
    as_,
    handed_in,
    begun,
    registered,
):
    cases = [handed_in(begun(registered(name=f"厅 {number}"))) for number in range(3)]
    page = as_("jia.clerk", reverse("procedures:queue"))
    keys = page.keyboard
    keys.press("j")
    keys.press("j")
    keys.press("k")
    with page.expect_navigation():
        keys.press("Enter")
    assert page.url.endswith(cases[0].get_absolute_url())

    keys.press("e")
    page.locator("#viewer iframe").wait_for()
    first = page.locator("#viewer iframe").get_attribute("src")
    keys.press("e")
    page.locator(f"#viewer iframe:not([src='{first}'])").wait_for()
    assert page.locator(".conds").is_visible()
    keys.press("w")
    page.locator("#viewer").wait_for(state="hidden")

    for _case in cases[:2]:
        with page.expect_navigation():
            keys.press("a")
        words = page.locator("[name=words]")
        words.fill("经核对，符合条件 j k e")
        with page.expect_navigation():
            keys.press("Control+Enter")
        page.locator("h1").wait_for()
    assert page.url.endswith(cases[2].get_absolute_url())
    assert list(Case.objects.order_by("pk").values_list("hand", flat=True)) == [1, 1, 0]

    page.locator("[data-keys] summary").click()
    page.locator("[data-keys] input").uncheck()
    page.reload()
    keys.press("e")
    page.wait_for_timeout(300)
    assert page.locator("#viewer iframe").count() == 0
    keys.press("a")
    page.wait_for_timeout(300)
    assert page.url == urljoin(page.url, cases[2].get_absolute_url())
