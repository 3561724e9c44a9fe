"""Pages of personal data in Chromium."""

from uuid import uuid4

import pytest

from tests.files import seeded
from zhongchuang.privacy import actions
from zhongchuang.records import actions as records
from zhongchuang.records.jobs import look_through_waiting
from zhongchuang.records.models import Evidence


@pytest.fixture
def contents(cast, hands_in):
    """A file with a telephone number whose release was asked for, and a request to answer."""
    workbook = seeded.workbook("hidden sheet", "13812341234", [])
    evidence = hands_in("bees.operator_clerk", "names.xlsx", workbook)
    look_through_waiting()
    evidence = Evidence.objects.get(pk=evidence.pk)
    records.ask_release(evidence, by=cast["ping.clerk"], reason="The person agreed")
    bee = cast["bees.operator_clerk"]
    asked = actions.ask(bee.user, by=bee, kind="delete", text="Please", request_key=uuid4())
    return {
        "/account/my-data/": "bees.operator_clerk",
        evidence.get_absolute_url(): "bees.operator_clerk",
        f"{evidence.get_absolute_url()}release/decide/": "ping.reviewer",
        asked.get_absolute_url(): "ping.system_admin",
        "/account/data-requests/": "ping.system_admin",
        "/account/notice/": "ping.system_admin",
    }


@pytest.fixture
def open_as(open_page, client, cast):
    def one(who, path, **more):
        client.force_login(cast.people[who])
        return open_page(path, session=client.cookies["session"].value, **more)

    return one


@pytest.mark.parametrize(("width", "language"), [(1440, "zh-hans"), (390, "en")])
def test_pages_break_no_rule_of_accessibility_and_fit_their_window(
    contents, open_as, axe, too_wide, width, language
):
    for path, who in contents.items():
        page = open_as(who, path, width=width, language=language)
        assert (path, axe(page), too_wide(page)) == (path, {}, 0)


def test_a_person_asks_without_scripts(contents, open_as):
    page = open_as("founder", "/account/my-data/", script=False, language="en")
    page.get_by_label("to see what is held about me").check()
    page.get_by_role("button", name="Send").click()
    assert "waiting for an answer" in page.inner_text("main")
