"""Events are signed up for and checked in at on a phone; seats go by the order of coming, also when all come at once."""

import threading
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django_q.models import OrmQ

from tests.files.conftest import picture
from zhongchuang.audit.models import Entry
from zhongchuang.ledgers import actions as ledger_actions
from zhongchuang.ledgers.profile import profile
from zhongchuang.organisations.todos import all_todos
from zhongchuang.page.refusal import Refused
from zhongchuang.residents import actions as resident_actions
from zhongchuang.services import actions
from zhongchuang.services.models import Attendee, Event, Opening

pytestmark = pytest.mark.django_db
MOBILE = "1380000{:04d}"


@pytest.fixture
def opening(registered, cast):
    """`opening(seats=2)` is an event of today, or of another day, that is open for sign-up."""

    def one(*, day=None, space=None, until=None, **more):
        by = cast["bees.operator_clerk"]
        event = ledger_actions.write_down(
            Event, space or registered(), by=by, day=day or timezone.localdate(), title="秋季路演",
            kind="roadshow", attendance=None,
        )  # fmt: skip
        until = until or timezone.now() + timedelta(hours=1)
        return actions.open_signup(event, by=by, until=until, **more)

    return one


@pytest.fixture
def visitor(cast):
    """Who acts without an account."""
    return cast["founder"]


def url(name, *keys):
    return reverse(f"services:{name}", args=keys)


def send(client, address, **fields):
    """What a phone sends: the form as it was shown, with the fields filled in."""
    form = client.get(address).context["form"]
    kept = {name: form[name].value() for name in form.fields if name == "request_key"}
    return client.post(address, kept | fields)


def sign_up(client, opening, number, **more):
    fields = {"name": f"来宾{number}", "mobile": MOBILE.format(number)} | more
    return send(client, url("event", opening.token), **fields)


# --- signing up -----------------------------------------------------------------------------------


def test_a_visitor_signs_up_without_an_account_and_keeps_a_private_page(opening, client):
    one = opening()
    answer = sign_up(client, one, 1)
    person = Attendee.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, url("mine", person.token))
    page = client.get(answer["Location"])
    assert page["Referrer-Policy"] == "same-origin"
    assert page["Cache-Control"] == "private, no-store"
    text = page.content.decode()
    assert "报名成功，已有名额" in text
    assert "0001" not in text
    assert "来宾1" not in text
    assert not any("来宾1" in e.details or "0001" in e.details for e in Entry.objects.all())
    with connection.cursor() as cursor:
        cursor.execute("SELECT mobile FROM services_attendee")
        assert "13800000001" not in cursor.fetchone()[0]


def test_the_page_of_an_event_names_nobody_who_signed_up(opening, client):
    one = opening(seats=1)
    for number in (1, 2):
        sign_up(client, one, number)
    text = client.get(url("event", one.token)).content.decode()
    assert "来宾" not in text
    assert "候补 1 人" in text


def test_a_form_sent_twice_is_one_place_and_a_telephone_signs_up_once(opening, client):
    one = opening()
    address = url("event", one.token)
    key = client.get(address).context["form"]["request_key"].value()
    fields = {"request_key": key, "name": "来宾", "mobile": MOBILE.format(1)}
    answers = {client.post(address, fields)["Location"] for _twice in range(2)}
    assert (len(answers), Attendee.objects.count()) == (1, 1)
    again = sign_up(client, one, 1)
    assert (again.status_code, list(again.context["form"].errors)) == (409, ["mobile"])


def test_who_comes_when_all_seats_are_taken_waits_and_moves_up_when_one_calls_off(opening, client):
    one = opening(seats=2)
    for number in (1, 2, 3, 4):
        sign_up(client, one, number)
    people = list(Attendee.objects.all())
    assert [person.waits for person in people] == [0, 0, 1, 2]
    assert client.post(url("call_off", people[0].token)).status_code == 302
    assert [person.waits for person in Attendee.objects.all()] == [0, 0, 0, 1]
    assert client.post(url("call_off", people[0].token)).status_code == 409
    tally = one.tally()
    assert (tally.signed, tally.waiting, tally.seated) == (3, 1, 2)


