"""Every day the entries of the day before go into a signed file (M-03)."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils.module_loading import import_string
from django_q.models import Schedule

from zhongchuang.audit import jobs
from zhongchuang.audit.actions import export_day
from zhongchuang.audit.models import DAY, Entry
from zhongchuang.audit.verification import verify_archive

pytestmark = pytest.mark.django_db(transaction=True)
MONDAY = date(2026, 11, 23)


@pytest.fixture
def clock():
    """Noon of a Monday in Shanghai."""
    with time_machine.travel(datetime(2026, 11, 23, 4, tzinfo=UTC), tick=False) as moving:
        yield moving


@pytest.fixture
def monday(happened, clock, settings):
    """The file of a Monday with three entries, written on Tuesday, when one more had happened."""
    happened(*"abc")
    clock.shift(timedelta(days=1))
    happened("d")
    export_day(MONDAY, by=None)
    return settings.AUDIT_ARCHIVE / "audit-day-2026-11-23.jsonl"


def kinds(path):
    return {fault.kind for fault in verify_archive(path).faults}


def test_the_file_holds_the_entries_of_the_day_and_the_chain_tells_of_it(monday):
    lines = [json.loads(line) for line in monday.read_bytes().splitlines()]
    report, told = verify_archive(monday), Entry.objects.get(subject_type=DAY)
    assert ([line[0] for line in lines[1:-1]], lines[0]["day"]) == ([1, 2, 3], "2026-11-23")
    assert (report.whole, report.entries, told.values["new"]["until"]) == (True, 3, 3)


@pytest.mark.parametrize("suite", ["intl", "gm"])
def test_it_is_signed_in_either_suite(happened, clock, settings, suite):
    settings.CRYPTO_SUITE = suite
    happened("a")
    clock.shift(timedelta(days=1))
    export_day(MONDAY, by=None)
    path = settings.AUDIT_ARCHIVE / "audit-day-2026-11-23.jsonl"
    assert (json.loads(path.read_bytes().splitlines()[-1])["suite"], kinds(path)) == (suite, set())


def test_a_second_run_writes_nothing(monday):
    before = (monday.read_bytes(), Entry.objects.count())
    assert export_day(MONDAY, by=None) is None
    assert (monday.read_bytes(), Entry.objects.count()) == before


def test_the_next_file_goes_on_where_this_one_ended_also_after_days_without_a_worker(
    monday, happened, clock, settings
):
    clock.shift(timedelta(days=3))
    happened("e")
    clock.shift(timedelta(days=1))
    assert jobs.export_day() == "audit-day-2026-11-27.jsonl"
    report = verify_archive(settings.AUDIT_ARCHIVE / "audit-day-2026-11-27.jsonl")
    assert (report.first, report.last, report.whole) == (4, 6, True)


def test_a_changed_entry_a_missing_end_and_a_foreign_key_are_found(monday, settings):
    whole = monday.read_bytes()
    *lines, end = whole.splitlines(keepends=True)
    found = []
    for changed in (
        [*lines[:1], lines[1].replace(b"Garage", b"Barn"), *lines[2:], end],
        lines,
        [*lines[:-1], end],
        [lines[0].replace(b"11-23", b"11-22"), *lines[1:], end],
    ):
        monday.write_bytes(b"".join(changed))
        found.append(kinds(monday))
    monday.write_bytes(whole)
    settings.AUDIT_KEY = b"another key, at least as long as the first one"
    found.append(kinds(monday))
    assert found == [
        {"changed", "unsigned"}, {"unsigned"}, {"unsigned"}, {"unsigned"}, {"changed", "unsigned"},
    ]  # fmt: skip


def test_the_command_says_so(monday, capsys):
    call_command("audit_verify", archive=monday)
    monday.write_bytes(monday.read_bytes().replace(b'"suite": "intl"', b'"suite": "gm"'))
    with pytest.raises(SystemExit):
        call_command("audit_verify", archive=monday)
    assert "签名" in capsys.readouterr().out


def test_a_file_broken_off_by_a_kill_is_written_again(happened, clock, settings):
    happened("a")
    clock.shift(timedelta(days=1))
    settings.AUDIT_ARCHIVE.mkdir(parents=True)
    half = settings.AUDIT_ARCHIVE / "audit-day-2026-11-23.jsonl.part"
    half.write_bytes(b'{"day": "2026')
    export_day(MONDAY, by=None)
    assert (half.exists(), kinds(half.with_suffix(""))) == (False, set())


@pytest.mark.django_db
def test_it_is_written_every_day():
    job = Schedule.objects.get(name="audit: write the file of the day")
    assert (import_string(job.func), job.schedule_type) == (jobs.export_day, "D")
