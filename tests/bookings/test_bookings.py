"""Rooms and instruments are booked by the half hour: nobody gets what another has, by night, over week ends, all at once."""

import threading
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from zhongchuang.bookings import actions
from zhongchuang.bookings.forms import HoursField
from zhongchuang.bookings.models import Booking, Resource, Slot
from zhongchuang.bookings.weeks import usage, week_of
from zhongchuang.ledgers import actions as ledger_actions
from zhongchuang.organisations.models import Organisation
from zhongchuang.page.refusal import Refused
from zhongchuang.residents import actions as resident_actions

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 30)
SATURDAY, SUNDAY = date(2026, 12, 5), date(2026, 12, 6)
ALWAYS = ", ".join(["00:00-24:00"] * 7)
NINE, TEN, NOON = 18, 20, 24


@pytest.fixture(autouse=True)
def clock():
    """It is noon of Friday the 27th of November 2026 in Shanghai."""
    with time_machine.travel(datetime(2026, 11, 27, 4, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def room(registered, cast):
    """`room(hours=ALWAYS)` is a room that the space of Bees shares."""

    def one(name="会议室", *, space=None, **more):
        given = {"kind": "room", "capacity": 8, "day": date(2026, 1, 1), "name": name}
        return ledger_actions.write_down(
            Resource, space or registered(), by=cast["bees.operator_clerk"], **given | more
        )

    return one


@pytest.fixture
def book(cast):
    """`book(room, MONDAY, NINE, TEN)` books as the operator."""

    def one(resource, day, begins, ends, *, who="bees.operator_clerk", **more):
        return actions.book(
            resource, by=cast[who], day=day, begins=begins, ends=ends, **{"purpose": "例会"} | more
        )

    return one


@pytest.fixture
def firm(cast):
    """`firm(space)` is a firm that stays there, with a person of its own named `firm`."""

    def one(space, name="云帆科技"):
        stay = resident_actions.take_in(
            space, by=cast["bees.operator_clerk"], kind="firm", name=name, day=date(2026, 1, 1), stage="",
            desks=1, founder="", founder_kind="", credit_code="",
        )  # fmt: skip
        own = Organisation.objects.create(
            name=name, kind="provider", region=cast.regions["330482"], state="confirmed",
            credit_code="91330482MA28A0005C",
        )  # fmt: skip
        stay.resident.organisation = own
        stay.resident.save()
        cast.person("firm", organisation=own, role="operator_head")
        return stay.resident

    return one


def refused(act, *given, **more):
    with pytest.raises(Refused) as fault:
        act(*given, **more)
    return fault.value.refusal.code


# --- no double booking ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("begins", "ends"), [(NINE, NOON), (NINE, NINE + 1), (NOON - 1, NOON), (NINE - 1, NINE + 1), (NINE - 1, NOON + 1)]
)  # fmt: skip
def test_what_overlaps_is_refused_and_what_only_touches_is_not(room, book, begins, ends):
    one = room(hours=ALWAYS)
    book(one, MONDAY, NINE, NOON)
    assert refused(book, one, MONDAY, begins, ends) == "taken"
    book(one, MONDAY, NINE - 1, NINE)
    book(one, MONDAY, NOON, NOON + 1)
    book(room("路演厅", space=one.space, hours=ALWAYS), MONDAY, begins, ends)
    assert Booking.objects.count() == 4


def test_the_database_itself_keeps_half_an_hour_from_being_given_twice(room, book):
    slot = book(room(), MONDAY, NINE, TEN).slots.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Slot.objects.create(booking=slot.booking, resource=slot.resource, start=slot.start)


@pytest.mark.django_db(transaction=True)
def test_of_twenty_who_book_at_once_one_has_the_room(room, cast):
    one, by = room(), cast["bees.operator_clerk"]
    start, answers = threading.Barrier(20), []

    def try_it(number):
        try:
            start.wait()
            begins = NINE + number % 3
            actions.book(one, by=by, day=MONDAY, begins=begins, ends=begins + 4, purpose=f"第{number}")  # fmt: skip
            answers.append("booked")
        except Refused as fault:
            answers.append(fault.refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=try_it, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["booked"] + ["taken"] * 19
    assert (Booking.objects.count(), Slot.objects.count()) == (1, 4)


def test_a_cancelled_booking_stays_readable_and_frees_its_time(room, book, cast):
    one = room()
    first = book(one, MONDAY, NINE, TEN)
    actions.cancel(first, by=cast["bees.operator_head"], version=1, reason="改期")
    second = book(one, MONDAY, NINE, TEN)
    first.refresh_from_db()
    assert (first.struck_reason, first.slots.count(), second.slots.count()) == ("改期", 0, 2)
    again = {"by": cast["bees.operator_head"], "version": 2, "reason": "x"}
    assert refused(actions.cancel, first, **again) == "cancelled"


# --- times ----------------------------------------------------------------------------------------


def test_a_booking_goes_over_midnight_and_over_the_end_of_the_week(room, book):
    one = room(hours=ALWAYS)
    night = book(one, SUNDAY, 46, 2)
    start, end = timezone.localtime(night.start), timezone.localtime(night.end)
    assert (start.isoformat(), end.isoformat()) == ("2026-12-06T23:00:00+08:00", "2026-12-07T01:00:00+08:00")  # fmt: skip
    assert (night.length, night.ends, night.day) == (2, "2026-12-07 01:00", SUNDAY)
    assert refused(book, one, date(2026, 12, 7), 1, 3) == "taken"
    assert book(one, SATURDAY, 46, 48).ends == "24:00"
    spans = [
        [(cell.day.day, clock, cell.span) for clock, cells in week_of(one, day).rows for cell in cells if cell.booking]
        for day in (SUNDAY, date(2026, 12, 7))
    ]  # fmt: skip
    assert spans == [[(5, "23:00", 2), (6, "23:00", 2)], [(7, "00:00", 2)]]


def test_a_room_is_booked_within_its_opening_hours_alone(room, book):
    one = room()
    assert refused(book, one, MONDAY, NINE - 1, TEN) == "shut"
    assert refused(book, one, MONDAY, 35, 37) == "shut"
    assert refused(book, one, SATURDAY, NINE, TEN) == "shut"
    assert refused(book, one, MONDAY, 34, 2) == "shut"
    book(one, MONDAY, NINE, 36)


def test_what_is_over_far_ahead_or_shared_no_more_is_not_booked(room, book, cast):
    one = room(hours=ALWAYS)
    friday = date(2026, 11, 27)
    assert refused(book, one, friday, 22, 24) == "past"
    book(one, friday, 23, 25)
    assert refused(book, one, date(2027, 12, 1), NINE, TEN) == "far"
    ledger_actions.correct(one, by=cast["bees.operator_clerk"], version=1, until=date(2026, 12, 5))
    assert refused(book, one, SATURDAY, NINE, TEN) == "shut"
    book(one, SATURDAY - timedelta(days=1), NINE, TEN)


def test_weeks_are_booked_all_or_none_and_cancelled_from_one_on(room, book, cast):
    one = room()
    book(one, MONDAY + timedelta(weeks=2), NINE, TEN)
    assert refused(book, one, MONDAY, NINE, TEN, weeks=4) == "taken"
    assert Booking.objects.count() == 1
    first = book(one, MONDAY, TEN, TEN + 2, weeks=4)
    series = list(Booking.objects.filter(series=first.series).order_by("start"))
    assert [row.day for row in series] == [MONDAY + timedelta(weeks=week) for week in range(4)]
    actions.cancel(
        series[2], by=cast["bees.operator_clerk"], version=1, reason="项目结束", later=True
    )
    assert [bool(row.struck) for row in Booking.objects.filter(series=first.series).order_by("start")] == [
        False, False, True, True,
    ]  # fmt: skip


def test_a_fee_is_exact_to_the_cent_and_absent_where_there_is_none(room, book):
    one = room(fee=Decimal("12.35"))
    assert book(one, MONDAY, NINE, NINE + 3).fee == Decimal("18.53")
    assert book(room("打印机", space=one.space), MONDAY, NINE, TEN).fee is None


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["18", "36"] * 5 + [""] * 4, "09:00-18:00, 09:00-18:00, 09:00-18:00, 09:00-18:00, 09:00-18:00, –, –"),
        (["0", "48"] * 7, ALWAYS),
        (["18", ""] * 7, None),
        (["36", "18"] * 7, None),
        ([""] * 14, None),
    ],
)  # fmt: skip
def test_opening_hours_are_a_pair_for_each_weekday(given, said):
    field = HoursField()
    if said is None:
        with pytest.raises(ValidationError) as fault:
            field.clean(given)
        assert fault.value.code in {"hours", "never_open"}
    else:
        assert field.clean(given) == said
        assert field.widget.decompress(said) == given


