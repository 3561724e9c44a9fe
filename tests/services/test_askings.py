"""A session with a mentor is asked for, agreed, held and rated; what was held is a line of the ledger (QZ-5)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from zhongchuang.organisations.models import Organisation
from zhongchuang.organisations.todos import all_todos
from zhongchuang.page.refusal import Refused
from zhongchuang.residents import actions as resident_actions
from zhongchuang.services import actions
from zhongchuang.services.models import Asking, Session

pytestmark = pytest.mark.django_db
CLERK = "bees.operator_clerk"


@pytest.fixture
def place(registered, cast):
    """A space with a mentor, and a firm that stays there with a person of its own named `firm`."""
    space = registered()
    mentor = actions.appoint(
        space, by=cast[CLERK], name="周明", day=date(2025, 1, 1), availability="每周二下午"
    ).mentor
    stay = resident_actions.take_in(
        space, by=cast[CLERK], kind="team", name="云帆团队", day=date(2025, 1, 1), stage="", desks=1,
        founder="", founder_kind="",
    )  # fmt: skip
    own = Organisation.objects.create(
        name="云帆", kind="provider", region=cast.regions["330482"], state="confirmed",
        credit_code="91330482MA28A0005C",
    )  # fmt: skip
    stay.resident.organisation = own
    stay.resident.save()
    cast.person("firm", organisation=own, role="operator_head")
    return space, mentor, stay.resident


@pytest.fixture
def asked(place, cast):
    space, mentor, resident = place
    given = {"mentor": mentor, "resident": resident, "topic": "融资计划", "wished": "周二下午"}
    return actions.ask_for(space, by=cast["firm"], **given)


def refused(act, *given, **more):
    with pytest.raises(Refused) as fault:
        act(*given, **more)
    return fault.value.refusal.code


def held(asked, cast, **more):
    today = timezone.localdate()
    one = actions.agree(asked, by=cast[CLERK], version=asked.version, day=today)
    return actions.hold(one, by=cast[CLERK], version=one.version, day=today, **more)


def test_a_session_that_was_held_becomes_a_line_with_its_resident(asked, cast):
    assert refused(actions.hold, asked, by=cast[CLERK], version=1, day=date(2025, 2, 1)) == "not_agreed"  # fmt: skip
    held(asked, cast, length=60)
    line = Session.objects.get()
    assert (line.topic, line.length, line.mentor, line.rating) == (
        "融资计划",
        60,
        asked.mentor,
        None,
    )
    assert [one.name for one in line.residents.all()] == ["云帆团队"]
    assert Asking.objects.get().session == line
    assert refused(actions.decline, asked, by=cast[CLERK], version=3, reason="x") == "answered"


def test_own_people_ask_for_their_resident_and_the_operator_answers(place, asked, cast, signed_in):
    space, mentor, resident = place
    given = {"mentor": mentor, "resident": resident, "topic": "x"}
    assert refused(actions.ask_for, space, by=cast["ants.operator_head"], **given) == "not_yours"
    assert refused(actions.agree, asked, by=cast["firm"], version=1, day=date(2026, 1, 1)) == "not_yours"  # fmt: skip
    client = signed_in("firm")
    page = client.get(reverse("services:ask", args=[space.code]))
    assert list(page.context["form"].fields["resident"].queryset) == [resident]
    assert client.get(asked.get_absolute_url()).status_code == 200
    assert client.get(reverse("services:askings", args=[space.code])).status_code == 200
    assert client.get(mentor.get_absolute_url()).status_code == 404
    assert signed_in("ants.operator_head").get(asked.get_absolute_url()).status_code == 404


def test_a_mentor_is_asked_and_agrees_while_appointed(place, asked, cast):
    space, mentor, resident = place
    line = mentor.appointments.get()
    type(line).objects.update(until=timezone.localdate() + timedelta(days=2))
    far = timezone.localdate() + timedelta(days=3)
    assert refused(actions.agree, asked, by=cast[CLERK], version=1, day=far) == "not_appointed"
    type(line).objects.update(until=timezone.localdate())
    given = {"mentor": mentor, "resident": resident, "topic": "x"}
    assert refused(actions.ask_for, space, by=cast["firm"], **given) == "not_appointed"


def test_a_session_to_come_is_not_written_down(asked, cast):
    tomorrow = timezone.localdate() + timedelta(days=1)
    one = actions.agree(asked, by=cast[CLERK], version=1, day=tomorrow)
    assert refused(actions.hold, one, by=cast[CLERK], version=2, day=tomorrow) == "to_come"
    assert Session.objects.count() == 0


def test_the_resident_rates_and_the_mentor_shows_average_and_count(place, asked, cast, signed_in):
    space, mentor, resident = place
    assert refused(actions.rate, asked, by=cast["firm"], version=1, rating=5) == "not_held"
    assert mentor.rated() == (None, 0)
    held(asked, cast)
    for rating in (5, 4, 4):
        one = Asking.objects.latest("pk")
        actions.rate(one, by=cast["firm"], version=one.version, rating=rating)
        given = {"mentor": mentor, "resident": resident, "topic": "x"}
        held(actions.ask_for(space, by=cast["firm"], **given), cast)
    assert mentor.rated() == (Decimal("4.3"), 3)
    one = Asking.objects.order_by("pk").first()
    actions.rate(one, by=cast[CLERK], version=one.version, rating=2)
    assert mentor.rated() == (Decimal("3.3"), 3)
    text = signed_in(CLERK).get(mentor.get_absolute_url()).content.decode()
    assert "3.3 分（满分 5 分，3 次）" in text
    assert "每周二下午" in text


def test_what_waits_stands_among_the_things_to_do_of_the_operator(asked, cast):
    def urls(who):
        return {todo.url for todo in all_todos(cast[who])}

    hold = reverse("services:hold", args=[asked.key])
    assert asked.get_absolute_url() in urls(CLERK)
    assert asked.get_absolute_url() not in urls("ants.operator_head")
    actions.agree(asked, by=cast[CLERK], version=1, day=timezone.localdate())
    assert {asked.get_absolute_url(), hold} & urls(CLERK) == set()
    Asking.objects.update(day=timezone.localdate() - timedelta(days=1))
    assert hold in urls(CLERK)


def test_a_reason_is_told_to_the_resident(asked, cast, signed_in):
    client = signed_in(CLERK)
    address = reverse("services:decline", args=[asked.key])
    form = client.get(address).context["form"]
    fields = {name: form[name].value() for name in ("version", "request_key")}
    assert client.post(address, fields).status_code == 200
    assert client.post(address, fields | {"reason": "导师出国"}).status_code == 302
    assert "导师出国" in signed_in("firm").get(asked.get_absolute_url()).content.decode()
