"""Pages of the shell in Chromium, at the widths of a desk, a phone and a small phone."""

import pytest

PAGES = [
    "/",
    "/packs/",
    "/search/?q=zj",
    "/search/?q=nothing-like-it",
    "/help/",
    "/display/",
    "/sitemap/",
    "/privacy/",
    "/accessibility/",
]
WIDTHS = [1440, 390, 320]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_breaks_no_rule_of_accessibility_and_fits_its_window(
    open_page, axe, too_wide, path, width
):
    page = open_page(path, width=width)
    assert (axe(page), too_wide(page)) == ({}, 0)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "display", [{"size": "elder-plus"}, {"contrast": "high"}, {"language": "en"}], ids=str
)
def test_the_start_page_does_so_however_it_is_shown(open_page, axe, too_wide, display, width):
    page = open_page("/", width=width, **display)
    assert (axe(page), too_wide(page)) == ({}, 0)


def test_large_text_is_24_pixels_at_its_largest(open_page):
    page = open_page("/", size="elder-plus")
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "24px"


def test_language_and_size_change_without_script(open_page):
    page = open_page("/help/", script=False)
    page.locator(".util a", has_text="English").click()
    assert page.locator("h1").inner_text() == "Help"
    page.locator(".util a", has_text="Large text").click()
    assert page.locator("html").get_attribute("data-size") == "elder"
    assert page.url.endswith("/help/")


def test_the_menu_of_a_phone_opens_without_script(open_page):
    page = open_page("/", width=390, script=False)
    page.locator(".menu summary").click()
    page.locator(".menu nav a").nth(1).click()
    assert page.url.endswith(page.locator(".menu nav a[aria-current]").get_attribute("href"))


def test_the_first_tab_skips_to_the_content(open_page):
    page = open_page("/help/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_menu_closes_with_escape_and_gives_the_focus_back(open_page):
    page = open_page("/help/", width=390)
    page.locator(".menu summary").click()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert page.locator(".menu").get_attribute("open") is None
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_the_tools_of_an_article_are_there_only_where_they_work(open_page):
    page = open_page("/help/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="复制链接").click()
    page.get_by_text("已复制").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    # This browser has no voice of its own, so it does not offer to read.
    assert page.get_by_role("button", name="朗读").count() == 0
    assert open_page("/help/", script=False).locator("[data-article-tools] :visible").count() == 0
