"""Services: each written down in its ledger, counted by hand and by the facts; mentors are people, known once (MO-2, JS-5)."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from zhongchuang.audit.models import Entry
from zhongchuang.ledgers import actions as ledger_actions
from zhongchuang.ledgers.profile import functions, profile
from zhongchuang.page.refusal import Refused
from zhongchuang.records.register import REGISTER, collect, rows_behind
from zhongchuang.residents import actions as resident_actions
from zhongchuang.services import actions
from zhongchuang.services.models import (
    Event,
    Mentor,
    PolicyService,
    Result,
    Session,
    TechnicalService,
)

pytestmark = pytest.mark.django_db
ON = date(2026, 7, 1)
OURS = [
    n
    for n, s in REGISTER.sources.items()
    if s.collect.__module__.startswith("zhongchuang.services")
]


def facts(space, *names, on=ON, window="calendar_year"):
    columns = collect([space.pk], names, on, window).columns
    return [columns[name][0] for name in names]


@pytest.fixture
def write(registered, cast):
    """`write(Event, "2025-03-01", title=…)` writes a line in the ledger of one space."""
    space = registered()

    def one(model, day, **given):
        return ledger_actions.write_down(
            model, space, by=cast["bees.operator_clerk"], day=date.fromisoformat(day), **given
        )

    one.space = space
    return one


@pytest.fixture
def year(write):
    for day, kind, people, more in (
        ("2024-11-01", "roadshow", 50, {}),
        ("2025-01-01", "training", 30, {}),
        ("2025-06-01", "boot_camp", 20, {"international": "yes"}),
        ("2025-12-31", "roadshow", 100, {}),
        ("2026-06-30", "salon", 15, {"international": "no"}),
        ("2026-07-02", "lecture", 15, {}),
    ):
        write(Event, day, title=kind, kind=kind, attendance=people, **more)
    return write.space


def test_events_are_counted_by_kind_and_window(year):
    assert facts(year, "events.year", "events.total") == [3, 5]
    assert facts(year, "trainings.year", "roadshows.year", "roadshows.total") == [2, 1, 2]
    assert facts(year, "international_events.year", "attendance.year", "attendance.total") == [
        1,
        150,
        215,
    ]
    assert facts(year, "events.year", "attendance.year", window="last_12_months") == [2, 115]


def test_an_event_whose_people_nobody_counted_makes_the_sum_unknown_and_not_the_number(year, write):
    write(Event, "2025-05-05", title="x", kind="salon", attendance=None)
    assert facts(year, "events.year", "attendance.year", "attendance.total") == [4, None, None]
    assert facts(year, "attendance.year", on=date(2027, 2, 1)) == [30]


def test_a_year_without_an_event_is_0_once_the_ledger_was_begun_and_unknown_before(year):
    assert facts(year, "events.year", "attendance.year", on=date(2028, 1, 1)) == [0, 0]
    assert facts(year, "events.year", "events.total", on=date(2024, 12, 1)) == [None, 1]


def test_a_space_without_a_line_knows_nothing(registered):
    assert set(facts(registered(), *OURS)) == {None}


def test_services_results_and_help_are_counted(write):
    write(
        TechnicalService,
        "2025-02-01",
        subject="检测",
        kind="testing",
        times=3,
        done_by="self",
        provider="",
    )
    write(
        TechnicalService,
        "2025-03-01",
        subject="样机",
        kind="prototype",
        times=1,
        done_by="partner",
        provider="工研院",
    )
    for what in ("developed", "transferred", "transferred", "promoted"):
        write(Result, "2025-04-01", name="成果", what=what)
    write(PolicyService, "2025-05-01", subject="注册", kind="registration")
    names = (
        "technical_services.year",
        "results_developed.year",
        "results_transferred.year",
        "results_promoted.total",
        "policy_services.total",
    )
    assert facts(write.space, *names) == [4, 1, 2, 1, 1]


def test_a_struck_line_counts_nowhere(year, cast):
    line = Event.objects.get(kind="boot_camp")
    ledger_actions.strike(line, by=cast["bees.operator_clerk"], version=1, reason="重复")
    assert facts(year, "events.year", "trainings.year", "international_events.total") == [2, 1, 0]


@pytest.mark.parametrize("name", ["events.year", "roadshows.total", "international_events.year"])
def test_as_many_rows_stand_behind_a_count_as_it_says(year, name):
    assert len(rows_behind(name, year.pk, ON)) == facts(year, name)[0]


def test_facts_of_many_spaces_cost_as_many_queries_as_of_one(registered):
    def cost(spaces):
        with CaptureQueriesContext(connection) as seen:
            collect([space.pk for space in spaces], OURS, ON)
        return len(seen)

    one = registered()
    assert cost([one]) == cost([one, registered("二号空间"), registered("三号空间")]) <= 8


def test_an_event_is_written_down_on_a_phone_with_four_fields(registered, signed_in):
    space, client = registered(), signed_in("bees.operator_clerk")
    url = reverse("ledgers:new", args=[space.code, "events"])
    page = client.get(url)
    form = page.context["form"]
    assert [one.name for one in form.usual if not one.is_hidden] == [
        "title",
        "kind",
        "day",
        "attendance",
        "file",
    ]
    sends = {
        "title": "秋季路演",
        "kind": "roadshow",
        "day": "2025-10-01",
        "attendance": "60",
        "part": "own",
        "request_key": form["request_key"].value(),
    }
    assert client.post(url, sends).status_code == 302
    assert str(Event.objects.get()) == "秋季路演"


# --- mentors --------------------------------------------------------------------------------------


def appoint(space, cast, name="周明", day="2025-01-01", **more):
    return actions.appoint(
        space, by=cast["bees.operator_clerk"], name=name, day=date.fromisoformat(day), **more
    )


def test_mentors_are_counted_on_the_day_and_known_once_in_spaces_of_an_operator(registered, cast):
    one, two = registered(), registered("二号空间")
    line = appoint(one, cast, employer="浙江大学")
    appoint(two, cast, employer="浙江大学", level="national")
    appoint(one, cast, name="吴芳", day="2025-06-01")
    assert Mentor.objects.count() == 2
    assert Mentor.objects.get(name="周明").level == "national"
    ledger_actions.correct(line, by=cast["bees.operator_clerk"], version=1, until=date(2026, 1, 1))
    assert [
        facts(one, "mentors", on=day)[0]
        for day in (date(2024, 12, 31), date(2025, 1, 1), date(2025, 12, 31), ON)
    ] == [None, 1, 2, 1]


def test_a_mentor_is_appointed_once_at_a_time(registered, cast):
    space = registered()
    appoint(space, cast)
    with pytest.raises(Refused) as refused:
        appoint(space, cast, day="2025-03-01")
    assert refused.value.refusal.code == "appointed"


def test_a_session_is_held_by_a_mentor_who_is_appointed_that_day_for_those_who_stay_here(
    registered, cast, signed_in
):
    space, client = registered(), signed_in("bees.operator_clerk")
    mentor = appoint(space, cast).mentor
    stay = resident_actions.take_in(
        space,
        by=cast["bees.operator_clerk"],
        kind="team",
        name="云帆团队",
        day=date(2025, 1, 1),
        stage="",
        desks=1,
        founder="",
        founder_kind="",
    )
    url = reverse("ledgers:new", args=[space.code, "sessions"])
    form = client.get(url).context["form"]
    assert list(form.fields["residents"].queryset) == [stay.resident]
    sends = {
        "mentor": mentor.pk,
        "topic": "商业模式",
        "residents": [stay.resident.pk],
        "request_key": form["request_key"].value(),
    }
    answer = client.post(url, sends | {"day": "2024-12-31"})
    assert list(answer.context["form"].errors) == ["day"]
    assert client.post(url, sends | {"day": "2025-02-01"}).status_code == 302
    assert [one.name for one in Session.objects.get().residents.all()] == ["云帆团队"]
    assert facts(space, "mentor_sessions.year", "mentor_sessions.total") == [1, 1]
    assert "商业模式" in client.get(mentor.get_absolute_url()).content.decode()


def test_the_telephone_of_a_mentor_lies_sealed_and_is_opened_for_a_reason(
    registered, cast, signed_in
):
    mentor = appoint(registered(), cast, mobile="13800001111").mentor
    assert not any("13800001111" in entry.details for entry in Entry.objects.all())
    client = signed_in("ping.reviewer")
    assert "13800001111" not in client.get(mentor.get_absolute_url()).content.decode()
    assert client.get(reverse("services:reveal", args=[mentor.pk])).status_code == 403
    own = signed_in("bees.operator_clerk")
    assert (
        "13800001111"
        in own.post(
            reverse("services:reveal", args=[mentor.pk]), {"field": "mobile", "reason": "约时间"}
        ).content.decode()
    )
    assert Entry.objects.get(verb="revealed").values["given"]["reason"] == "约时间"


# --- the profile ----------------------------------------------------------------------------------


def test_the_profile_counts_every_function_by_year(year, write, signed_in):
    write(PolicyService, "2025-05-01", subject="注册", kind="registration")
    rows = {row.function.name: row.counts for row in profile(year, [2024, 2025, 2026])}
    assert list(rows) == list(functions())
    assert (rows["training"], rows["events"], rows["international"], rows["policy"]) == (
        [0, 1, 1],
        [1, 1, 1],
        [0, 1, 0],
        [0, 1, 0],
    )
    text = (
        signed_in("ping.reviewer")
        .get(reverse("ledgers:profile", args=[year.code]))
        .content.decode()
    )
    assert "链接国际创新资源" in text
