# ruff: noqa: F811 -- fixtures of cases are imported
"""BY-4, ZJ-9: a refusal and a revocation are contested in the browser; other people look again, and both fall."""

import pytest
from django.urls import reverse

from tests.contests.conftest import HEAD, asked, colleagues, decided, refused, review, taken  # noqa: F401 -- fixtures
from tests.filing.conftest import titled  # noqa: F401 -- a fixture
from tests.procedures.conftest import begun, complete, file_of, handed_in, step  # noqa: F401 -- fixtures
from tests.story.course import handed_in as sent
from tests.story.course import judged, opened, pressed, signed, text_of, written
from zhongchuang.filing import actions
from zhongchuang.filing.models import Title
from zhongchuang.procedures.models import Case

pytestmark = pytest.mark.django_db(transaction=True)


def followed(page, name):
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name=name).first.click()


def asked_for(page, axe):
    """The operator reads until when and how, writes the grounds, and hands the request in; the review."""
    followed(page, "申请复核")
    assert "行政复议" in text_of(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe(page) == {}
    pressed(page, "开始填写")
    made = Case.objects.latest("pk")
    written(page, made)
    sent(page, made)
    return made


def taken_by(as_, department, made, move):
    """One step of a review, by the second people of a department."""
    made.refresh_from_db()
    clerk, *others = Case.objects.get(pk=made.pk).at.hands
    page = as_(f"{department}.{clerk}.b", reverse("procedures:queue"))
    assert made.space.name in page.locator("main table").first.inner_text()
    judged(page, made, move)
    for hand in others:
        signed(as_(f"{department}.{hand}.b", made.get_absolute_url()), made)


def test_a_refused_filing_is_reviewed_by_others_taken_up_again_and_granted(
    cast, refused, as_, step, axe
):
    case = refused()
    head = as_(HEAD, case.get_absolute_url(), width=390)
    made = asked_for(head, axe)
    opened(head, case.get_absolute_url())
    assert ("复核" in text_of(head), made.number in text_of(head)) == (True, True)

    barred = as_("jia.clerk", reverse("procedures:queue"))
    assert "没有" in barred.locator("[data-rows]").first.inner_text()
    opened(barred, made.get_absolute_url())
    assert "应当回避" in text_of(barred)
    for move in ("consent", "grant"):
        taken_by(as_, "jia", made, move)

    opened(head, case.get_absolute_url())
    assert "复核后撤回不予决定" in text_of(head)
    judged(as_("jia.clerk.b", case.get_absolute_url()), case, "consent")
    signed(as_("jia.approver.b", case.get_absolute_url()), case)
    step(case, "ping", "recommend")
    step(case, "zhe", "grant")
    opened(head, Title.objects.get(case=case).get_absolute_url())
    assert "有效" in text_of(head)


def test_a_revoked_title_stands_again_for_whoever_scans_the_plaque(
    cast, titled, as_, open_page, axe
):
    colleagues(cast, "zhe")
    title = titled()
    actions.revoke(title, by=cast["zhe.approver"], version=title.version, words="长期停业")
    visitor = open_page(title.get_absolute_url(), width=390)
    assert "不在有效期" in text_of(visitor)
    made = asked_for(as_(HEAD, title.get_absolute_url()), axe)
    for move in ("consent", "grant"):
        taken_by(as_, "zhe", made, move)
    visitor.reload()
    text = text_of(visitor)
    assert ("不在有效期" in text, title.number in text, "恢复称号" in text) == (False, True, True)
    assert axe(visitor) == {}
