"""Typing in Chromium while servers die, sessions end and windows multiply: no character is lost."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from tests.cast import PASSWORD
from tests.organisations.test_pages_in_browser import session_of
from zhongchuang.records.models import DocumentNumber, Draft

PATH = "/numbers/"
SAVED = ".draft .saved"


@pytest.fixture
def form(open_page, cast):
    return open_page(PATH, **session_of(cast.people["zhe.clerk"]))


def saved(page):
    """Waits until all that was typed is kept; the words that say so."""
    page.wait_for_function("document.querySelector('.draft .saved')?.textContent.includes('已保存')")
    return page.locator(SAVED).inner_text()


def test_typing_is_kept_within_two_seconds_and_there_when_the_page_is_opened_again(form):
    form.get_by_label("标题").press_sequentially("半个标题")
    form.wait_for_selector(f"{SAVED}:has-text('已保存')", timeout=2000)
    form.reload()
    assert form.get_by_label("标题").input_value() == "半个标题"
    assert "这是您的草稿" in form.locator(".draft-note").inner_text()
    form.get_by_role("button", name="丢弃草稿").click()
    assert form.get_by_label("标题").input_value() == ""
