"""Drawing on the plan in Chromium: by mouse, by keyboard, and after a refusal."""

import os
from datetime import date

import pytest
from playwright.sync_api import expect

from tests.spaces.test_plan import HEAD, add_desks, site_of  # noqa: F401 -- a fixture
from zhongchuang.spaces import actions
from zhongchuang.spaces.models import Desk

FOLDER = os.environ.get("ZHONGCHUANG_PICTURES")


@pytest.fixture
def open_plan(prepared, add_desks, open_page, client, cast):  # noqa: F811 -- the fixture
    """Opens the plan of a site with four desks and a room."""
    space = prepared()
    add_desks(space, "A1", "A4", a_row=2)
    room = {"name": "Hall", "x": 20, "y": 2, "width": 8, "depth": 6}
    site = site_of(space)
    actions.set_plan(site, by=cast[HEAD], version=1, rooms=[room])
    client.force_login(cast.people[HEAD])

    def one(**more):
        address = f"/spaces/{space.code}/desks/{site.series}/"
        return open_page(address, session=client.cookies["session"].value, language="en", **more)

    one.site = site
    return one


def shot(page, name):
    if FOLDER:
        page.screenshot(path=f"{FOLDER}/{name}.png", full_page=True)


def places():
    return {
        desk.label: (desk.x, desk.y, desk.turned)
        for desk in Desk.objects.filter(valid_until=None).order_by("label")
    }


def seat(page, label):
    return page.locator(f'.seat[data-label="{label}"]')


def save(page):
    with page.expect_navigation():
        page.get_by_role("button", name="Save the plan").click()


@pytest.mark.parametrize("width", [1440, 390])
def test_the_plan_breaks_no_rule_of_accessibility_and_fits_its_window(
    open_plan, axe, too_wide, width
):
    page = open_plan(width=width)
    shot(page, f"plan-{width}")
    assert (axe(page), too_wide(page)) == ({}, 0)


def test_desks_are_dragged_chosen_turned_ended_and_undone(open_plan, axe):
    page = open_plan()
    start = seat(page, "A1").bounding_box()
    page.mouse.move(start["x"] + 20, start["y"] + 20)
    page.mouse.down()
    page.mouse.move(start["x"] + 20 + 5 * 24 + 7, start["y"] + 20 + 8 * 24 - 6, steps=4)
    page.mouse.up()
    seat(page, "A2").focus()
    page.keyboard.press(" ")
    seat(page, "A1").focus()
    page.keyboard.press(" ")
    for key in ("Escape", "ArrowRight", "ArrowDown", "r"):
        page.keyboard.press(key)
    seat(page, "A3").focus()
    page.keyboard.press("Delete")
    seat(page, "A4").focus()
    page.keyboard.press("Delete")
    page.keyboard.press("Control+z")
    seat(page, "A2").focus()
    page.keyboard.press("ArrowLeft")
    shot(page, "drawn")
    assert page.locator("[data-count]").inner_text() == "Changes that are not saved yet: 3"
    assert page.locator("[data-clash]").is_hidden()
    assert axe(page) == {}
    save(page)
    assert places() == {"A1": (7, 10, True), "A2": (3, 1, False), "A4": (4, 3, False)}
    assert Desk.objects.get(label="A3").valid_until == date.today()  # noqa: DTZ011 -- as the page shows


def test_several_are_moved_together_and_rooms_drawn(open_plan):
    page = open_plan()
    page.get_by_role("button", name="Select all").click()
    page.get_by_role("button", name="Move down").click()
    page.get_by_role("button", name="Move right").click()
    page.get_by_role("textbox", name="Name of a room").fill("Lab")
    page.get_by_role("button", name="Draw the room").click()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("ArrowDown")
    save(page)
    assert places() == {
        "A1": (2, 2, False), "A2": (5, 2, False), "A3": (2, 4, False), "A4": (5, 4, False),
    }  # fmt: skip
    rooms = [page.locator(".room").nth(n).get_attribute("data-name") for n in range(2)]
    assert rooms == ["Hall", "Lab"]
    lab = page.locator('.room[data-name="Lab"]')
    assert [lab.get_attribute(f"data-{n}") for n in ("x", "y", "width", "depth")] == list("1296")


def test_what_was_drawn_survives_a_refusal(open_plan, cast, chromium, live_server, client):
    """The browser writes a refused page to its console, so this one opens its own."""
    desks = {desk.label: desk.series for desk in Desk.objects.all()}
    address = f"{live_server.url}/spaces/{open_plan.site.space.code}/desks/{open_plan.site.series}/"
    context = chromium.new_context()
    cookies = {"session": client.cookies["session"].value, "language": "en"}
    context.add_cookies(
        [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
    )
    page = context.new_page()
    page.goto(address)
    seat(page, "A1").focus()
    page.keyboard.press("ArrowRight")
    moves = {desks["A4"]: (9, 9, False)}
    actions.save_plan(open_plan.site, by=cast["bees.operator_clerk"], version=2, moves=moves)
    save(page)
    shot(page, "stale")
    assert "changed this at" in page.locator(".errsum").inner_text()
    assert seat(page, "A1").get_attribute("transform") == "translate(48 24)"
    assert seat(page, "A4").get_attribute("transform") == "translate(216 216)"
    save(page)
    assert (places()["A1"], places()["A4"]) == ((2, 1, False), (9, 9, False))
    context.close()


def test_what_was_drawn_and_not_saved_is_back_after_signing_in_again(open_plan):
    page = open_plan()
    seat(page, "A1").focus()
    page.keyboard.press("ArrowRight")
    page.locator(".draft [role=status]", has_text="Saved at").wait_for()
    page.reload()
    assert seat(page, "A1").get_attribute("transform") == "translate(48 24)"
    assert page.locator("[data-said]").inner_text().endswith("is back on the plan.")


def test_a_finger_drags_desks_and_chooses_several(open_plan, chromium, live_server, client):
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    cookies = {"session": client.cookies["session"].value, "language": "en"}
    context.add_cookies(
        [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
    )
    page = context.new_page()
    site = open_plan.site
    page.goto(f"{live_server.url}/spaces/{site.space.code}/desks/{site.series}/")
    seat(page, "A1").tap()
    seat(page, "A2").tap()
    expect(page.locator(".chosen")).to_have_count(2)
    box = seat(page, "A2").bounding_box()
    x, y = box["x"] + 10, box["y"] + 10
    touch = context.new_cdp_session(page).send
    touch("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 7):
        point = {"x": x + step * 8, "y": y + step * 20}
        touch("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    touch("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    save(page)
    assert (places()["A1"], places()["A2"]) == ((3, 6, False), (6, 6, False))
    context.close()
