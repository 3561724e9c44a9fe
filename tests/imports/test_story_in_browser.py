"""A clerk of an operator brings a table of sites in: problems, corrected, recorded, undone."""

import pytest
from playwright.sync_api import expect

from tests.imports.conftest import book
from tests.organisations.test_pages_in_browser import session_of
from zhongchuang.imports import jobs
from zhongchuang.imports.models import Import
from zhongchuang.spaces.models import Premises

pytestmark = pytest.mark.django_db(transaction=True)
HEAD = ["场地名称", "面积（平方米）", "工位数量", "我们的备注"]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def send(page, rows):
    file = {"name": "sites.xlsx", "mimeType": XLSX, "buffer": book(rows)}
    page.set_input_files("input[type=file]", file)
    page.click("form button.btn-primary")
    page.click("form button.btn-primary")


@pytest.mark.parametrize("width", [1440, 390])
def test_a_table_of_sites_is_corrected_recorded_and_undone(open_page, axe, too_wide, cast, space, width):  # fmt: skip
    session = session_of(cast.people["bees.operator_clerk"])
    page = open_page(f"/imports/into/{space.code}/premises/", width=width, **session)
    assert (axe(page), too_wide(page)) == ({}, 0)
    send(page, [HEAD, ["一号楼", "很大", 60, "x"], ["二号楼", 500, 20, ""]])
    expect(page.locator(".tag-red")).to_have_count(1)
    expect(page.locator("form[action$='confirm/']")).to_have_count(0)
    assert (axe(page), too_wide(page)) == ({}, 0)
    page.locator(f"a[href='/imports/into/{space.code}/premises/']").click()
    send(page, [HEAD, ["一号楼", "1200平方米", 60, "x"], ["二号楼", 500, 20, ""]])
    page.click("form[action$='confirm/'] button")
    page.wait_for_selector("#progress")
    assert not Premises.objects.exists()
    jobs.run(Import.objects.get(state="confirmed").pk)
    page.wait_for_selector("a[href$='/undo/']")
    assert Premises.objects.count() == 2
    page.click("a[href$='/undo/']")
    assert (axe(page), too_wide(page)) == ({}, 0)
    page.click("form button.btn-danger")
    page.wait_for_load_state()
    assert not Premises.objects.exists()
