"""By time: the register follows the day, and operators are reminded of leases that end."""

from datetime import date, timedelta

import pytest
import time_machine

from tests.registered import OPENED
from zhongchuang.records.models import Letter
from zhongchuang.spaces import jobs
from zhongchuang.spaces.models import Space
from zhongchuang.spaces.rules import lease_reminders

pytestmark = pytest.mark.django_db
ENDS = date(2099, 12, 31)


def lease(add, space):
    site = space.premises_rows.get().series
    return add(space, "leases", site=site, landlord="X", begins=OPENED, ends=ENDS)


def letters_on(days_before):
    day = ENDS - timedelta(days=days_before)
    with time_machine.travel(day):
        jobs.remind_of_leases(on=day)
    return Letter.objects.filter(
        key__startswith="lease-", recipient__name="bees.operator_head"
    ).count()


def test_an_operator_is_reminded_60_30_and_7_days_before_and_once_each(cast, registered, add):
    lease(add, registered())
    assert lease_reminders() == (60, 30, 7)
    assert [letters_on(days) for days in (61, 60, 59, 31, 30, 30, 8, 7, 1, -1)] == [
        0,
        1,
        1,
        1,
        2,
        2,
        2,
        3,
        3,
        3,
    ]


def test_a_reminder_that_was_missed_is_caught_up_by_the_next_run(cast, registered, add):
    lease(add, registered())
    assert [letters_on(days) for days in (45, 20)] == [1, 2]


def test_a_space_that_is_not_registered_is_not_reminded(cast, prepared, add):
    lease(add, prepared())
    assert letters_on(30) == 0


def test_what_begins_later_stands_in_the_list_from_that_day_on(registered, add):
    space = registered()
    site = space.premises_rows.get()
    site.floor_area, later = 600, date(2030, 1, 1)
    add(space, "desks", site=site.series, label="A1")
    type(site).objects.create(space=space, name="B", floor_area=400, valid_from=later)
    jobs.refresh_lines(on=later)
    assert Space.objects.get().floor_area == 1000