def test_a_program_sends_opening_hours_as_their_text():
    taken = HoursField().widget.value_from_datadict
    for text in (ALWAYS, "09:00-18:00, –, –, –, –, –, –"):
        assert HoursField().clean(taken({"hours": text}, {}, "hours")) == text
    for text in (
        "always",
        "09:00-18:00",
        "9-18, –, –, –, –, –, –",
        "09:10-18:00, –, –, –, –, –, –",
    ):
        with pytest.raises(ValidationError):
            HoursField().clean(taken({"hours": text}, {}, "hours"))


# --- who ------------------------------------------------------------------------------------------


def test_own_people_of_a_resident_book_for_it_alone_and_cancel_before_it_begins(
    room, book, firm, cast
):
    one = room(hours=ALWAYS)
    own = firm(one.space)
    assert refused(book, one, MONDAY, NINE, TEN, who="firm") == "not_own"
    assert refused(book, one, MONDAY, NINE, TEN, who="ants.operator_head") == "not_yours"
    mine = book(one, MONDAY, NINE, TEN, who="firm", resident=own)
    now = book(one, date(2026, 11, 27), 24, 26, who="firm", resident=own)
    type(one.space).objects.update(state="closed", closed_on=date(2026, 11, 1))
    closed = Resource.objects.select_related("space").get()
    assert refused(book, closed, MONDAY, NINE, TEN, who="firm", resident=own) == "closed"
    type(one.space).objects.update(state="confirmed", closed_on=None)
    actions.cancel(mine, by=cast["firm"], version=1, reason="不用了")
    assert refused(actions.cancel, now, by=cast["firm"], version=1, reason="x") == "begun"
    actions.cancel(now, by=cast["bees.operator_clerk"], version=1, reason="空调坏了")


