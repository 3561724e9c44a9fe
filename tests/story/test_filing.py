"""ZJ-2, BY-4: a space is filed in Zhejiang, from the guide to the decision that anyone can recompute."""

import json
from urllib.parse import urljoin

import pytest
from django.urls import reverse

from tests.files.conftest import pdf
from zhongchuang.policy.decision import recompute
from zhongchuang.procedures.models import Case

pytestmark = pytest.mark.django_db(transaction=True)
GUIDE = ("zhejiang-2016", "filing")


def opened(page, path):
    page.goto(urljoin(page.url, path))


def pressed(page, name):
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=name).first.click()
    assert page.locator(".errmsg, .err-summary").all_inner_texts() == []


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


def judged(page, case, move, words):
    """A clerk judges what a person judges, and proposes."""
    opened(page, reverse("procedures:move", args=[case.key, move]))
    for field in page.locator("select[name^='met.']").all():
        field.select_option("yes")
    page.locator("[name=words]").fill(words)
    pressed(page, "拟办")


def signed(page, case):
    opened(page, reverse("procedures:move", args=[case.key, "sign"]))
    pressed(page, "签发")


def test_a_space_is_filed_from_the_guide_to_a_decision_that_comes_out_again(
    registered, as_, tmp_path
):
    space = registered()
    page = as_("bees.operator_clerk", reverse("procedures:guide", args=GUIDE))
    pressed(page, "开始申请")
    case = Case.objects.get(space=space)
    written(page, case)
    opened(page, reverse("procedures:check", args=[case.key]))
    assert "内容已齐全" in page.locator("main").inner_text()
    page.locator("[name=promised]").check()
    pressed(page, "提交")
    case.refresh_from_db()
    assert case.number in page.locator("main").inner_text()

    for department, move in (("jia", "consent"), ("ping", "recommend"), ("zhe", "grant")):
        clerk = as_(f"{department}.clerk", reverse("procedures:queue"))
        assert space.name in clerk.locator("main table").first.inner_text()
        judged(clerk, case, move, "经核对，符合条件")
        signed(as_(f"{department}.approver", case.get_absolute_url()), case)
    case.refresh_from_db()
    assert (case.state, case.acts.count()) == ("granted", 7)

    opened(page, case.get_absolute_url())
    with page.expect_download() as download:
        page.get_by_role("link", name="决定依据文件").click()
    file = tmp_path / "decision.json"
    download.value.save_as(file)
    text = file.read_text(encoding="utf-8")
    assert (recompute(text).same, json.loads(text)["rules"]["pack"]["id"]) == (
        True,
        "zhejiang-2016",
    )
