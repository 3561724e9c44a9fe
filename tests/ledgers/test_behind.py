"""Every figure leads to the rows behind it: paged, narrowed, taken away as shown; a missing one to where it is entered."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from zhongchuang.ledgers import actions
from zhongchuang.services.models import Event

pytestmark = pytest.mark.django_db
ON = date(2026, 7, 1)


def event(space, cast, title, day="2026-05-01", **more):
    return actions.write_down(
        Event, space, by=cast["bees.operator_clerk"], day=date.fromisoformat(day), title=title, kind="salon", **more
    )  # fmt: skip


def behind(space, fact, page="behind", **asked):
    query = "&".join(f"{name}={value}" for name, value in ({"on": ON} | asked).items())
    return f"{reverse(f'ledgers:{page}', args=[space.code, fact])}?{query}"


def titles(answer):
    return [str(row) for row, _url, _pairs in answer.context["rows"]]


def test_rows_come_by_pages_of_which_each_begins_where_the_last_ended(
    registered, cast, signed_in, settings
):
    space, client = registered(), signed_in("ping.reviewer")
    for number in range(53):
        event(space, cast, f"沙龙{number:02}")
    first = client.get(behind(space, "events.total"))
    assert (first.context["total"], len(titles(first))) == (53, 50)
    second = client.get(behind(space, "events.total") + "&" + first.context["page"].older[1:])
    assert titles(second) == ["沙龙02", "沙龙01", "沙龙00"]
    assert f"on={ON}" in second.context["page"].newer


def test_rows_are_narrowed_by_words_and_year_and_taken_away_as_they_are_shown(
    registered, cast, signed_in
):
    space, client = registered(), signed_in("bees.operator_clerk")
    event(space, cast, "春季沙龙")
    event(space, cast, "秋季沙龙")
    event(space, cast, "旧沙龙", "2025-05-01")
    asked = {"": 3, "year=2026": 2, "q=秋季": 1, "year=2025&q=秋季": 0}
    url = behind(space, "events.total")
    assert {one: client.get(f"{url}&{one}").context["total"] for one in asked} == asked
    export = behind(space, "events.total", "behind_export", year=2026)
    file = client.post(export, {"kind": "csv"}).content.decode("utf-8-sig")
    assert [line.split(",")[0] for line in file.splitlines()[1:]] == ["2026-05-01"] * 2
    assert ("春季沙龙" in file, "秋季沙龙" in file, "旧沙龙" in file) == (True, True, False)


def test_the_figures_of_the_register_itself_have_their_rows_too(registered, add, signed_in):
    space, client = registered(), signed_in("ping.reviewer")
    assert titles(client.get(behind(space, "floor_area"))) == ["A 座"]
    assert titles(client.get(behind(space, "floor_area", q="B"))) == []
    assert titles(client.get(behind(space, "lease_years"))) == []
    assert len(titles(client.get(behind(space, "months_operating")))) == 1
    add(space, "staff", name="张三", fulltime="yes", education="bachelor")
    add(space, "staff", name="李四", fulltime="no", education="doctor")
    add(space, "staff", name="王五", fulltime="yes", education="school")
    assert titles(client.get(behind(space, "staff_fulltime"))) == ["王五", "张三"]
    assert titles(client.get(behind(space, "staff_college"))) == ["李四", "张三"]
    file = client.post(behind(space, "staff", "behind_export"), {"kind": "csv"}).content.decode("utf-8-sig")  # fmt: skip
    assert len(file.splitlines()) == 4


def test_a_share_leads_to_the_figures_that_it_is_computed_from(registered, add, signed_in):
    space, client = registered(), signed_in("ping.reviewer")
    add(space, "staff", name="张三", fulltime="yes", education="bachelor")
    add(space, "staff", name="李四", fulltime="yes", education="school")
    answer = client.get(behind(space, "staff_college_share"))
    assert "50%" in answer.content.decode()
    assert behind(space, "staff_college") in answer.content.decode()


@pytest.mark.parametrize(
    ("fact", "name", "given"),
    [
        ("events.year", "ledgers:new", ["events"]),
        ("residents", "residents:take_in", []),
        ("equipment_value", "spaces:add_row", ["equipment"]),
        ("lease_years", "spaces:add_row", ["leases"]),
        ("staff", "spaces:add_row", ["staff-count"]),
        ("titles", "ledgers:new", ["statements"]),
    ],
)
def test_an_unknown_figure_leads_its_operator_to_where_it_is_entered_and_others_to_what_is_known(
    registered, signed_in, fact, name, given
):
    space = registered()
    url = behind(space, fact, "enter")
    found = signed_in("bees.operator_head").get(url)
    assert found.url.partition("?")[0] == reverse(name, args=[space.code, *given])
    assert signed_in("bees.operator_head").get(found.url).status_code == 200
    seen = signed_in("ping.reviewer").get(url)
    assert seen.url == behind(space, fact)
    assert signed_in("ping.reviewer").get(seen.url).status_code == 200


def test_a_figure_that_no_ledger_tells_is_chosen_already_where_it_is_stated(registered, signed_in):
    space, client = registered(), signed_in("bees.operator_head")
    form = client.get(client.get(behind(space, "titles", "enter")).url).context["form"]
    assert form["fact"].value() == "titles"


def test_a_sum_that_lacks_a_part_leads_to_the_row_that_lacks_it(registered, cast, signed_in):
    space, client = registered(), signed_in("bees.operator_head")
    event(space, cast, "未清点")
    found = client.get(behind(space, "attendance.total", "enter"))
    assert found.url == behind(space, "attendance.total")
    assert titles(client.get(found.url)) == ["未清点"]


def test_counts_of_the_profile_lead_to_their_lines(registered, cast, signed_in):
    space, client = registered(), signed_in("ping.reviewer")
    event(space, cast, "路演日")
    profile = client.get(reverse("ledgers:profile", args=[space.code]))
    counted = {row.function.name: row.counts[-1] for row in profile.context["rows"]}
    (name,) = [name for name, count in counted.items() if count]
    url = f"{reverse('ledgers:function', args=[space.code, name])}?year=2026"
    assert url in profile.content.decode()
    shown = {one.name: count for one, count in client.get(url).context["rows"]}
    assert sum(shown.values()) == 1
    lines = f"{reverse('ledgers:ledger', args=[space.code, 'events'])}?function={name}&year=2026"
    assert client.get(lines).context["total"] == 1


def test_rows_cost_as_many_queries_with_three_as_with_one(registered, cast, signed_in):
    space, client = registered(), signed_in("ping.reviewer")

    def cost():
        with CaptureQueriesContext(connection) as seen:
            client.get(behind(space, "events.total"))
        return len(seen)

    event(space, cast, "一")
    cost()
    one = cost()
    event(space, cast, "二")
    event(space, cast, "三")
    assert cost() == one