def letters():
    return [one.task["args"] for one in OrmQ.objects.order_by("pk") if len(one.task["args"]) == 3]


def test_who_moves_up_gets_a_letter_and_who_still_waits_gets_none(opening, client, cast):
    one = opening(seats=1)
    for number in (1, 2, 3, 4):
        sign_up(client, one, number, email=f"guest{number}@example.com")
    people = list(Attendee.objects.all())
    client.post(url("call_off", people[0].token))
    ((subject, body, to),) = letters()
    assert (to, "秋季路演" in subject, url("mine", people[1].token) in body) == ("guest2@example.com", True, True)  # fmt: skip
    one.refresh_from_db()
    actions.change_opening(one, by=cast["bees.operator_clerk"], version=one.version, seats=2)
    assert [to for *_rest, to in letters()] == ["guest2@example.com", "guest3@example.com"]
    client.post(url("call_off", people[3].token))
    assert len(letters()) == 2


def test_an_address_is_asked_where_one_may_have_to_wait_and_forgotten_with_the_name(
    opening, client
):
    assert "email" not in client.get(url("event", opening().token)).context["form"].fields
    one = opening(seats=1)
    sign_up(client, one, 1, email="guest1@example.com")
    actions.forget(timezone.now() + timedelta(days=200))
    assert Attendee.objects.get().email == ""


def test_sign_up_ends_at_its_moment_and_with_the_event(opening, client, cast):
    over = opening(until=timezone.now() - timedelta(minutes=1))
    assert "报名已于" in client.get(url("event", over.token)).content.decode()
    late = client.post(
        url("event", over.token),
        {"request_key": "6d5c5c5e-1111-4c4c-8c8c-000000000001", "name": "迟到", "mobile": MOBILE.format(9)},
    )  # fmt: skip
    assert (late.status_code, Attendee.objects.count()) == (409, 0)
    ledger_actions.strike(over.event, by=cast["bees.operator_clerk"], version=1, reason="取消")
    assert "该活动已取消" in client.get(url("event", over.token)).content.decode()


def test_an_event_for_residents_takes_those_who_stay_that_day(opening, registered, cast, client):
    space = registered()
    resident_actions.take_in(
        space, by=cast["bees.operator_clerk"], kind="team", name="云帆团队", day=date(2025, 1, 1), stage="",
        desks=1, founder="", founder_kind="",
    )  # fmt: skip
    one = opening(space=space, audience=Opening.Audience.RESIDENTS)
    stranger = sign_up(client, one, 1, organisation="别的团队")
    assert (stranger.status_code, list(stranger.context["form"].errors)) == (409, ["organisation"])
    assert sign_up(client, one, 1, organisation="云帆团队").status_code == 302
    assert Attendee.objects.get().resident.name == "云帆团队"


def test_a_network_address_sends_only_so_many_forms_a_minute(opening, client, settings):
    settings.LISTS_A_MINUTE = 2
    one = opening()
    assert [sign_up(client, one, number).status_code for number in (1, 2, 3)] == [302, 302, 429]


