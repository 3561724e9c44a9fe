"""Typing in Chromium while servers die, sessions end and windows multiply: no character is lost."""

import os
import socket
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.contrib.sessions.models import Session
from django.db import connection

from tests.cast import PASSWORD
from tests.organisations.test_pages_in_browser import session_of
from zhongchuang.organisations import signin
from zhongchuang.records.models import DocumentNumber, Draft

PATH = "/numbers/"
SAVED = ".draft .saved:has-text('已保存')"
TITLE, WORD = "公文标题", "机关代字"
SERVER = Path(__file__).with_name("server.py")
ROOT = SERVER.parents[2]


@pytest.fixture
def cookies(cast):
    return session_of(cast.people["zhe.clerk"])


@pytest.fixture
def form(chromium, live_server, cookies):
    """The page with the form; answers that refuse a save stand in the console, so it is not looked at."""
    context = chromium.new_context(locale="zh-CN")
    [(name, value)] = cookies.items()
    context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
    page = context.new_page()
    page.goto(live_server.url + PATH)
    yield page
    context.close()


def write(page, text):
    page.get_by_label(TITLE).press("End")
    page.get_by_label(TITLE).press_sequentially(text)


def kept():
    return Draft.objects.get().fields["title"]


def wait_for(question, seconds=20):
    """Until the answer is yes: what is saved arrives when the page has long gone on."""
    end = time.monotonic() + seconds
    while not question():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_typing_is_kept_within_two_seconds_and_there_when_the_page_is_opened_again(form):
    write(form, "半个标题")
    form.wait_for_selector(SAVED, timeout=2000)
    form.reload()
    assert form.get_by_label(TITLE).input_value() == "半个标题"
    assert "这是您的草稿" in form.locator(".draft-note").inner_text()
    form.get_by_role("button", name="丢弃草稿").click()
    assert form.get_by_label(TITLE).input_value() == ""


def test_what_is_typed_while_one_leaves_the_page_is_kept(form):
    write(form, "没有停顿")
    form.goto(form.url.replace(PATH, "/help/"))
    wait_for(Draft.objects.exists)
    assert kept() == ["没有停顿"]


def test_without_a_script_a_button_keeps_what_was_typed(open_page, cookies):
    page = open_page(PATH, script=False, **cookies)
    page.get_by_label(TITLE).fill("半个标题")
    page.get_by_role("button", name="暂存，稍后再填").click()
    assert "尚未提交" in page.locator(".message").inner_text()
    assert page.get_by_label(TITLE).input_value() == "半个标题"
    page.get_by_role("button", name="丢弃草稿").click()
    assert page.get_by_label(TITLE).input_value() == ""


def test_of_two_windows_the_second_shows_both_texts_and_the_reader_decides(form):
    second = form.context.new_page()
    second.goto(form.url)
    write(form, "第一个窗口")
    form.wait_for_selector(SAVED)
    write(second, "第二个窗口")
    second.wait_for_selector("[data-conflict]:visible")
    assert second.get_by_label(TITLE).input_value() == "第二个窗口"
    assert second.locator("[data-conflict] dd").inner_text() == "第一个窗口"
    second.get_by_role("button", name="保留本窗口的内容").click()
    second.wait_for_selector(SAVED)
    assert kept() == ["第二个窗口"]
    write(form, "，再写")
    form.get_by_role("button", name="改用另一窗口的内容").click()
    assert form.get_by_label(TITLE).input_value() == "第二个窗口"


def test_a_session_that_ends_in_mid_typing_is_begun_again_beside_the_form(form, cast):
    form.get_by_label(WORD).fill("浙科")
    write(form, "写到一半")
    form.wait_for_selector(SAVED)
    Session.objects.all().delete()
    write(form, "继续写")
    dialog = form.locator("dialog[open]")
    dialog.wait_for()
    assert "您已退出登录" in dialog.inner_text()
    with form.context.expect_page() as opened:
        dialog.get_by_role("link", name="登录").click()
    entrance = opened.value
    entrance.get_by_label("电子邮箱").fill("zhe.clerk@example.org")
    entrance.get_by_label("密码").fill(PASSWORD)
    entrance.get_by_role("button", name="登录").click()
    entrance.wait_for_url("**/session/begun/")
    entrance.close()
    dialog.wait_for(state="hidden")
    form.wait_for_selector(SAVED)
    assert kept() == ["写到一半继续写"]
    form.get_by_role("button", name="取号").click()
    form.wait_for_selector(".message")
    assert DocumentNumber.objects.get().title == "写到一半继续写"
    assert Draft.objects.count() == 0


