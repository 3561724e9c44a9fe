"""HN-3: two officials of the province visit a site with a phone; what differs there stands beside the figure."""

from datetime import timedelta
from urllib.parse import unquote_plus

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.files.conftest import exif, picture
from tests.places import drafted, morning, open_day, place_for
from tests.procedures.needs import meet, why
from tests.story.course import judged, opened, pressed, signed, text_of
from zhongchuang.gap.packs import all_packs
from zhongchuang.procedures import actions
from zhongchuang.procedures.models import Case
from zhongchuang.visits.models import Visit

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = 390


def at_inspection(place):
    """A recognition in Hunan that was handed in, recommended and reviewed."""
    case = drafted(place)
    case = actions.hand_in(case, by=place.applicant, version=case.version, promised=True, at=timezone.now())  # fmt: skip
    while case.at.kind != "inspect":
        step = case.at
        case = meet(case, place.by(step))
        case = actions.move(case, "propose", by=place.by(step), version=case.version, proposed=step.forward, words="已核对", despite=why(case, step.forward))  # fmt: skip
        for hand in range(1, len(step.hands)):
            case = actions.move(case, "sign", by=place.by(step, hand), version=case.version)
        case = Case.objects.get(pk=case.pk)
    return case


def planned(page, case):
    """From the page of the case, for tomorrow at two, with a reviewer."""
    opened(page, case.get_absolute_url())
    page.get_by_role("link", name="安排现场核查").click()
    when = timezone.localtime() + timedelta(days=1)
    page.locator("[name=begins]").fill(f"{when:%Y-%m-%d}T14:00")
    page.get_by_label("province.reviewer").check()
    pressed(page, "安排现场核查")
    return Visit.objects.get(case=case)


def photographed(page, name, caption, line=""):
    """A picture from the camera; the page of the next one follows."""
    file = {"name": name, "mimeType": "image/jpeg", "buffer": picture(size=(120, 80 + len(caption)), exif=exif())}  # fmt: skip
    page.locator("input[type=file]").set_input_files(file)
    page.locator("[name=caption]").fill(caption)
    if line:
        page.locator("[name=line]").select_option(line)
    pressed(page, "添加照片")


def looked_at(page):
    """Every line of the checklist: the floor area is less, what nobody stated could not be seen, the rest is as stated."""
    page.get_by_role("link", name="核查清单").click()
    for line in page.locator(".look").all():
        if line.locator("[value=as_stated]").count():
            line.locator("[value=as_stated]").check()
        else:
            line.locator("[value=not_seen]").check()
            line.locator("summary").click()
            line.locator("textarea").fill("未提供名册")
    page.locator("[name='found.fact:floor_area'][value=differs]").check()
    page.locator(".look").filter(has_text="总面积").locator("summary").click()
    page.locator("[name='value.fact:floor_area']").fill("1480.5 平方米")
    kept = "二层已转租"
    with page.expect_response(lambda answer: kept in unquote_plus(answer.request.post_data or "")):
        page.locator("[name='words.fact:floor_area']").fill(kept)
    assert page.locator("html").evaluate("one => one.scrollWidth") <= PHONE
    page.reload()
    assert page.locator("[name='words.fact:floor_area']").input_value() == kept
    pressed(page, "保存清单")


def closed(page):
    page.get_by_role("link", name="提交核查报告").click()
    page.locator("[name=result][value=differs]").check()
    page.locator("[name=words]").fill("面积少于申报，其余一致")
    page.locator("[name=present]").fill("王五")
    page.locator("[name=present_role]").fill("场地负责人")
    page.locator("[name=read_out]").check()
    pressed(page, "提交核查报告")


def test_two_officials_visit_with_a_phone_and_the_decider_sees_what_differs(open_page):
    pack = all_packs()["hunan-2016"]
    procedure = pack.procedures["recognition"]
    start = morning(open_day(pack, procedure))

    with time_machine.travel(start):
        place = place_for(pack, procedure)
        case = at_inspection(place)

        def as_(who, path, **more):
            client = Client()
            client.force_login(place.cast.people[who])
            return open_page(path, **{settings.SESSION_COOKIE_NAME: client.session.session_key}, **more)  # fmt: skip

        visit = planned(as_("province.clerk", case.get_absolute_url()), case)
    with time_machine.travel(visit.begins + timedelta(minutes=10)):
        page = as_("province.clerk", reverse("organisations:workbench"), width=PHONE)
        assert "现场核查" in text_of(page)
        opened(page, visit.get_absolute_url())
        page.get_by_role("link", name="照片", exact=True).click()
        photographed(page, "hall.jpg", "一层大厅")
        photographed(page, "floor.jpg", "二层门牌", "fact:floor_area")
        assert visit.photographs.shown().count() == 2
        opened(page, visit.get_absolute_url())
        looked_at(page)
        closed(page)

        second = as_("province.reviewer", visit.get_absolute_url(), width=PHONE)
        assert ("1,480.5" in text_of(second), second.locator(".shots img").count()) == (True, 2)
        second.get_by_role("link", name="复核确认").click()
        pressed(second, "复核确认")

        clerk = as_("province.clerk", case.get_absolute_url())
        assert "二层已转租" in text_of(clerk)
        judged(clerk, case, "report", "现场核查完毕，面积不符")
        signed(as_("province.approver", case.get_absolute_url()), case)
        case.refresh_from_db()
        assert case.step == "list"
        head = as_("operator.operator_head", visit.get_absolute_url(), width=PHONE)
        assert "面积少于申报" in text_of(head)
