import json
import uuid
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.records.conftest import at_once  # noqa: F401 -- a fixture
from zhongchuang.audit.models import Entry
from zhongchuang.audit.verification import verify
from zhongchuang.page.refusal import Refused
from zhongchuang.records.actions import Stale
from zhongchuang.records.register import collect
from zhongchuang.spaces import actions
from zhongchuang.spaces.actions.desks import plan_of
from zhongchuang.spaces.actions.versions import Operation
from zhongchuang.spaces.differences import differences_of
from zhongchuang.spaces.models import Change, Desk, Premises, Space
from zhongchuang.spaces.plans import drawing_of, labels_between, laid_out

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
HEAD = "bees.operator_head"
LATER = date(2024, 1, 1)


def site_of(space):
    return Premises.objects.select_related("space__operator", "space__region").get(space=space)


@pytest.fixture
def add_desks(cast):
    """`add_desks(space, "A1", "A3")` lists desks on the site of a space."""

    def one(space, first, last=None, *, on=date(2020, 3, 1), a_row=10, **more):
        given = {"kind": "fixed", "can_be_let": "yes"} | more
        labels = labels_between(first, last or first)
        return actions.add_desks(site_of(space), labels, by=cast[HEAD], on=on, a_row=a_row, **given)

    return one


def labels_on(space, day):
    return [seat.desk.label for seat in drawing_of(plan_of(site_of(space)), day).seats]


def figure(space, day):
    return collect([space.pk], ["desks"], day).columns["desks"][0]


# --- labels and places ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        ("A01", "A03", ["A01", "A02", "A03"]),
        ("B-9", "B-11", ["B-9", "B-10", "B-11"]),
        ("A098", "A101", ["A098", "A099", "A100", "A101"]),
        ("Ａ０１", "A02", ["A01", "A02"]),
        ("1座8号", "1座9号", ["1座8号", "1座9号"]),
        ("7", "7", ["7"]),
        ("A01", "B03", None),
        ("A03", "A01", None),
        ("A", "B", None),
        ("A1", "A501", None),
    ],
)
def test_a_range_of_labels_counts_up_one_number(first, last, labels):
    assert labels_between(first, last) == labels


def test_desks_are_laid_out_side_by_side_with_an_aisle_after_two_rows():
    assert laid_out(7, 2, 1) == [(1, 1), (4, 1), (1, 3), (4, 3), (1, 7), (4, 7), (1, 9)]


def test_desks_beyond_the_largest_plan_have_no_place():
    assert laid_out(2, 1, 197) == [(1, 197), (None, None)]


# --- dated --------------------------------------------------------------------------------------


def test_the_plan_as_of_a_day_shows_the_desks_of_that_day(cast, prepared, add_desks):
    space = prepared()
    add_desks(space, "A1", "A3")
    add_desks(space, "A4", on=LATER)
    first = Desk.objects.get(label="A1")
    actions.end_desks(site_of(space), [first], by=cast[HEAD], on=date(2025, 1, 1))
    assert {str(day): labels_on(space, day) for day in (
        date(2020, 2, 29), date(2020, 3, 1), LATER, date(2024, 12, 31), date(2025, 1, 1)
    )} == {
        "2020-02-29": [],
        "2020-03-01": ["A1", "A2", "A3"],
        "2024-01-01": ["A1", "A2", "A3", "A4"],
        "2024-12-31": ["A1", "A2", "A3", "A4"],
        "2025-01-01": ["A2", "A3", "A4"],
    }  # fmt: skip


def test_the_figure_of_desks_follows_those_listed_that_can_be_let(prepared, add_desks):
    space = prepared()
    assert figure(space, TODAY) == 80
    add_desks(space, "A1", "A3", on=LATER)
    add_desks(space, "B1", "B2", on=LATER, can_be_let="no")
    assert (figure(space, TODAY), figure(space, date(2023, 12, 31))) == (3, 0)
    assert Space.objects.get(pk=space.pk).desks == 3


