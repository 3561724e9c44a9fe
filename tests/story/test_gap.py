"""BY-2, XC-7: a person gives figures of a space and sees, for every policy, what is met and what is short."""

import re

import pytest
from openpyxl import Workbook
from playwright.sync_api import expect

from zhongchuang.gap import sources

FACTS = "floor_area=620&desks=80&tenure=rented&lease_years_left=3.4&registered_in=330482&events.year=24&fund_amount=3000000"
PAGES = [
    "/gap/",
    "/gap/?desks=80#facts",
    f"/gap/answer/?{FACTS}",
    f"/gap/answer/?{FACTS}&pack=all&show=missing",
    "/gap/answer/?desks=many",
    "/gap/demo/hedong/",
    "/gap/demo/hedong/?show=missing",
    "/gap/demo/hedong/1/",
    "/gap/demo/province/?pack=all",
    "/gap/demo/province/7/",
    "/gap/whatif/",
    "/gap/whatif/?data=demo:hedong&set.desks=80",
    "/gap/whatif/?set.desks=many",
    "/gap/u/deleted/",
    "/packs/zhejiang-2016/",
    "/packs/xuchang-2016/",
    "/search/?q=gw",
]


@pytest.fixture(autouse=True)
def nothing_remembered():
    sources.forget()


@pytest.fixture
def spreadsheet(tmp_path):
    book = Workbook()
    book.active.append(["name", "floor_area", "desks", "registered_in", "no such figure"])
    book.active.append(["\u6167\u8c37\u8702\u5de2", 620, 80, "330482", 1])
    book.active.append(["\u540d" * 60, 1500, 150, "430100", 1])
    path = tmp_path / "spaces.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize(("width", "language"), [(1440, "zh-hans"), (390, "en")])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_breaks_no_rule_of_accessibility_and_fits_its_window(
    open_page, axe, too_wide, path, width, language
):
    page = open_page(path, width=width, language=language)
    assert (axe(page), too_wide(page)) == ({}, 0)


@pytest.mark.parametrize(
    "path", ["/gap/", f"/gap/answer/?{FACTS}", "/gap/demo/hedong/", "/gap/whatif/?set.desks=80"]
)
@pytest.mark.parametrize("display", [{"size": "elder-plus"}, {"contrast": "high"}], ids=str)
def test_a_page_does_so_however_it_is_shown(open_page, axe, too_wide, path, display):
    for width in (1440, 320):
        page = open_page(path, width=width, **display)
        assert (axe(page), too_wide(page)) == ({}, 0)


def test_figures_of_one_space_give_its_matrix_without_script(open_page):
    page = open_page("/gap/", script=False, language="en")
    page.get_by_label("Floor area", exact=True).fill("620")
    page.get_by_label("Desks", exact=True).fill("80")
    page.get_by_label("Registered in").fill("330482")
    page.get_by_role("button", name="Compare with all rules").click()
    assert "floor_area=620" in page.url
    row = page.locator("tr", has=page.get_by_role("rowheader", name="Desks", exact=True))
    assert "short by 20 desks" in row.inner_text()
    row.get_by_role("link", name="Art. 6(3)").click()
    assert page.url.endswith("/packs/zhejiang-2016/#filing.desks")


def test_the_reader_chooses_packs_day_and_what_is_missing_without_script(open_page):
    page = open_page(f"/gap/answer/?{FACTS}", script=False, language="en")
    while page.locator("input[name=pack]:checked").count():
        page.locator("input[name=pack]:checked").first.uncheck()
    page.locator("input[value='hunan-2016:recognition']").check()
    page.get_by_label("Show").first.select_option("missing")
    page.get_by_label("Day of the check").fill("2016-03-01")
    page.get_by_role("button", name="Check again").click()
    expect(page.locator("thead th")).to_have_count(3)
    assert "Advance check" in page.locator("thead").inner_text()
    assert "floor_area=620" in page.url


def test_a_phone_shows_one_set_chosen_above(open_page):
    page = open_page(f"/gap/answer/?{FACTS}", width=390, script=False, language="en")
    visible = page.locator("table.gap tbody td:visible:not(.mine)")
    assert {one.get_attribute("class").split()[0] for one in visible.all()} == {"home"}
    page.get_by_label("Which rules to compare with").select_option("hunan-2016:recognition")
    page.locator(".oneset button").click()
    assert "Recognition" in page.locator("#one option:checked").inner_text()
    assert "one=hunan-2016" in page.url


def test_faults_take_the_focus_and_lead_to_their_fields(open_page):
    page = open_page("/gap/", language="en")
    page.get_by_label("Desks", exact=True).fill("many")
    page.get_by_role("button", name="Compare with all rules").click()
    assert page.title().startswith("Error: ")
    assert page.evaluate("document.activeElement.className") == "errsum"
    page.locator(".errsum a").first.click()
    assert page.evaluate("document.activeElement.value") == "many"


def test_a_spreadsheet_is_sent_looked_at_and_deleted_without_script(
    open_page, spreadsheet, too_wide
):
    page = open_page("/gap/", script=False, language="en", width=390)
    page.set_input_files("#file", spreadsheet)
    page.get_by_role("button", name="Read and compare").click()
    url = page.url
    assert re.search(r"/gap/u/[\w-]{32,}/$", url)
    assert "1 thing to look at" in page.locator(".more-w summary").inner_text()
    page.get_by_role("link", name="\u540d" * 60).click()
    assert page.locator("h1").inner_text().startswith("\u540d" * 60)
    assert too_wide(page) == 0
    page.goto(url)
    page.get_by_role("link", name="Delete").click()
    page.get_by_role("button", name="Delete for good").click()
    assert page.locator("h1").inner_text() == "The upload is deleted"


def test_a_refused_spreadsheet_names_its_cells(open_page, tmp_path, axe):
    book = Workbook()
    book.active.append(["name", "desks", "floor_area"])
    book.active.append(["A", "many", -5])
    book.save(tmp_path / "bad.xlsx")
    page = open_page("/gap/", language="en")
    page.set_input_files("#file", tmp_path / "bad.xlsx")
    page.get_by_role("button", name="Read and compare").click()
    said = page.locator(".errsum").inner_text()
    assert "row 2" in said
    assert "many" in said
    assert "-5" in said
    assert axe(page) == {}


def test_everything_can_be_reached_and_sent_with_the_keyboard(open_page):
    page = open_page("/gap/", language="en")
    page.get_by_label("Desks", exact=True).focus()
    page.keyboard.type("80")
    page.keyboard.press("Enter")
    page.wait_for_url("**/gap/answer/**")
    page.get_by_role("button", name="Check again").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator(".packpick").get_attribute("open") is None


def test_another_threshold_shows_who_gains_without_script(open_page):
    page = open_page("/gap/whatif/", script=False, language="en")
    page.locator("#k-desks").fill("80")
    page.get_by_role("button", name="Compute the effect").click()
    assert "Gain: " in page.locator(".moves").inner_text()
    assert page.locator(".hists h2").first.inner_text().startswith("Desks")
    page.locator(".moves a").first.click()
    assert "/gap/demo/province/" in page.url
