"""ZJ-2, BY-4: a space is filed in Zhejiang, from the guide to the decision that anyone can recompute."""

import json

import pytest
from django.urls import reverse

from tests.story.course import handed_in, judged, opened, pressed, signed, written
from zhongchuang.policy.decision import recompute
from zhongchuang.procedures.models import Case

pytestmark = pytest.mark.django_db(transaction=True)
GUIDE = ("zhejiang-2016", "filing")


def letter(page, case):
    """The letter of the county, in the words that stand there."""
    opened(page, case.get_absolute_url())
    assert "本环节需要" in page.locator("main").inner_text()
    page.get_by_role("link", name="拟写推荐函").click()
    pressed(page, "保存草稿")
    assert "草稿已保存" in page.locator("main").inner_text()


def test_a_space_is_filed_from_the_guide_to_a_decision_that_comes_out_again(
    registered, as_, tmp_path
):
    space = registered()
    page = as_("bees.operator_clerk", reverse("procedures:guide", args=GUIDE))
    pressed(page, "开始申请")
    case = Case.objects.get(space=space)
    written(page, case)
    handed_in(page, case)

    for department, move in (("jia", "consent"), ("ping", "recommend"), ("zhe", "grant")):
        clerk = as_(f"{department}.clerk", reverse("procedures:queue"))
        assert space.name in clerk.locator("main table").first.inner_text()
        if move == "recommend":
            letter(clerk, case)
        judged(clerk, case, move, "经核对，符合条件")
        signed(as_(f"{department}.approver", case.get_absolute_url()), case)
    case.refresh_from_db()
    assert (case.state, case.acts.count()) == ("granted", 7)

    opened(page, case.get_absolute_url())
    assert str(case.papers.get().number) in page.locator("main").inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name="决定依据文件").click()
    file = tmp_path / "decision.json"
    download.value.save_as(file)
    text = file.read_text(encoding="utf-8")
    assert (recompute(text).same, json.loads(text)["rules"]["pack"]["id"]) == (
        True,
        "zhejiang-2016",
    )