def test_moving_a_desk_is_no_version(cast, prepared, add_desks):
    space = prepared()
    desk = add_desks(space, "A1")[0]
    site = site_of(space)
    actions.save_plan(site, by=cast[HEAD], version=1, moves={desk.series: (9, 8, True)})
    moved = Desk.objects.get()
    assert (moved.x, moved.y, moved.turned, moved.valid_from, moved.version) == (
        9, 8, True, date(2020, 3, 1), 1,
    )  # fmt: skip
    entry = Entry.objects.order_by("-number").first()
    assert entry.verb == "plan_changed"
    assert json.loads(entry.details) == {
        "old": {"A1": "1, 1"}, "new": {"A1": "9, 8 ↻"},
    }  # fmt: skip


def test_a_desk_does_not_end_on_the_day_it_came(cast, prepared, add_desks):
    space = prepared()
    old, new = *add_desks(space, "A1", on=LATER), *add_desks(space, "A2", on=TODAY)
    with pytest.raises(Refused) as refused:
        actions.end_desks(site_of(space), [old, new], by=cast[HEAD], on=TODAY)
    assert refused.value.refusal.code == "never_held"
    assert labels_on(space, TODAY) == ["A1", "A2"]


def test_a_changed_desk_keeps_its_place_and_both_versions(cast, prepared, add_desks):
    space = prepared()
    desk = add_desks(space, "A1")[0]
    values = {"label": "C1", "kind": "open", "can_be_let": "no"}
    actions.change_desk(
        site_of(space), desk, by=cast[HEAD], values=values, place=(1, 1, False), versions=(1, 1),
        on=LATER,
    )  # fmt: skip
    assert (labels_on(space, date(2023, 12, 31)), labels_on(space, LATER)) == (["A1"], ["C1"])
    assert list(Desk.objects.values_list("x", "y")) == [(1, 1), (1, 1)]


# --- twice, and two at once -----------------------------------------------------------------------


def test_labels_in_use_are_refused_by_name(prepared, add_desks):
    space = prepared()
    add_desks(space, "A1", "A3")
    with pytest.raises(Refused) as refused:
        add_desks(space, "A3", "A5")
    assert refused.value.refusal.params == {"labels": "A3"}
    assert Desk.objects.count() == 3


def test_of_two_who_draw_at_once_the_second_hears_of_the_first(cast, prepared, add_desks):
    space = prepared()
    one, other = add_desks(space, "A1", "A2")
    site = site_of(space)
    actions.save_plan(site, by=cast[HEAD], version=1, moves={one.series: (5, 5, False)})
    with pytest.raises(Stale) as stale:
        actions.save_plan(
            site, by=cast["bees.operator_clerk"], version=1, moves={other.series: (9, 9, False)}
        )
    assert cast.people[HEAD].name in str(stale.value)
    assert list(Desk.objects.order_by("label").values_list("x", "y")) == [(5, 5), (4, 1)]


def test_what_the_second_drew_stays_on_the_page(prepared, add_desks, signed_in, cast):
    space = prepared()
    one, other = add_desks(space, "A1", "A2")
    site = site_of(space)
    address, client = f"/spaces/{space.code}/desks/{site.series}/", signed_in("bees.operator_clerk")
    given = sent_with(client, address)
    actions.save_plan(site, by=cast[HEAD], version=1, moves={one.series: (5, 5, False)})
    drawn = json.dumps({"moves": {str(other.series): [9, 9, False]}, "ended": []})
    answer = client.post(address, given | {"differences": drawn})
    assert answer.status_code == 409
    form = answer.context["form"]
    assert (form["differences"].value(), form["version"].value()) == (drawn, "2")
    told = [(one["label"], one["old"], one["new"]) for one in answer.context["changes"]]
    assert told == [("A1", "1, 1", "5, 5")]
    again = client.post(address, given | {"differences": drawn, "version": 2})
    assert (again.status_code, again["Location"]) == (302, address)
    assert list(Desk.objects.order_by("label").values_list("x", "y")) == [(5, 5), (9, 9)]


def sent_with(client, address):
    """The hidden fields of a form as its page gives them."""
    form = client.get(address).context["form"]
    return {name: form[name].value() for name in ("request_key", "version") if name in form.fields}


ROOM = '"x": 1, "y": 1, "width": 1, "depth": 1'


