"""A case in the browser, whatever its procedure: written, handed in, taken through every step, by people who click."""

from datetime import timedelta
from urllib.parse import urljoin

import time_machine
from django.urls import reverse

from tests.files.conftest import pdf
from tests.places import morning
from tests.procedures.needs import meet
from zhongchuang.procedures.jobs import close_notices
from zhongchuang.procedures.models import Case

FAULTS = ".errmsg, .errsum"


def opened(page, path):
    page.goto(urljoin(page.url, path))


def pressed(page, name):
    """A button of the page, after which nothing is wrong."""
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=name).first.click()
    assert page.locator(FAULTS).all_inner_texts() == []


def text_of(page):
    return page.locator("main").inner_text()


def written(page, case):
    """Every section in own words, every material with a file."""
    for section in case.course.sections:
        if section.entries:
            opened(page, reverse("procedures:entries", args=[case.key, section.id]))
            for entry in section.entries:
                page.locator(f"[name='{entry.id}']").fill(f"本空间的{entry.text['zh']}")
            pressed(page, "保存")
    for material in case.course.materials:
        if material.required:
            opened(page, reverse("procedures:material", args=[case.key, material.id]))
            file = {"name": f"{material.id}.pdf", "mimeType": "application/pdf", "buffer": pdf()}
            page.locator("input[type=file]").set_input_files(file)
            pressed(page, "添加")


def handed_in(page, case):
    """The check finds nothing missing; the receipt has the number."""
    opened(page, reverse("procedures:check", args=[case.key]))
    assert "内容已齐全" in text_of(page)
    page.locator("[name=promised]").check()
    pressed(page, "提交")
    case.refresh_from_db()
    assert case.number in text_of(page)


def judged(page, case, move, words="经核对，符合条件", button="拟办"):
    """A clerk judges what a person judges, and proposes."""
    opened(page, reverse("procedures:move", args=[case.key, move]))
    for field in page.locator("select[name^='met.']").all():
        field.select_option("yes")
    for field in page.locator("textarea[name^='despite.']").all():
        field.fill("经实地了解情况属实，同意按现状办理")
    page.locator("[name=words]").fill(words)
    pressed(page, button)


def signed(page, case):
    opened(page, reverse("procedures:move", args=[case.key, "sign"]))
    pressed(page, "签发")


def taken(as_, place, case, move):
    """One step: the first hand finds the case in the queue and proposes, the others sign."""
    step = case.at
    name = place.at(step)
    clerk = as_(f"{name}.{step.hands[0]}", reverse("procedures:queue"))
    assert case.space.name in clerk.locator("main table").first.inner_text()
    meet(case, place.by(step))
    judged(clerk, case, move)
    for hand in step.hands[1:]:
        signed(as_(f"{name}.{hand}", case.get_absolute_url()), case)


def announced(open_page, case):
    """A notice: everybody reads it, and on the day after its last one the platform carries the case on."""
    assert case.space.name in text_of(open_page(reverse("procedures:notices")))
    day_after = morning(case.due + timedelta(days=1))
    with time_machine.travel(day_after):
        assert close_notices() == 1


def carried_through(as_, open_page, place, case):
    """Every step, to the grant."""
    for step in place.procedure.steps:
        case = Case.objects.get(pk=case.pk)
        assert case.step == step.id
        if step.hands:
            taken(as_, place, case, step.forward)
        else:
            announced(open_page, case)
    case = Case.objects.get(pk=case.pk)
    assert case.state == Case.Standing.GRANTED
    return case
