"""Every procedure of every pack in the browser, from the guide over the plaque to the end of the title (ZJ-2, HN-3, SH-1, SH-2, SH-5, SH-6, XC-4, XZ-5, JS-1, JS-2)."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from tests.places import APPLIED_FOR, morning, open_day
from tests.story.course import carried_through, handed_in, opened, pressed, text_of, written
from zhongchuang.filing.jobs import nightly
from zhongchuang.filing.models import Ban, Title
from zhongchuang.gap.packs import own_packs
from zhongchuang.procedures.models import Case

pytestmark = pytest.mark.django_db(transaction=True)


def granted(place, as_, open_page):
    """The title, after a case that was applied for and decided by clicking."""
    guide = reverse("procedures:guide", args=[place.pack.id, place.procedure.id])
    page = as_("operator.operator_head", guide, width=390)
    assert place.procedure.title["zh"] in text_of(page)
    pressed(page, "开始申请")
    case = Case.objects.get(space=place.space)
    written(page, case)
    handed_in(page, case)
    case = carried_through(as_, open_page, place, case)
    opened(page, case.get_absolute_url())
    return Title.objects.get(case=case), page


def verified(open_page, title):
    """What anyone sees who follows the code on the plaque."""
    page = open_page(title.get_absolute_url(), width=390)
    assert title.number in text_of(page)
    return text_of(page)


def taken_home(page, title):
    """The certificate for the plaque, as its operator loads it."""
    opened(page, title.get_absolute_url())
    with page.expect_download() as download:
        page.get_by_role("link", name="证书（PDF）").click()
    return download.value.path().read_bytes()


def given_up(as_, title):
    page = as_("operator.operator_head", reverse("filing:give_up", args=[title.code]))
    page.locator("[name=words]").fill("场地到期，停止运营")
    pressed(page, "放弃")


def revoked(as_, place, title):
    """By an approver of the department that granted it, for false material where the document bars for it."""
    who = f"{place.at_level(place.procedure.steps[-1].level)}.approver"
    page = as_(who, reverse("filing:revoke", args=[title.code]))
    page.locator("[name=words]").fill("第十条：申报材料中的面积不实")
    if place.procedure.ban:
        page.locator("[name=false_material]").check()
    pressed(page, "撤销称号")


@pytest.mark.parametrize(("pack", "procedure"), APPLIED_FOR)
def test_from_the_guide_over_the_plaque_to_the_exit(somewhere, open_page, pack, procedure):
    rules = own_packs()[pack]
    course = rules.procedures[procedure]
    with time_machine.travel(morning(open_day(rules, course))):
        place, as_ = somewhere(pack, procedure)
        title, page = granted(place, as_, open_page)
        assert (title.name_zh, title.level, title.is_valid) == (course.gives.title["zh"], course.gives.level, True)  # fmt: skip
        assert "该称号有效" in verified(open_page, title)
        assert taken_home(page, title).startswith(b"%PDF")

        if course.gives.years:
            with time_machine.travel(morning(title.until + timedelta(days=1))):
                nightly()
                assert "该称号不在有效期内" in verified(open_page, title)
        elif course.ban:
            revoked(as_, place, title)
            assert "第十条" in verified(open_page, title)
            opened(page, reverse("procedures:guide", args=[pack, procedure]))
            assert Ban.objects.get().words in text_of(page)
            assert page.get_by_role("button", name="开始申请").count() == 0
        else:
            given_up(as_, title)
            assert "场地到期" in verified(open_page, title)
        title.refresh_from_db()
        assert not title.is_valid
