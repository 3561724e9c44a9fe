"""Dated rows: as of any day one gets what held that day, and nothing that held is overwritten."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.registered import OPENED
from zhongchuang.page.refusal import Refused
from zhongchuang.spaces import actions
from zhongchuang.spaces.actions.versions import Operation
from zhongchuang.spaces.models import Equipment, Space

pytestmark = pytest.mark.django_db
DAYS = st.integers(0, 2000).map(lambda days: OPENED + timedelta(days=days))


@given(st.lists(st.tuples(DAYS, st.integers(1, 10**6)), max_size=12), st.lists(DAYS, max_size=5))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_as_of_any_day_holds_what_was_last_said_for_it(cast, prepared, writes, asked):
    """A plain list of days is the oracle: a change holds from its day to the next day that was named before."""
    space = prepared(f"慧谷 {Space.objects.count()}")
    first = actions.write(
        space,
        Operation("equipment", "add", OPENED, {"name": "A", "value": 1}),
        by=cast["bees.operator_head"],
    )
    known = {OPENED: 1}
    for day, value in writes:
        actions.write(
            space, Operation("equipment", "revise", day, {"value": value}, first.series),
            by=cast["bees.operator_head"],
        )  # fmt: skip
        known[day] = value
    rows = Equipment.objects.filter(series=first.series)
    for day in [*asked, *known, OPENED + timedelta(days=4000)]:
        expected = known[max(begin for begin in known if begin <= day)]
        assert [int(row.value) for row in rows.on(day)] == [expected]


def test_a_thing_that_ended_holds_until_the_day_before(cast, prepared, add):
    space = prepared()
    row = add(space, "equipment", name="A")
    end = date(2021, 1, 1)
    actions.write(
        space, Operation("equipment", "end", end, {}, row.series), by=cast["bees.operator_head"]
    )
    held = [Equipment.objects.on(day).exists() for day in (end - timedelta(days=1), end)]
    assert held == [True, False]
    with pytest.raises(Refused) as refused:
        actions.write(
            space, Operation("equipment", "end", end, {}, row.series), by=cast["bees.operator_head"]
        )
    assert refused.value.refusal.code == "not_on_that_day"


def test_a_correction_changes_the_version_itself(cast, prepared, add):
    space = prepared()
    row = add(space, "equipment", name="A", value=5)
    actions.write(
        space,
        Operation("equipment", "correct", OPENED, {"value": 7}, row.series),
        by=cast["bees.operator_head"],
    )
    assert list(Equipment.objects.values_list("value", "version")) == [(7, 2)]


def test_a_thing_that_ends_on_the_day_it_began_is_refused_with_the_reason(cast, prepared, add):
    space = prepared()
    row = add(space, "equipment", name="A")
    with pytest.raises(Refused) as refused:
        actions.write(
            space,
            Operation("equipment", "end", OPENED, {}, row.series),
            by=cast["bees.operator_head"],
        )
    assert refused.value.refusal.code == "never_held"


def test_two_people_who_change_the_same_version_do_not_overwrite_each_other(cast, prepared, add):
    space = prepared()
    row = add(space, "equipment", name="A", value=5)
    change = Operation("equipment", "correct", OPENED, {"value": 7}, row.series)
    actions.write(space, change, by=cast["bees.operator_head"], version=row.version)
    with pytest.raises(Refused) as refused:
        actions.write(space, change, by=cast["bees.operator_clerk"], version=row.version)
    assert (refused.value.refusal.status, "bees.operator_head" in str(refused.value)) == (409, True)


def test_a_space_has_one_host_at_a_time(cast, prepared, add):
    space = prepared()
    add(space, "host", kind="none")
    with pytest.raises(Refused) as refused:
        add(space, "host", kind="university")
    assert refused.value.refusal.code == "only_one"


def test_a_change_on_an_old_picture_of_a_thing_that_has_a_new_version_is_refused(
    cast, prepared, add
):
    space = prepared()
    row = add(space, "equipment", name="A", value=5)
    day = date(2024, 1, 1)
    first = Operation("equipment", "revise", day, {"value": 7}, row.series)
    actions.write(space, first, by=cast["bees.operator_head"], version=row.version)
    second = Operation("equipment", "revise", day, {"value": 9}, row.series)
    with pytest.raises(Refused) as refused:
        actions.write(space, second, by=cast["bees.operator_clerk"], version=row.version)
    assert (refused.value.refusal.status, "bees.operator_head" in str(refused.value)) == (409, True)
