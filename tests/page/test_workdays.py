"""How many working days are left, by the notices of the State Council."""

from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from zhongchuang.page.workdays import left, working_days_left
from zhongchuang.policy import workdays
from zhongchuang.policy.procedure import last_day

FRIDAY = date(2026, 3, 27)


@pytest.mark.parametrize(
    ("today", "due", "text", "look"),
    [
        (FRIDAY, date(2026, 3, 30), "剩 1 个工作日", "warn"),
        (FRIDAY, date(2026, 4, 1), "剩 3 个工作日", ""),
        (date(2026, 9, 30), date(2026, 10, 8), "剩 1 个工作日", "warn"),
        (date(2026, 10, 8), date(2026, 10, 12), "剩 3 个工作日", ""),
        (FRIDAY, FRIDAY, "今天到期", "warn"),
        (FRIDAY, date(2026, 3, 25), "已逾期 2 天", "late"),
        (date(2026, 12, 30), date(2037, 1, 2), "剩 3656 天", ""),
    ],
)
def test_what_stands_under_a_last_day(today, due, text, look):
    with translation.override("zh-hans"):
        found = left(due, today=today)
    assert (found.text, found.look) == (text, look)


def test_a_year_whose_notice_is_not_here_is_unknown():
    assert working_days_left(date(2037, 1, 5), today=date(2037, 1, 2)) is None


days = st.dates(date(2025, 1, 1), date(2026, 12, 31))


@given(days, days, days)
def test_working_days_of_two_spans_add_up(one, two, three):
    first, middle, last = sorted([one, two, three])
    whole = working_days_left(last, today=first)
    parts = working_days_left(middle, today=first), working_days_left(last, today=middle)
    assert whole == sum(parts) <= (last - first).days


def test_a_year_has_as_many_working_days_as_its_notice_leaves():
    whole = [working_days_left(date(y, 12, 31), today=date(y, 1, 1)) for y in (2025, 2026)]
    assert [n for n in whole if not 245 <= n <= 252] == []


def test_a_year_that_an_installation_adds_counts_for_to_dos_and_for_last_days_of_steps_alike(
    tmp_path, monkeypatch
):
    own = tmp_path / "holidays.toml"
    own.write_text('[2037]\noff = ["2037-01-05/2037-01-06"]\nworked = []\n', encoding="utf-8")
    friday = date(2037, 1, 2)
    assert last_day(friday, 1) == date(2037, 1, 5)
    monkeypatch.setattr(workdays, "FILES", [*workdays.FILES])
    workdays.add(own)
    assert last_day(friday, 1) == date(2037, 1, 7)
    assert working_days_left(date(2037, 1, 7), today=friday) == 1
    workdays.arrangements.cache_clear()
