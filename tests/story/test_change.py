"""SH-3: a change of area goes through district, alliance and city into the register; a title that ends soon is renewed."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.filing.conftest import STEPS as IN_ZHEJIANG
from tests.filing.conftest import titled  # noqa: F401 -- a fixture
from tests.procedures.conftest import begun, complete, file_of, handed_in, step  # noqa: F401 -- fixtures
from tests.shanghai import STEPS
from tests.story.conftest import fill
from tests.story.course import judged, opened, pressed, signed, written
from zhongchuang.filing.models import Title
from zhongchuang.procedures.models import Case

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = {"pu": "approver", "league": "reviewer", "hu": "approver"}


def text(page):
    return page.locator("main").inner_text()


def handed_over(page, case):
    opened(page, reverse("procedures:check", args=[case.key]))
    page.locator("[name=promised]").check()
    pressed(page, "提交")


def lettered(page, case):
    opened(page, case.get_absolute_url())
    page.get_by_role("link", name="拟写推荐函").click()
    pressed(page, "保存草稿")


def decided(as_, case, department, move, signer):
    clerk = as_(f"{department}.clerk", case.get_absolute_url())
    case.refresh_from_db()
    if "letter" in case.at.needs:
        lettered(clerk, case)
    judged(clerk, case, move, "经核对，属实")
    signed(as_(f"{department}.{signer}", case.get_absolute_url()), case)


def test_a_change_of_area_goes_from_the_register_through_the_city_back_into_it(titled_in_shanghai, as_):  # fmt: skip
    title = titled_in_shanghai()
    space, site = title.space, title.space.premises_rows.get()
    page = as_("cranes.operator_clerk", reverse("spaces:revise_row", args=[space.code, "premises", site.series]))  # fmt: skip
    fill(page, floor_area="900", on="2026-09-01", reason="二楼投入使用")
    pressed(page, "记录")

    opened(page, "/workbench/")
    page.locator("main li", has_text="申请变更").get_by_role("link").first.click()
    assert ("第七条" in text(page), page.locator("ins").all_inner_texts()) == (True, ["900 m²"])
    pressed(page, "申请变更")
    case = Case.objects.get(procedure="change")
    assert ("变更前后数据" in text(page), "二楼投入使用" in text(page)) == (True, True)
    written(page, case)
    handed_over(page, case)
    for department, move in STEPS:
        decided(as_, case, department, move, HANDS[department])

    opened(page, space.get_absolute_url())
    assert page.locator(".fig-n").first.inner_text() == "900"
    opened(page, f"{space.get_absolute_url()}?on=2026-08-31")
    assert page.locator(".fig-n").first.inner_text() == "600"
    anybody = as_("founder", title.get_absolute_url())
    assert [word in text(anybody) for word in (title.number, "登记变更", "600 m²", "900 m²")] == [True] * 4  # fmt: skip


def test_a_title_that_ends_soon_is_renewed_from_the_workbench_to_the_title_that_follows(titled, as_):  # noqa: F811 # fmt: skip
    old, until = titled(), timezone.localdate() + timedelta(days=31)
    Title.objects.filter(pk=old.pk).update(until=until, since=until - timedelta(days=400))
    page = as_("bees.operator_clerk", "/workbench/")
    page.locator("main li", has_text="称号续期").get_by_role("link").first.click()
    pressed(page, "重新申请")
    case = Case.objects.get(follows=old.case)
    assert "沿用上次文字，待核对" in text(page)
    for one in case.course.sections:
        if one.entries:
            opened(page, reverse("procedures:entries", args=[case.key, one.id]))
            pressed(page, "保存")
    opened(page, case.get_absolute_url())
    assert "沿用上次文字" not in text(page)
    for material in case.course.materials:
        if material.required:
            opened(page, reverse("procedures:material", args=[case.key, material.id]))
            pressed(page, "再次使用")
    handed_over(page, case)
    for department, move in IN_ZHEJIANG:
        decided(as_, case, department, move, "approver")

    new = Title.objects.get(case=case)
    opened(page, new.get_absolute_url())
    assert (new.since, old.number in text(page)) == (until, True)
    page.get_by_role("link", name=re.compile(old.number)).click()
    assert new.number in text(page)