@pytest.mark.parametrize(
    "drawn",
    [
        "[]", "no", "[" * 50_000, '{"moves": {"x": [1, 1, false]}, "ended": []}',
        '{"moves": {"SERIES": [199, 1, false]}, "ended": []}',
        '{"moves": {"SERIES": [-1, 1, false]}, "ended": []}',
        '{"moves": {"SERIES": [1.5, 1, false]}, "ended": []}',
        '{"moves": {"SERIES": [1, 1]}, "ended": []}',
        '{"moves": {}, "ended": [], "rooms": [{"name": "a", "x": 1, "y": 1, "width": 0, "depth": 1}]}',
        '{"moves": {}, "ended": [], "rooms": [{"name": "\\ud800", ROOM}]}'.replace("ROOM", ROOM),
        '{"moves": {}, "ended": [], "rooms": [{"name": "\\u0000", ROOM}]}'.replace("ROOM", ROOM),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_refused(prepared, add_desks, signed_in, drawn):
    space = prepared()
    desk = add_desks(space, "A1")[0]
    address, client = f"/spaces/{space.code}/desks/{site_of(space).series}/", signed_in(HEAD)
    given = sent_with(client, address)
    answer = client.post(
        address, given | {"differences": drawn.replace("SERIES", str(desk.series))}
    )
    faults = answer.context["form"].errors["differences"].as_data()
    assert answer.status_code == 200
    assert {fault.code for fault in faults} <= {"unreadable", "null_characters_not_allowed"}
    assert Desk.objects.values_list("x", "y").get() == (1, 1)


# --- the department decides -----------------------------------------------------------------------


def test_desks_of_a_registered_space_count_when_the_county_confirmed_them(
    cast, registered, add_desks
):
    space = registered()
    change = add_desks(space, "A1", "A3", on=TODAY, reason="New tables")
    assert isinstance(change, Change)
    assert (figure(space, TODAY), Desk.objects.count()) == (80, 0)
    first = differences_of(change)[0]
    assert (first.old, first.new) == ("", "A1, A2, A3 (3)")
    actions.confirm_change(change, by=cast["ping.reviewer"])
    assert (figure(space, TODAY), labels_on(space, TODAY)) == (3, ["A1", "A2", "A3"])
    assert figure(space, TODAY - timedelta(days=1)) == 0
    with pytest.raises(Refused) as refused:
        actions.confirm_change(Change.objects.get(), by=cast["ping.approver"])
    assert refused.value.refusal.code == "decided"
    assert {fault.kind for fault in verify().faults} == {"unanchored"}


def test_desks_of_a_registered_space_end_when_the_county_confirmed_it(cast, registered, add_desks):
    space = registered()
    actions.confirm_change(
        add_desks(space, "A1", "A3", on=LATER, reason="x"), by=cast["ping.reviewer"]
    )
    site = site_of(space)
    ending = list(Desk.objects.filter(label__in=["A1", "A2"]))
    given = {"on": TODAY, "reason": "Taken away"}
    change = actions.end_desks(site, ending, by=cast[HEAD], **given)
    assert labels_on(space, TODAY) == ["A1", "A2", "A3"]
    with pytest.raises(Refused) as refused:
        actions.end_desks(site, ending[:1], by=cast[HEAD], **given)
    assert refused.value.refusal.code == "change_waiting"
    actions.confirm_change(change, by=cast["ping.reviewer"])
    assert (labels_on(space, TODAY), figure(space, TODAY)) == (["A3"], 1)


def test_drawing_takes_effect_at_once_while_the_end_waits(cast, registered, add_desks):
    space = registered()
    actions.confirm_change(
        add_desks(space, "A1", "A2", on=LATER, reason="x"), by=cast["ping.reviewer"]
    )
    one, other = Desk.objects.order_by("label")
    actions.save_plan(
        site_of(space), by=cast[HEAD], version=1, moves={one.series: (7, 7, True)}, ending=[other],
        on=TODAY, reason="Broken",
    )  # fmt: skip
    assert Desk.objects.filter(label="A1").values_list("x", "y", "turned").get() == (7, 7, True)
    change = Change.objects.waiting().get()
    assert ([row["label"] for row in change.rows], labels_on(space, TODAY)) == (
        ["A2"],
        ["A1", "A2"],
    )


def test_labels_that_wait_for_the_county_are_taken(registered, add_desks):
    space = registered()
    add_desks(space, "A1", "A3", on=TODAY, reason="x")
    with pytest.raises(Refused) as refused:
        add_desks(space, "A2", on=TODAY, reason="x")
    assert refused.value.refusal.params == {"labels": "A2"}


def test_a_label_of_a_desk_may_change_at_once_but_letting_it_waits(cast, registered, add_desks):
    space = registered()
    actions.confirm_change(add_desks(space, "A1", on=LATER, reason="x"), by=cast["ping.reviewer"])
    desk = Desk.objects.get()
    values, given = {"label": "Z1", "kind": "fixed", "can_be_let": "yes"}, {"on": TODAY}
    place = (desk.x, desk.y, desk.turned)
    actions.change_desk(
        site_of(space), desk, by=cast[HEAD], values=values, place=place, versions=(1, 1), **given
    )
    assert labels_on(space, TODAY) == ["Z1"]
    now = Desk.objects.get(label="Z1")
    change = actions.change_desk(
        site_of(space), now, by=cast[HEAD], values=values | {"can_be_let": "no"}, place=place,
        versions=(now.version, 1), reason="Kept free", **given,
    )  # fmt: skip
    assert (change.state, figure(space, TODAY)) == ("waiting", 1)


# --- pages ----------------------------------------------------------------------------------------

PAGES = ("", "add/", "end/", "settings/", "rest/", "DESK/")


def pages_of(space):
    desk = Desk.objects.filter(space=space).first()
    address = f"/spaces/{space.code}/desks/{site_of(space).series}/"
    return [address + page.replace("DESK", str(desk.series)) for page in PAGES]


@pytest.mark.parametrize(
    "who", ["kites.operator_head", "xiang.clerk", "hai.reviewer", "founder", "zhe.system_admin"]
)
def test_to_outsiders_there_is_no_plan(registered, cast, add_desks, signed_in, who):
    space = registered()
    actions.confirm_change(add_desks(space, "A1", on=LATER, reason="x"), by=cast["ping.reviewer"])
    client = signed_in(who)
    assert {client.get(page).status_code for page in pages_of(space)} == {404}
    assert client.get(f"/spaces/{space.code}/desks/").status_code == 404
    own = signed_in(HEAD)
    assert [own.get(page).status_code for page in pages_of(space)] == [200, 200, 302, 200, 200, 200]


def test_the_county_sees_the_plan_and_changes_nothing(registered, cast, add_desks, signed_in):
    space = registered()
    actions.confirm_change(add_desks(space, "A1", on=LATER, reason="x"), by=cast["ping.reviewer"])
    client = signed_in("ping.clerk")
    plan, *others = pages_of(space)
    assert client.get(plan).status_code == 200
    assert {client.get(page).status_code for page in others} == {403}
    assert client.post(plan, {"version": 1, "differences": "{}"}).status_code == 403


def test_a_plan_asks_the_database_as_often_for_three_desks_as_for_one(
    prepared, add_desks, signed_in
):
    asked = []
    for name, last in (("一号空间", "A1"), ("三号空间", "A3")):
        space = prepared(name)
        add_desks(space, "A1", last)
        client, address = signed_in(HEAD), pages_of(space)[0]
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address)
        asked.append(len(queries))
        assert page.content.decode().count('class="seat ') == int(last[1])
    assert asked[0] == asked[1]


def test_a_range_is_added_and_ended_without_script(prepared, signed_in):
    space, client = prepared(), signed_in(HEAD)
    address = f"/spaces/{space.code}/desks/{site_of(space).series}/"
    form = client.get(f"{address}add/").context["form"]
    given = {
        "first": "A01", "last": "A12", "kind": "fixed", "can_be_let": "yes", "a_row": 6,
        "on": "2020-03-01", "reason": "", "request_key": form["request_key"].value(),
    }  # fmt: skip
    for _time in range(2):
        assert client.post(f"{address}add/", given).status_code == 302
    assert Desk.objects.count() == 12
    series = [str(s) for s in Desk.objects.order_by("label").values_list("series", flat=True)[:2]]
    page = client.get(f"{address}end/", {"series": series})
    assert [desk.label for desk in page.context["desks"]] == ["A01", "A02"]
    key = page.context["form"]["request_key"].value()
    ending = {"series": series, "on": str(TODAY), "reason": "", "request_key": key}
    assert client.post(f"{address}end/", ending).status_code == 302
    assert labels_on(space, TODAY)[0] == "A03"
    assert "A01" not in client.get(address).content.decode()
    assert "A01" in client.get(f"{address}?on=2020-03-01").content.decode()


def test_one_desk_is_changed_and_moved_without_script(prepared, add_desks, signed_in):
    space, client = prepared(), signed_in(HEAD)
    desk = add_desks(space, "A1")[0]
    address = pages_of(space)[-1]
    given = client.get(address).context["form"].initial | {
        "label": "B7", "x": 12, "y": 5, "turned": "on", "request_key": str(uuid.uuid4()),
    }  # fmt: skip
    given["on"] = str(TODAY)
    assert client.post(address, given).status_code == 302
    now = Desk.objects.get(series=desk.series, valid_until=None)
    assert (now.label, now.x, now.y, now.turned, now.valid_from) == ("B7", 12, 5, True, TODAY)


def test_rooms_are_entered_line_by_line(prepared, add_desks, signed_in):
    space, client = prepared(), signed_in(HEAD)
    add_desks(space, "A1")
    address = pages_of(space)[3]
    given = {"columns": 40, "rows": 30, "rooms": "会议室：0, 0, 8, 6\nWall: 10 0 1 9"}
    given |= sent_with(client, address)
    assert client.post(address, given).status_code == 302
    assert plan_of(site_of(space)).rooms == [
        {"name": "会议室", "x": 0, "y": 0, "width": 8, "depth": 6},
        {"name": "Wall", "x": 10, "y": 0, "width": 1, "depth": 9},
    ]
    given |= sent_with(client, address)
    wrong = client.post(address, given | {"rooms": "Room 1, 2, 3"})
    assert wrong.context["form"].errors["rooms"].as_data()[0].code == "no_room"
    assert client.get(address).context["form"]["rooms"].value().startswith("会议室: 0, 0, 8, 6\n")


def test_desks_without_a_place_are_laid_out_together(prepared, add, signed_in):
    space, client = prepared(), signed_in(HEAD)
    site = site_of(space)
    for label in ("A1", "A2"):
        add(space, "desks", site=site.series, label=label)
    address = f"/spaces/{space.code}/desks/{site.series}/"
    given = sent_with(client, f"{address}rest/")
    assert client.post(f"{address}rest/", given).status_code == 302
    assert list(Desk.objects.order_by("label").values_list("x", "y")) == [(1, 1), (4, 1)]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_add_the_same_labels_at_once_one_does(prepared, add_desks, at_once):  # noqa: F811
    space = prepared()
    answers = at_once(2, lambda number: add_desks(space, "A1", "A3"))
    refused = [answer.refusal.code for answer in answers if isinstance(answer, Refused)]
    assert (refused, Desk.objects.count()) == (["label_used"], 3)


# --- the page of the space and its history --------------------------------------------------------


def test_the_page_of_a_space_draws_the_plan_of_its_day(prepared, add_desks, signed_in):
    space = prepared()
    add_desks(space, "A1", "A3", on=LATER)
    client, drawn = signed_in(HEAD), []
    for day in ("2023-12-31", "2024-01-01"):
        page = client.get(space.get_absolute_url(), {"on": day}).content.decode()
        drawn.append(page.count('class="seat '))
    assert drawn == [0, 3]


def test_desks_that_came_together_are_one_line_of_the_history(cast, prepared, add_desks, signed_in):
    space = prepared()
    add_desks(space, "A1", "A12")
    desk = Desk.objects.get(label="A2")
    values = {"label": "A2", "kind": "open", "can_be_let": "yes"}
    operation = Operation("desks", "revise", LATER, values, desk.series)
    actions.write(space, operation, by=cast[HEAD])
    lines = signed_in(HEAD).get(f"{space.get_absolute_url()}history/").context["versions"]
    found = [
        (line.names, len(line.first.differences)) for line in lines if line.first.table == "desks"
    ]
    assert found == [("A2", 1), ("A1, A3, A4 \u2026 (11)", 0), ("A2", 0)]


def test_the_page_of_a_space_costs_as_much_with_thirty_desks_as_with_three(
    prepared, add_desks, signed_in
):
    space, client, counts = prepared(), signed_in(HEAD), []
    client.get(space.get_absolute_url())
    for first, last in (("A1", "A3"), ("B1", "B27")):
        add_desks(space, first, last)
        with CaptureQueriesContext(connection) as queries:
            client.get(space.get_absolute_url())
        counts.append(len(queries))
    assert counts[0] == counts[1]
