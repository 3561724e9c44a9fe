"""Terms, whole months, ten-day periods and working days, to the day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhongchuang.policy.errors import Refused
from zhongchuang.policy.term import (
    TenDays,
    Term,
    after_working_days,
    calendar_year,
    quarter,
    whole_months,
    whole_years,
    year_window,
)

days = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@st.composite
def terms(draw):
    start, until = draw(days), draw(st.none() | days)
    return Term(*sorted([start, until])) if until else Term(start)


@given(terms(), days)
def test_a_day_is_in_force_lapsed_or_not_yet(term, day):
    states = {
        "not_yet": day < term.start,
        "in_force": term.holds(day),
        "lapsed": term.until is not None and term.until < day,
    }
    assert [state for state, holds in states.items() if holds] == [term.state(day)]
    assert term.holds(term.nearest(day))
    assert (term.nearest(day) == day) == term.holds(day)


@given(terms(), terms())
def test_terms_overlap_when_they_share_a_day(one, other):
    later = max(one.start, other.start)
    assert one.overlaps(other) == (one.holds(later) and other.holds(later))
    assert one.overlaps(other) == other.overlaps(one)


def test_the_first_and_the_last_day_are_in_force():
    term = Term(date(2016, 6, 1), date(2019, 5, 31))
    looked_at = [date(2016, 5, 31), date(2016, 6, 1), date(2019, 5, 31), date(2019, 6, 1)]
    assert [term.state(day) for day in looked_at] == ["not_yet", "in_force", "in_force", "lapsed"]


def test_a_term_does_not_end_before_it_begins():
    with pytest.raises(Refused) as refused:
        Term(date(2016, 6, 1), date(2016, 5, 31))
    assert str(refused.value) == "The term ends on 2016-05-31, before it begins on 2016-06-01."
    assert Term(date(2016, 6, 1), date(2016, 6, 1)).holds(date(2016, 6, 1))


@pytest.mark.parametrize(
    ("start", "day", "months"),
    [
        ("2016-01-15", "2016-04-15", 3),
        ("2016-01-15", "2016-04-14", 2),
        ("2016-01-31", "2016-02-28", 0),
        ("2016-01-31", "2016-02-29", 1),
        ("2015-01-31", "2015-02-28", 1),
        ("2016-01-31", "2016-04-30", 3),
        ("2016-02-29", "2017-02-28", 12),
        ("2016-02-29", "2020-02-28", 47),
        ("2016-02-29", "2020-02-29", 48),
        ("2016-05-05", "2016-05-05", 0),
        ("2016-12-31", "2017-01-01", 0),
    ],
)
def test_a_month_is_full_on_its_day_or_on_the_last_day_of_a_short_month(start, day, months):
    assert whole_months(date.fromisoformat(start), date.fromisoformat(day)) == months


@given(days, st.integers(0, 600))
def test_months_grow_by_one_at_a_time_and_never_shrink(start, span):
    day = start + timedelta(days=span)
    step = whole_months(start, day + timedelta(days=1)) - whole_months(start, day)
    assert step in {0, 1}
    assert whole_years(start, day) == whole_months(start, day) // 12


@given(days)
def test_a_ten_day_period_holds_its_day_and_the_next_begins_after_it(day):
    term = TenDays.of(day).term
    assert term.holds(day)
    assert TenDays.of(term.start) == TenDays.of(term.until) == TenDays.of(day)
    assert TenDays.of(term.until + timedelta(days=1)).term.start == term.until + timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        ("2016-02-10", "2016-02-01", "2016-02-10"),
        ("2016-02-11", "2016-02-11", "2016-02-20"),
        ("2016-02-21", "2016-02-21", "2016-02-29"),
        ("2016-01-31", "2016-01-21", "2016-01-31"),
    ],
)
def test_the_last_third_of_a_month_takes_what_is_left(day, first, last):
    term = TenDays.of(date.fromisoformat(day)).term
    assert str(term) == f"{first}/{last}"


def test_years_and_quarters_have_their_first_and_last_days():
    assert str(calendar_year(2016)) == "2016-01-01/2016-12-31"
    assert [str(quarter(2016, number)) for number in (1, 2, 3, 4)] == [
        "2016-01-01/2016-03-31",
        "2016-04-01/2016-06-30",
        "2016-07-01/2016-09-30",
        "2016-10-01/2016-12-31",
    ]


@pytest.mark.parametrize(
    ("window", "on", "term"),
    [
        ("calendar_year", "2016-03-01", "2015-01-01/2015-12-31"),
        ("calendar_year", "2016-12-31", "2015-01-01/2015-12-31"),
        ("last_12_months", "2016-03-01", "2015-03-02/2016-03-01"),
        ("last_12_months", "2016-02-29", "2015-03-01/2016-02-29"),
        ("last_12_months", "2017-02-28", "2016-02-29/2017-02-28"),
    ],
)
def test_a_set_looks_at_the_last_full_year_or_the_last_twelve_months(window, on, term):
    assert str(year_window(window, date.fromisoformat(on))) == term


def test_working_days_are_counted_from_the_next_day():
    def is_working(day):
        return day.weekday() < 5

    friday = date(2016, 3, 4)
    assert [after_working_days(friday, count, is_working) for count in (0, 1, 5, 6)] == [
        friday,
        date(2016, 3, 7),
        date(2016, 3, 11),
        date(2016, 3, 14),
    ]
