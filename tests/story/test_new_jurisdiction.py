"""Rules that nobody thought of take one folder and no code: written, checked, applied for, granted, ended."""

import re
from datetime import timedelta
from urllib.parse import urljoin

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from tests.places import drafted, morning, open_day, place_for
from tests.procedures.needs import meet, why
from tests.story.course import text_of
from tests.story.test_every_procedure import granted, verified
from zhongchuang.filing.actions import revoke
from zhongchuang.filing.jobs import nightly
from zhongchuang.filing.models import Ban, Title
from zhongchuang.gap.packs import all_packs
from zhongchuang.page.refusal import Refused
from zhongchuang.policy.loading import PACKS
from zhongchuang.policy.procedure import last_day
from zhongchuang.procedures import actions
from zhongchuang.procedures.actions.moving import close
from zhongchuang.procedures.models import Case

pytestmark = pytest.mark.django_db(transaction=True)
ID = "yunmeng-2025"
FORM = """
[forms.safety]
cite = "第三条"
title = { zh = "消防自查表", en = "Own check of fire safety" }
fields = [{ id = "exits", text = { zh = "疏散出口", en = "Ways out" }, sample = { zh = "样例：三处", en = "Sample: three" } }]

"""
EDITS = (
    (r'region = "33"', 'region = "64"'),
    (r"from = [\d-]+", "from = 2025-01-01"),
    (r'zh = "文件名称"', 'zh = "云梦省创客园备案办法"'),
    (r'zh = "众创空间备案"', 'zh = "云梦省创客园备案"'),
    (r'zh = "备案众创空间"', 'zh = "云梦省备案创客园"'),
    (r'(\[procedures\.filing\.gives\][^\[]*)term = "3 year"', r'\1term = "2 year"'),
    (r'(\[procedures\.filing\.ban\][^\[]*)term = "3 year"', r'\1term = "5 year"'),
    (r'id = "premises"\ntext = \{ zh = "场地证明"', 'id = "safety"\ntext = { zh = "消防验收意见书"'),
    (r'forms = \["premises"\]', 'forms = ["safety"]'),
    (r"(?m)^# The steps\.", f"{FORM}# The steps."),
    (r'(id = ")recommend("\nkind = ")recommend(")', r"\1opinion\2examine\3"),
    (r'level = "county"( .*\n(?:.*\n){2})hands = \["clerk", "approver"\]', r'level = "city"\1hands = ["reviewer", "approver"]'),
    (r'may = \["recommend"', 'may = ["consent"'),
    (r'zh = "县（市、区）科技主管部门审核推荐"', 'zh = "市创客办出具意见"'),
    (r'needs = \["letter"\].*\n', ""),
    (r'within = "5 workday"', 'within = "7 workday"'),
    (r'(kind = "decide"\n(?:.*\n){3})hands = \["clerk", "approver"\]', r'\1hands = ["clerk", "reviewer", "approver"]'),
)  # fmt: skip
"""What somebody changes in a new folder, as expressions; all of it is data."""


@pytest.fixture
def written(run, tmp_path, settings):
    """The folder of the jurisdiction, in order by its own examples; the site reads it."""
    assert run("packs", "new", ID).code == 0
    file = tmp_path / ID / "pack.toml"
    text = file.read_text(encoding="utf-8")
    for old, new in EDITS:
        text, count = re.subn(old, new, text, count=1)
        assert count == 1, old
    file.write_text(text, encoding="utf-8")
    checked = run("packs", "lint", ID)
    assert checked.code == 0, checked.out
    settings.PACK_FOLDERS = (tmp_path,)
    return tmp_path / ID


@pytest.fixture
def rules(written):
    return all_packs()[ID]


def steps_of(course):
    return [(one.kind, one.level, one.hands) for one in course.steps]


def test_a_folder_alone_carries_a_filing_from_the_guide_to_the_end_of_its_title(
    written, rules, somewhere, open_page
):
    course = rules.procedures["filing"]
    others = [one for pack in all_packs().values() if pack.id != ID for one in pack.procedures.values()]  # fmt: skip
    assert steps_of(course) not in [steps_of(one) for one in others]
    with time_machine.travel(morning(open_day(rules, course))):
        place, as_ = somewhere(ID, "filing")
        page = as_("operator.operator_head", reverse("procedures:guide", args=[ID, "filing"]))
        for said in ("市创客办出具意见", "消防验收意见书", "7 个工作日"):
            assert said in text_of(page)

        assert "消防自查表" in text_of(page)
        form = reverse("procedures:form", args=[ID, "filing", "safety", "blank", "docx"])
        assert page.request.get(urljoin(page.url, form)).body()[:2] == b"PK"

        title, page = granted(place, as_, open_page)
        assert (title.name_zh, title.level, title.pack) == ("云梦省备案创客园", "province", ID)
        assert title.until == title.since.replace(year=title.since.year + 2)
        closing = title.case.acts.get(move="close")
        began = title.case.acts.filter(step="opinion", move="sign").get().moment
        assert timezone.localdate(closing.moment) > last_day(timezone.localdate(began), 7)
        assert "该称号有效" in verified(open_page, title)

        with time_machine.travel(morning(title.last_day)):
            nightly()
            assert "该称号有效" in verified(open_page, title)
        with time_machine.travel(morning(title.until)):
            nightly()
            assert "该称号不在有效期内" in verified(open_page, title)
        title.refresh_from_db()
        assert (title.state, title.is_valid) == (Title.State.EXPIRED, False)
    assert sorted(one.name for one in written.iterdir()) == ["cases.toml", "pack.toml"]
    assert [one for one in PACKS.parent.rglob("*.py") if ID in one.read_text(encoding="utf-8")] == []  # fmt: skip


def carried(place):
    """The title of a case that goes through every step by actions alone."""
    case = drafted(place)
    case = actions.hand_in(case, by=place.applicant, version=case.version, promised=True, at=timezone.now())  # fmt: skip
    for step in place.procedure.steps:
        case = Case.objects.get(pk=case.pk)
        if not step.hands:
            with time_machine.travel(morning(case.due + timedelta(days=1))):
                assert close(case)
            continue
        case = meet(case, place.by(step))
        actions.move(case, "propose", proposed=step.forward, by=place.by(step), version=case.version, words="经核对", despite=why(case, step.forward))  # fmt: skip
        for hand in range(1, len(step.hands)):
            actions.move(case, "sign", by=place.by(step, hand), version=case.version)
    return Title.objects.get(case=case)


def test_the_ban_lasts_the_five_years_that_the_folder_says(rules):
    course = rules.procedures["filing"]
    with time_machine.travel(morning(open_day(rules, course))):
        place = place_for(rules, course)
        title = carried(place)
        revoke(title, by=place.cast["province.approver"], version=title.version, words="面积不实", false_material=True)  # fmt: skip
        ban = Ban.objects.get(operator=title.operator)
        assert ban.until == ban.since.replace(year=ban.since.year + 5)
    for day, code in ((ban.until - timedelta(days=1), "banned"), (ban.until, None)):
        with time_machine.travel(morning(day)):
            found = None
            try:
                actions.begin(place.space, ID, "filing", by=place.applicant)
            except Refused as refused:
                found = refused.refusal.code
            assert found == code
