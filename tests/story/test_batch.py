# ruff: noqa: F811 -- fixtures are imported
"""XC-4: five filings of Xuchang go through one batch, from the queue to the titles."""

from urllib.parse import urljoin

import pytest
from django.urls import reverse

from tests.procedures.conftest import begun, complete, file_of, handed_in, step  # noqa: F401
from tests.procedures.xuchang import waiting, xuchang  # noqa: F401
from zhongchuang.procedures.models import Batch, Case

pytestmark = pytest.mark.django_db(transaction=True)


def decided(page, batch, words):
    """The reason in the common field; the moves stand there already."""
    page.goto(urljoin(page.url, reverse("procedures:decide_batch", args=[batch.key])))
    page.locator("[name=words]").fill(words)
    for own in page.locator("[name^='words.']").all():
        own.fill(words)
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    assert page.locator(".errsum, .errmsg").all_inner_texts() == []


def test_five_cases_are_reviewed_and_granted_in_one_batch(waiting, as_):
    cases = waiting(5)
    page = as_("xu.clerk", reverse("procedures:batches"))
    page.get_by_role("link", name="组批").click()
    with page.expect_navigation():
        page.get_by_role("button", name="组成批次").click()
    batch = Batch.objects.get()
    assert page.locator("h1").inner_text() == f"{batch.year}年第一批"
    assert page.locator("tbody tr").count() == 5

    page.goto(urljoin(page.url, cases[0].get_absolute_url()))
    assert "已列入批次" in page.locator("main").inner_text()

    approver = as_("xu.approver", batch.get_absolute_url())
    for words in ("经评审，同意按现状予以备案", "经核实各项条件，同意予以备案"):
        decided(page, batch, words)
        assert "拟办" in page.locator("main").inner_text()
        decided(approver, batch, "同意")
    assert set(Case.objects.values_list("state", flat=True)) == {"granted"}
    assert "办结" in approver.locator("main").inner_text()  # fmt: skip
