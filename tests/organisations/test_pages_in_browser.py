"""The pages of sign-in, workbench and organisations in Chromium, at the widths of a desk and a phone."""

import pytest
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from tests.cast import PASSWORD
from zhongchuang.organisations import actions
from zhongchuang.organisations.models import Invitation, Post

WIDTHS = [1440, 390]
OUTSIDE = [
    "/account/login/", "/account/signup/", "/join/founder/", "/join/operator/",
    "/account/password/reset/", "/account/inactive/",
]  # fmt: skip
INSIDE = {
    "/workbench/": "ping.reviewer",
    "/organisations/waiting/": "ping.reviewer",
    "/organisations/{wasps}/": "ping.reviewer",
    "/organisations/{wasps}/confirm/": "ping.reviewer",
    "/organisations/{wasps}/refuse/": "ping.reviewer",
    "/organisations/{ping}/": "ping.security_admin",
    "/organisations/{ping}/invite/": "ping.security_admin",
    "/invitations/{invitation}/withdraw/": "ping.security_admin",
    "/posts/{clerk}/end/": "ping.security_admin",
    "/people/{person}/close/": "ping.system_admin",
    "/account/profile/": "ping.reviewer",
    "/account/password/change/": "ping.reviewer",
    "/account/email/": "ping.reviewer",
    "/account/sessions/": "ping.reviewer",
    "/account/2fa/": "ping.reviewer",
    "/account/recovery-codes/": "ping.reviewer",
    "/account/reauthenticate/": "ping.reviewer",
    "/account/logout/": "ping.reviewer",
    "/organisations/{jia}/": "jia.clerk",
    "/organisations/": "jia.system_admin",
    "/organisations/new/": "jia.system_admin",
    "/organisations/{hai}/": "jia.system_admin",
    "/organisations/{hai}/change/": "jia.system_admin",
    "/organisations/{hai}/close/": "jia.system_admin",
    "/organisations/{hai}/delegate/": "hai.approver",
    "/posts/{approver}/stand-in/": "hai.approver",
    "/delegations/{delegation}/end/": "hai.approver",
}


def session_of(user):
    client = Client()
    client.force_login(user)
    assert SESSION_KEY in client.session
    return {settings.SESSION_COOKIE_NAME: client.session.session_key}


@pytest.fixture
def places(cast):
    """The keys in the addresses."""
    for number in range(3):
        head = cast.person(f"wasps{number}")
        wasps = actions.register_operator(
            head, name=f"Wasps {number} Ltd", code=f"9133048{number}", region=cast.regions["330482"],
            by=None,
        )  # fmt: skip
    actions.invite(
        cast.organisations["ping"], by=cast["ping.security_admin"], email="z@example.org", name="Zhou",
        role="reviewer",
    )  # fmt: skip
    Post.objects.create(
        user=cast.people["ping.reviewer"], organisation=cast.organisations["hai"], role="clerk"
    )
    alliance = actions.bring_in(
        name="Alliance", kind="alliance", region=cast.regions["330481"], by=cast["jia.system_admin"]
    )
    delegation = actions.delegate(
        cast.organisations["hai"], alliance, powers=["surveys", "filings"], since=timezone.localdate(),
        by=cast["hai.approver"],
    )  # fmt: skip
    return {short: one.pk for short, one in cast.organisations.items()} | {
        "delegation": delegation.pk,
        "approver": cast.post("hai.approver").pk,
        "wasps": wasps.pk,
        "clerk": cast.post("ping.clerk").pk,
        "person": cast.people["ping.clerk"].pk,
        "invitation": Invitation.objects.get().pk,
    }


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", OUTSIDE)
def test_a_page_for_visitors_breaks_no_rule_and_fits(open_page, axe, too_wide, cast, path, width):
    page = open_page(path, width=width)
    assert (axe(page), too_wide(page)) == ({}, 0)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_of_work_break_no_rule_and_fit(open_page, axe, too_wide, cast, places, width):
    broken = {}
    for path, who in INSIDE.items():
        page = open_page(path.format(**places), width=width, **session_of(cast.people[who]))
        found = (axe(page), too_wide(page))
        if found != ({}, 0):
            broken[path] = found
    assert broken == {}


@pytest.mark.parametrize(
    "shown", [{"size": "elder-plus"}, {"contrast": "high"}, {"language": "en"}], ids=str
)
def test_the_workbench_does_so_however_it_is_shown(open_page, axe, too_wide, cast, places, shown):
    for width in [*WIDTHS, 320]:
        page = open_page(
            "/workbench/", width=width, **shown, **session_of(cast.people["ping.reviewer"])
        )
        assert (axe(page), too_wide(page)) == ({}, 0)


def test_one_registers_signs_in_and_out_without_script(open_page, cast):
    page = open_page("/account/login/", script=False)
    page.get_by_label("电子邮箱").fill("ping.reviewer@example.org")
    page.get_by_label("密码").fill("wrong")
    page.get_by_role("button", name="登录").click()
    assert page.title().startswith("错误：")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    assert page.url.endswith("/workbench/")
    page.locator(".person summary").click()
    page.get_by_role("link", name="退出登录").click()
    page.get_by_role("button", name="退出登录").click()
    assert page.locator(".bell").inner_text() == "登录"


def test_the_county_confirms_an_operator_in_three_clicks(open_page, cast, places):
    page = open_page("/workbench/", script=False, **session_of(cast.people["ping.reviewer"]))
    page.locator(".todo .btn").first.click()
    page.locator(".note").get_by_role("link", name="确认").click()
    page.get_by_role("button", name="确认该运营机构").click()
    assert page.locator(".message").inner_text() == "已确认该运营机构。"
    expect(page.locator("tbody tr")).to_have_count(2)


def test_the_post_is_changed_from_the_head_of_any_page(open_page, cast, places):
    page = open_page("/help/", width=390, script=False, **session_of(cast.people["ping.reviewer"]))
    page.locator(".person summary").click()
    page.locator(".linkbtn").click()
    assert "Hai" in page.locator(".message").inner_text()
