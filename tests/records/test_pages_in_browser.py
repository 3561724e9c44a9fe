"""Pages of files, letters, numbers and the log in Chromium."""

import os

import pytest
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from playwright.sync_api import expect

from tests.files.conftest import picture
from zhongchuang.records import actions
from zhongchuang.records.models import Evidence

PAGES = {
    "/evidence/": "bees.operator_clerk",
    "/evidence/KEY/": "ping.clerk",
    "/evidence/KEY/withdraw/": "bees.operator_head",
    "/letters/": "bees.operator_head",
    "/numbers/": "zhe.clerk",
    "/numbers/1/void/": "zhe.clerk",
    "/audit/": "zhe.audit_admin",
}
FOLDER = os.environ.get("ZHONGCHUANG_PICTURES")


@pytest.fixture
def contents(cast, hands_in):
    """A file that turned up twice, two letters, two numbers of which one is void, and so a log."""
    hall = picture(size=(1200, 800))
    first = hands_in("bees.operator_clerk", "\u5927\u5385\u7167\u7247.jpg", hall)
    hands_in("ants.operator_clerk", "hall.jpg", hall)
    hands_in("bees.operator_head", "lease.pdf")
    actions.withdraw(Evidence.objects.get(name="lease.pdf"), by=cast["bees.operator_head"])
    with transaction.atomic():
        for number in (1, 2):
            head = [cast.people["bees.operator_head"]]
            actions.write(
                head,
                key=str(number),
                title=_("Confirm the operator"),
                text=_("The file was handed in."),
                url="/evidence/",
            )
    actions.mark_read(head[0].letters.filter(key="1"))
    zhe = cast["zhe.clerk"]
    taken = [
        actions.take_number("\u6d59\u79d1\u53d1", by=zhe, title="Measures", year=2026)
        for _ in range(2)
    ]
    actions.void_number(taken[0], by=zhe, reason="Printed twice")
    return {"KEY": str(first.key), "/1/": f"/{taken[1].pk}/"}


@pytest.fixture
def open_as(open_page, client, cast):
    def one(who, path, **more):
        client.force_login(cast.people[who])
        return open_page(path, session=client.cookies["session"].value, **more)

    return one


def shot(page, name):
    if FOLDER:
        page.screenshot(path=f"{FOLDER}/{name}.png", full_page=True)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("width", [1440, 390])
def test_pages_break_no_rule_of_accessibility_and_fit_their_window(
    contents, open_as, axe, too_wide, width, language
):
    for path, who in PAGES.items():
        address = path
        for mark, value in contents.items():
            address = address.replace(mark, value)
        page = open_as(who, address, width=width, language=language)
        shot(page, f"{path.strip('/').replace('/', '-')}-{width}-{language}")
        assert (path, axe(page), too_wide(page)) == (path, {}, 0)


def test_a_file_is_handed_in_found_and_taken_back_without_script(cast, open_as, tmp_path):
    photograph = tmp_path / "hall.jpg"
    photograph.write_bytes(picture(size=(600, 400)))
    page = open_as("bees.operator_clerk", "/evidence/", script=False, language="en")
    page.set_input_files("input[type=file]", photograph)
    page.get_by_role("button", name="Hand in").click()
    page.get_by_role("link", name="hall.jpg").click()
    page.wait_for_load_state("load")
    assert page.locator("img.thumb").evaluate("image => image.naturalWidth") == 320
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename == "hall.jpg"
    page.get_by_role("link", name="Take back").click()
    page.get_by_role("button", name="Take back").click()
    assert page.locator(".tag").first.inner_text() == "taken back"


def test_the_reason_of_a_refusal_stands_at_the_file(open_as, cast, tmp_path, axe):
    program = tmp_path / "lease.pdf"
    program.write_bytes(b"MZ a program")
    page = open_as("bees.operator_clerk", "/evidence/", language="en")
    page.set_input_files("input[type=file]", program)
    page.get_by_role("button", name="Hand in").click()
    shot(page, "refused-1440-en")
    assert "This kind of file is not taken" in page.locator(".errsum").inner_text()
    expect(page.locator(".field.err .errmsg")).to_have_count(1)
    assert axe(page) == {}


def test_the_audit_administrator_searches_verifies_and_exports(contents, open_as):
    page = open_as("zhe.audit_admin", "/audit/", language="en")
    page.get_by_label("Verb").select_option(label="document number taken")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("tbody tr")).to_have_count(2)
    with page.expect_download() as download:
        page.get_by_role("button", name="Export").click()
    assert len(download.value.path().read_text().splitlines()) == 3
    page.get_by_role("button", name="Verify now").click()
    shot(page, "verification-1440-en")
    assert page.locator("h1").inner_text() == "The audit chain is whole"
