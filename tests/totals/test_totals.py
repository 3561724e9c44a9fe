"""The figures of a region: sums of its spaces, each firm and person once, and what is unknown said so."""

from datetime import date
from io import BytesIO, StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from zhongchuang.demo.dice import Dice
from zhongchuang.demo.hedong import hedong_source, hedong_totals
from zhongchuang.ledgers.actions import write_down
from zhongchuang.organisations.models import Region
from zhongchuang.residents.actions import take_in
from zhongchuang.residents.models import Report
from zhongchuang.services.models import Event
from zhongchuang.spaces.demonstration.world import World
from zhongchuang.spaces.models import Space
from zhongchuang.totals.scenes import scenes
from zhongchuang.totals.summing import figures, running

pytestmark = pytest.mark.django_db
ON = date(2026, 7, 1)
FIRM = {"kind": "firm", "name": "云帆科技有限公司", "credit_code": "91330482MA2CW0AX3U"}


@pytest.fixture
def moves_in(cast):
    def one(space, who="bees.operator_clerk", **more):
        given = {"kind": "team", "name": "云帆", "day": date(2025, 3, 1), "founder": "张三", "founder_kind": "",
                 "stage": "", "desks": 2}  # fmt: skip
        return take_in(space, by=cast[who], **given | more)

    return one


@pytest.fixture
def two(registered):
    """A space of each of two operators in one county."""
    return registered(), registered("鹊桥众创空间", who="ants.operator_head")


def told(on=ON, **only):
    spaces = running(Space.objects.filter(**only), on)
    return {one.column.name: one for one in figures(spaces, on)}


def test_a_firm_in_two_spaces_counts_once_above_them_and_is_named(two, moves_in, signed_in):
    moves_in(two[0], **FIRM)
    moves_in(two[1], "ants.operator_clerk", **FIRM)
    moves_in(two[1], "ants.operator_clerk", name="青禾")
    found = told()
    assert (found["residents"].value, found["residents"].apart) == (2, 1)
    assert found["resident_firms"].value == 1
    assert found["residents_served.total"].value == 2
    assert found["desks_occupied"].value == 6
    page = signed_in("ping.reviewer").get(reverse("totals:overlaps")).content.decode()
    assert FIRM["name"] in page
    assert "青禾" not in page
    assert all(space.name in page for space in two)


def test_two_reports_of_one_firm_for_one_year_are_not_added(two, moves_in, cast):
    for space, who, staff in ((two[0], "bees", 7), (two[1], "ants", 9)):
        stay = moves_in(space, f"{who}.operator_clerk", **FIRM)
        write_down(Report, space, by=cast[f"{who}.operator_clerk"], resident=stay.resident, day=date(2025, 12, 31), staff=staff)  # fmt: skip
    assert told()["jobs"].value == 9


def test_what_one_space_does_not_tell_makes_the_total_a_least_and_not_a_zero(two, cast):
    found = told()
    assert (found["events.total"].value, found["events.total"].known) == (None, 0)
    write_down(Event, two[0], by=cast["bees.operator_clerk"], day=date(2025, 5, 1), title="路演", kind="roadshow", part="own")  # fmt: skip
    found = told()
    assert (found["events.total"].value, found["events.total"].known) == (1, 1)
    assert (found["floor_area"].value, found["floor_area"].known) == (1200, 2)


def test_a_space_that_was_closed_counts_until_it_was(two):
    Space.objects.filter(pk=two[0].pk).update(state="closed", closed_on=date(2026, 1, 1))
    assert told(date(2025, 12, 31))["desks"].value == 160
    assert told(date(2026, 1, 1))["desks"].value == 80


def test_one_sees_the_figures_of_what_one_sees_and_no_others(two, signed_in):
    address = reverse("totals:totals")
    assert "2 家" in signed_in("ping.reviewer").get(address).content.decode()
    assert "1 家" in signed_in("bees.operator_clerk").get(address).content.decode()
    assert two[0].name not in signed_in("xiang.reviewer").get(reverse("totals:spread", args=["desks"])).content.decode()  # fmt: skip


def test_each_figure_leads_to_the_spaces_and_from_there_to_the_records(two, signed_in):
    page = signed_in("ping.reviewer").get(
        reverse("totals:spread", args=["desks"]), {"on": "2026-07-01"}
    )
    assert f"{reverse('ledgers:behind', args=[two[0].code, 'desks'])}?on=2026-07-01" in page.content.decode()  # fmt: skip


def test_the_file_has_the_totals_and_each_space(two, signed_in):
    sent = signed_in("ping.reviewer").post(
        reverse("totals:export") + "?on=2026-07-01", {"kind": "xlsx"}
    )
    book = load_workbook(
        BytesIO(b"".join(sent.streaming_content) if sent.streaming else sent.content)
    )
    totals, each = book.worksheets
    rows = {row[0]: row for row in totals.iter_rows(values_only=True)}
    assert rows["工位数"][3:6] == (160, 2, 2)
    assert rows["创新创业活动（累计）"][3:5] == (None, 0)
    assert each.max_row == 3


def test_the_page_takes_the_same_number_of_queries_with_more_spaces(registered, signed_in):
    client, address = signed_in("ping.reviewer"), reverse("totals:totals")
    registered()
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    registered("鹊桥众创空间")
    registered("青禾众创空间")
    with CaptureQueriesContext(connection) as more:
        client.get(address)
    assert len(few) == len(more)


@pytest.mark.any_database
def test_the_example_district_adds_up_to_what_was_published_of_hedong():
    call_command("regions", stdout=StringIO())
    world = World(Dice(1), date(2026, 7, 1), {one.code: one for one in Region.objects.current()})
    scenes(world)
    found = told(hedong_source().as_of, region__code="120102")
    published = {one.column.name: one.amount.amount for one in hedong_totals() if one.column}
    assert {name: found[name].value for name in published} == published
    assert {found[name].known for name in published} == {6}
    assert (found["free_months"].least, found["free_months"].value) == (3, 6)