def test_two_minutes_before_the_end_one_may_stay_signed_in(open_page, cookies, monkeypatch):
    monkeypatch.setattr(signin, "IDLE_STAFF", timedelta(seconds=122))
    page = open_page(PATH, **cookies)
    dialog = page.locator("dialog[open]")
    dialog.wait_for()
    assert "两分钟后将退出登录" in dialog.inner_text()
    assert page.evaluate("document.activeElement.id") == "session-title"
    dialog.get_by_role("button", name="保持登录").click()
    dialog.wait_for(state="hidden")


def test_after_signing_out_the_back_button_shows_nothing(form):
    write(form, "机密的标题")
    form.wait_for_selector(SAVED)
    form.goto(form.url.replace(PATH, "/account/logout/"))
    with form.expect_navigation():
        form.locator("main").get_by_role("button", name="退出登录").click()
    for _ in range(3):
        form.wait_for_load_state()
        form.go_back()
        assert "机密的标题" not in form.content()
        assert not form.locator("input[value='机密的标题']").count()


@pytest.fixture
def server():
    """Starts the site in its own process on a port of its own, as often as it was killed."""
    if connection.vendor != "sqlite":
        pytest.skip("the process opens the file of the database")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = []

    def start():
        command = [sys.executable, SERVER, connection.settings_dict["NAME"], str(port)]
        paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
        given = {"PYTHONPATH": paths, "ZHONGCHUANG_DATA": str(configured.DATA)}
        given["DJANGO_SETTINGS_MODULE"] = "zhongchuang.settings"
        running.append(subprocess.Popen(command, env=os.environ | given))
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return running[-1]
            time.sleep(0.1)
        raise TimeoutError

    start.address = f"http://127.0.0.1:{port}"
    yield start
    for one in running:
        one.kill()
        one.wait()


@pytest.mark.django_db(transaction=True)
def test_a_server_that_is_killed_costs_no_character(chromium, server, cookies):
    process = server()
    context = chromium.new_context(locale="zh-CN")
    [(name, value)] = cookies.items()
    context.add_cookies([{"name": name, "value": value, "url": server.address}])
    page = context.new_page()
    page.goto(server.address + PATH)
    write(page, "之前，")
    page.wait_for_selector(SAVED)
    process.kill()
    process.wait()
    write(page, "其间，")
    page.wait_for_selector(".draft .unsaved:has-text('暂时连接不上服务器')")
    page.get_by_label(WORD).fill("浙科")
    page.get_by_role("button", name="取号").click()
    assert page.get_by_label(TITLE).input_value() == "之前，其间，"
    server()
    write(page, "之后。")
    wait_for(lambda: kept() == ["之前，其间，之后。"])
    page.get_by_role("button", name="取号").click()
    page.wait_for_selector(".message")
    assert DocumentNumber.objects.get().title == "之前，其间，之后。"
    context.close()


@pytest.mark.parametrize(
    ("width", "size"), [(1440, "normal"), (390, "normal"), (320, "elder-plus")]
)
def test_every_state_of_a_draft_breaks_no_rule_and_fits(form, axe, too_wide, width, size):
    form.set_viewport_size({"width": width, "height": 900})
    form.context.add_cookies([{"name": "size", "value": size, "url": form.url}])
    second = form.context.new_page()
    second.goto(form.url)
    write(second, "第一个窗口")
    second.wait_for_selector(SAVED)
    broken = {}

    def look(state):
        found = (axe(form), too_wide(form))
        if found != ({}, 0):
            broken[state] = found

    form.reload()
    look("restored")
    write(second, "，再写")
    wait_for(lambda: kept() == ["第一个窗口，再写"])
    write(form, "第二个窗口")
    form.wait_for_selector("[data-conflict]:visible")
    look("conflict")
    form.get_by_role("button", name="保留本窗口的内容").click()
    form.wait_for_selector(SAVED)
    form.goto(form.url.replace(PATH, "/drafts/"))
    look("list")
    form.goto(form.url.replace("/drafts/", PATH))
    Session.objects.all().delete()
    write(form, "。")
    form.wait_for_selector("dialog[open]")
    look("signed out")
    assert broken == {}