@pytest.mark.django_db(transaction=True)
def test_twenty_who_sign_up_at_once_get_twenty_places_and_five_seats(opening, visitor):
    one = opening(seats=5)
    start = threading.Barrier(20)

    def come(number):
        try:
            start.wait()
            actions.sign_up(
                one, by=visitor, request_key=f"6d5c5c5e-1111-4c4c-8c8c-0000000000{number:02d}",
                name=f"来宾{number}", mobile=MOBILE.format(number),
            )  # fmt: skip
        finally:
            connection.close()

    threads = [threading.Thread(target=come, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    people = list(Attendee.objects.all())
    assert [person.number for person in people] == list(range(1, 21))
    assert [person.waits for person in people] == [0] * 5 + list(range(1, 16))
    assert (one.tally().seated, one.tally().waiting) == (5, 15)


# --- at the door ----------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["0001", "来宾1", " 来宾 1 "])
def test_one_checks_in_with_the_last_digits_or_the_name(opening, client, who):
    one = opening()
    sign_up(client, one, 1)
    sign_up(client, one, 2)
    assert send(client, url("door", one.door), who=who).status_code == 302
    assert [person.came is not None for person in Attendee.objects.all()] == [True, False]
    assert send(client, url("door", one.door), who=who).status_code == 302
    assert Entry.objects.filter(verb="checked_in").count() == 1


def test_who_is_unknown_or_shares_a_name_is_told_what_to_enter(opening, client):
    one = opening()
    sign_up(client, one, 1, name="王芳")
    sign_up(client, one, 2, name="王芳")
    codes = []
    for who in ("9999", "王芳"):
        answer = send(client, url("door", one.door), who=who)
        codes.append((answer.status_code, answer.context["form"].refused.code))
    assert codes == [(409, "not_found"), (409, "several")]
    assert one.tally().came == 0


@pytest.mark.parametrize("days", [-1, 1])
def test_the_door_opens_on_the_day_of_the_event_alone(opening, client, cast, days):
    event = opening(day=timezone.localdate() + timedelta(days=days)) if days > 0 else opening()
    sign_up(client, event, 1)
    if days < 0:
        Event.objects.update(day=timezone.localdate() - timedelta(days=1))
    page = client.get(url("door", event.door))
    assert "仅在活动当天可以签到" in page.content.decode()
    assert client.post(url("door", event.door), {"who": "0001"}).status_code == 409
    person = Attendee.objects.get()
    with pytest.raises(Refused) as refused:
        actions.tick(person, by=cast["bees.operator_clerk"])
    assert refused.value.refusal.code == "other_day"


def test_who_did_not_sign_up_signs_in_at_the_door_and_takes_no_seat(opening, client):
    one = opening(seats=1)
    sign_up(client, one, 1)
    assert send(client, url("walk_in", one.door), name="过路人").status_code == 302
    assert send(client, url("walk_in", one.door), name="来宾1", mobile=MOBILE.format(1)).status_code == 302  # fmt: skip
    tally = one.tally()
    assert (tally.signed, tally.waiting, tally.came, tally.walked) == (1, 0, 2, 1)


def test_the_operator_ticks_people_off_and_takes_a_tick_back(opening, client, signed_in):
    one = opening()
    sign_up(client, one, 1)
    person = Attendee.objects.get()
    own = signed_in("bees.operator_clerk")
    assert own.post(url("tick", person.pk)).status_code == 302
    assert one.tally().came == 1
    assert own.post(url("untick", person.pk)).status_code == 302
    assert one.tally().came == 0
    assert signed_in("ants.operator_clerk").post(url("tick", person.pk)).status_code == 404
    assert signed_in("ping.reviewer").get(url("signups", one.event.key)).status_code == 404


def test_attendance_stays_unknown_until_somebody_takes_over_the_number(
    opening, client, signed_in, cast
):
    one = opening()
    sign_up(client, one, 1)
    send(client, url("door", one.door), who="0001")
    send(client, url("walk_in", one.door), name="过路人")
    own = signed_in("bees.operator_clerk")
    assert Event.objects.get().attendance is None
    page = own.get(url("signups", one.event.key))
    assert "采用 2 人" in page.content.decode()
    version = page.context["take_over"]["version"].value()
    stale = own.post(url("take_over", one.event.key), {"version": version + 1})
    assert (stale.status_code, Event.objects.get().attendance) == (409, None)
    assert own.post(url("take_over", one.event.key), {"version": version}).status_code == 302
    assert Event.objects.get().attendance == 2
    assert "采用" not in own.get(url("signups", one.event.key)).content.decode()


def test_an_event_that_nobody_counted_stands_among_the_things_to_do(opening, client, cast):
    one = opening()
    sign_up(client, one, 1)
    actions.tick(Attendee.objects.get(), by=cast["bees.operator_clerk"])
    Event.objects.update(day=timezone.localdate() - timedelta(days=1))
    assert url("signups", one.event.key) in {t.url for t in all_todos(cast["bees.operator_head"])}
    assert url("signups", one.event.key) not in {t.url for t in all_todos(cast["ants.operator_head"])}  # fmt: skip
    Event.objects.update(attendance=1)
    assert url("signups", one.event.key) not in {t.url for t in all_todos(cast["bees.operator_head"])}  # fmt: skip


def test_a_telephone_is_opened_for_a_reason(opening, client, signed_in):
    one = opening()
    sign_up(client, one, 1)
    person, own = Attendee.objects.get(), signed_in("bees.operator_clerk")
    assert "13800000001" not in own.get(url("signups", one.event.key)).content.decode()
    answer = own.post(url("reveal_mobile", person.pk), {"field": "mobile", "reason": "改期通知"})
    assert "13800000001" in answer.content.decode()


def test_names_and_numbers_are_deleted_90_days_after_the_event_and_the_counts_stay(opening, client):
    one = opening()
    sign_up(client, one, 1)
    send(client, url("door", one.door), who="0001")
    day = timezone.localdate()
    Event.objects.update(day=day - timedelta(days=90))
    assert actions.forget() == 0
    Event.objects.update(day=day - timedelta(days=91))
    assert (actions.forget(), actions.forget()) == (1, 0)
    person = Attendee.objects.get()
    assert (person.name, person.mobile, person.mobile_index, one.tally().came) == ("", "", "", 1)


# --- opening, photographs -------------------------------------------------------------------------


def test_an_event_is_planned_opened_and_printed_with_its_codes(registered, signed_in):
    space, own = registered(), signed_in("bees.operator_clerk")
    day = timezone.localdate() + timedelta(days=7)
    new = reverse("ledgers:new", args=[space.code, "events"])
    form = own.get(new).context["form"]
    sends = {"title": "冬季沙龙", "kind": "salon", "day": str(day), "part": "own", "request_key": form["request_key"].value()}  # fmt: skip
    counted = own.post(new, sends | {"attendance": "60"})
    assert list(counted.context["form"].errors) == ["attendance"]
    assert own.post(new, sends).status_code == 302
    event = Event.objects.get()
    planned = [row.counts for row in profile(space, [day.year]) if row.function.name == "events"]
    assert planned == [[0]]
    assert url("open_signup", event.key) in own.get(event.get_absolute_url()).content.decode()
    answer = send(own, url("open_signup", event.key), begins="14:00", seats="30", audience="everybody")  # fmt: skip
    one = Opening.objects.get()
    assert answer["Location"] == url("signups", event.key)
    assert timezone.localtime(one.until).isoformat()[:16] == f"{day}T14:00"
    assert "<svg" in own.get(url("poster", event.key)).content.decode()
    text = own.get(url("signups", event.key)).content.decode()
    assert url("event", one.token) in text
    assert one.door not in text
    again = own.get(url("open_signup", event.key))
    assert again.status_code == 409


def test_a_photograph_is_added_from_a_phone_and_shows_small(opening, signed_in):
    event, own = opening().event, signed_in("bees.operator_clerk")
    address = url("photograph", event.key)
    text = own.get(address).content.decode()
    assert 'accept="image/*"' in text
    assert 'capture="environment"' in text
    assert list(send(own, address).context["form"].errors) == ["chosen"]
    assert send(own, address, taken=SimpleUploadedFile("现场.jpg", picture())).status_code == 302
    assert "/thumbnail/" in own.get(event.get_absolute_url()).content.decode()