def test_own_people_see_that_others_have_a_room_and_not_who(room, book, firm, signed_in):
    one = room()
    own = firm(one.space)
    theirs = book(one, MONDAY, NINE, TEN, purpose="机密评审")
    mine = book(one, MONDAY, TEN, NOON, who="firm", resident=own, purpose="客户来访")
    client, address = signed_in("firm"), f"{one.get_absolute_url()}?day={MONDAY}"
    text = client.get(address).content.decode()
    assert "机密评审" not in text
    assert "已预订" in text
    assert "客户来访" in text
    assert client.get(theirs.get_absolute_url()).status_code == 404
    assert client.get(mine.get_absolute_url()).status_code == 200
    assert client.get(reverse("bookings:resources", args=[one.space.code])).status_code == 200
    assert client.get(one.space.get_absolute_url()).status_code == 404
    assert "机密评审" in signed_in("bees.operator_head").get(address).content.decode()


# --- pages ----------------------------------------------------------------------------------------


def test_a_room_is_shared_and_booked_with_few_fields(registered, signed_in):
    space, client = registered(), signed_in("bees.operator_clerk")
    new = reverse("ledgers:new", args=[space.code, "resources"])
    form = client.get(new).context["form"]
    shown = [one.name for one in form.usual if not one.is_hidden]
    assert shown == ["name", "kind", "capacity", "day", "file"]
    key = form["request_key"].value()
    sends = {"name": "会议室", "kind": "room", "day": "2026-11-01", "request_key": key}
    assert client.post(new, sends).status_code == 302
    room = Resource.objects.get()
    assert room.open_on(MONDAY) == (18, 36)
    text = client.get(f"{room.get_absolute_url()}?day={MONDAY}").content.decode()
    address = f"{reverse('bookings:book', args=[room.key])}?day={MONDAY}&slot=20"
    assert address.replace("&", "&amp;") in text
    form = client.get(address).context["form"]
    assert (form["begins"].value(), form["ends"].value()) == (20, 22)
    sends = {"day": str(MONDAY), "begins": "20", "ends": "22", "purpose": "例会", "weeks": "1", "request_key": form["request_key"].value()}  # fmt: skip
    answers = [client.post(address, sends) for _twice in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    booking = Booking.objects.get()
    assert answers[0]["Location"] == booking.get_absolute_url()
    form = client.get(address).context["form"]
    other = client.post(address, sends | {"request_key": form["request_key"].value()})
    assert other.status_code == 409
    assert "已被预订" in other.content.decode()
    listed = client.get(reverse("ledgers:ledger", args=[space.code, "bookings"])).content.decode()
    assert "例会" in listed
    export = client.post(reverse("ledgers:export", args=[space.code, "bookings"]), {"kind": "csv"})
    assert "会议室" in export.content.decode("utf-8-sig")


def test_a_week_costs_as_many_queries_with_three_bookings_as_with_one(room, book, signed_in):
    one, client = room(), signed_in("bees.operator_clerk")

    def cost():
        with CaptureQueriesContext(connection) as seen:
            client.get(f"{one.get_absolute_url()}?day={MONDAY}")
        return len(seen)

    book(one, MONDAY, NINE, TEN)
    client.get(one.get_absolute_url())
    first = cost()
    book(one, MONDAY, TEN, NOON)
    book(one, date(2026, 12, 2), TEN, NOON)
    assert cost() == first


def test_hours_are_counted_in_the_month_in_which_they_fall(room, book, cast):
    one = room(hours=ALWAYS)
    other = room("路演厅", space=one.space, day=date(2026, 11, 15))
    book(one, date(2026, 11, 30), 46, 3)
    cancelled = book(one, MONDAY, NINE, NOON)
    actions.cancel(cancelled, by=cast["bees.operator_clerk"], version=1, reason="改期")
    months = [date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)]
    assert usage([one, other], months) == [(one, [0, 1.0, 1.5]), (other, [None, 0, 0])]


def test_the_last_night_of_the_calendar_is_told_to_be_too_far_ahead(room, cast):
    given = {"begins": 47, "ends": 1, "purpose": "夜间调试"}
    with pytest.raises(Refused) as refused:
        actions.book(room(hours=ALWAYS), by=cast["bees.operator_clerk"], day=date.max, **given)
    assert refused.value.refusal.code == "far"
