import threading
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone
from django_q.models import Schedule

from tests.audit.conftest import CLERK, SPACE
from zhongchuang.audit.actions import anchor_head, archive, log
from zhongchuang.audit.models import GENESIS, Entry, Head, Subject, Who
from zhongchuang.audit.verification import verify, verify_archive

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_entry_tells_who_did_what_when_and_from_where(happened):
    (entry,) = happened("changed")
    found = Entry.objects.get()
    assert (found.name, found.role, found.organisation_name, found.ip) == (
        "Li Ming", "operator_clerk", "Hangzhou Garage", "10.0.0.7",
    )  # fmt: skip
    assert (found.verb, found.subject_label, found.values) == (
        "changed", "Garage", {"new": {"area": "500 m2"}},
    )  # fmt: skip
    assert (found.number, found.previous, found.digest) == (1, GENESIS, entry.digest)
    assert found.local_moment.utcoffset() == timedelta(hours=8)


def test_an_entry_outside_a_transaction_is_refused():
    with pytest.raises(transaction.TransactionManagementError):
        log(SPACE, "changed", by=CLERK)


def test_without_its_entry_nothing_is_written():
    """M-03: the business row goes with the entry that the database refuses."""
    Entry.objects.create(
        number=1, moment=timezone.now(), offset=480, verb="forged", subject_type="x",
        details="{}", result="done", suite="intl", previous=GENESIS, digest=GENESIS,
    )  # fmt: skip
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        Schedule.objects.create(name="a row of business", func="math.sqrt")
        log(SPACE, "changed", by=CLERK)
    assert (Schedule.objects.filter(name="a row of business").count(), Entry.objects.count()) == (
        0,
        1,
    )


def test_what_is_rolled_back_leaves_no_gap_and_no_anchor(happened, settings):
    happened("registered")
    with pytest.raises(ValidationError), transaction.atomic():
        log(SPACE, "changed", by=CLERK)
        raise ValidationError("no")
    happened("confirmed")
    assert list(Entry.objects.values_list("number", "verb")) == [
        (1, "registered"),
        (2, "confirmed"),
    ]
    assert settings.AUDIT_ANCHOR_FILE.read_text().split()[::3] == ["1", "2"]
    assert verify().whole


def test_twenty_writers_at_once_leave_no_gap():
    def write(name):
        try:
            for _ in range(5):
                with transaction.atomic():
                    log(Subject("spaces.space", str(name)), "changed", by=CLERK)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(name,)) for name in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(Entry.objects.values_list("number", flat=True)) == list(range(1, 101))
    assert verify().whole


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET name = 'Someone'",
        "DELETE FROM audit_entry WHERE number = 1",
        "DELETE FROM audit_entry",
        pytest.param(
            "INSERT OR REPLACE INTO audit_entry SELECT * FROM audit_entry WHERE number = 1",
            marks=pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own word"),
        ),
        pytest.param(
            "TRUNCATE audit_entry",
            marks=pytest.mark.skipif(connection.vendor == "sqlite", reason="PostgreSQL's own word"),
        ),
    ],
)
def test_the_database_refuses_to_change_or_delete_an_entry(happened, statement):
    happened("registered", "changed")
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        connection.cursor().execute(statement)
    assert (Entry.objects.count(), verify().whole) == (2, True)


def test_secrets_and_identity_numbers_are_not_kept():
    given = {
        "password": "p4ss", "api_token": "t", "id_number": "x", "bank_account": "6222",
        "nested": {"new_password": "p", "note": "his number is 330102199001011237 indeed"},
        "credit_code": "91330106MA2CE1XX0K",
    }  # fmt: skip
    with transaction.atomic():
        log(Subject("x", "1", "330102199001011237"), "changed", by=CLERK, given=given)
    entry = Entry.objects.get()
    assert entry.values == {
        "given": {
            "password": "***", "api_token": "***", "id_number": "***", "bank_account": "***",
            "nested": {"new_password": "***", "note": "his number is 3****************7 indeed"},
            "credit_code": "91330106MA2CE1XX0K",
        }
    }  # fmt: skip
    assert entry.subject_label == "3****************7"


def test_text_cannot_break_the_line_that_it_stands_in():
    evil = "Ann\r\n2026-11-22 approved\x00\u202e\u2028\ud800"
    with transaction.atomic():
        log(Subject("x", "1", evil), "changed", by=Who(name=evil), given={"note": evil})
    entry = Entry.objects.get()
    escaped = "Ann\\u000d\\u000a2026-11-22 approved\\u0000\\u202e\\u2028\\ud800"
    assert (entry.name, entry.subject_label) == (escaped, escaped)
    assert (entry.details.isascii(), entry.details.isprintable()) == (True, True)
    assert entry.values["given"]["note"] == evil
    assert verify().whole


def test_a_text_longer_than_its_field_is_cut():
    with transaction.atomic():
        log(Subject("x", "1", "L" * 900), "changed", by=None)
    assert len(Entry.objects.get().subject_label) == 200


def test_the_hourly_job_notes_the_head(settings, happened):
    settings.AUDIT_ANCHOR = "hourly"
    assert anchor_head() is None
    happened("registered", "changed")
    assert not settings.AUDIT_ANCHOR_FILE.exists()
    head = anchor_head()
    number, digest, _ = settings.AUDIT_ANCHOR_FILE.read_text().split()
    assert (int(number), digest) == (2, head.digest)


def test_the_head_goes_to_the_system_log_as_well(settings, happened):
    import socket  # noqa: PLC0415 -- this test alone

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.settimeout(5)
        settings.AUDIT_SYSLOG = f"127.0.0.1:{listener.getsockname()[1]}"
        (entry,) = happened("registered")
        heard = listener.recv(1000).decode()
    assert f"zhongchuang-audit: 1 {entry.digest}" in heard


@pytest.fixture
def a_year_ago(intruder):
    """Moves the first entries back in time, chain and head with them."""

    def move(count, days):
        with intruder(), transaction.atomic():
            previous = GENESIS
            for entry in Entry.objects.all():
                entry.previous = previous
                if entry.number <= count:
                    entry.moment -= timedelta(days=days)
                entry.digest = previous = entry.expected_digest
                entry.save()
            Head.objects.update(digest=previous)

    return move


def test_entries_whose_days_are_over_move_to_a_file_that_verifies(settings, happened, a_year_ago):
    happened(*"abcde")
    a_year_ago(3, 366)
    settings.AUDIT_ANCHOR_FILE.unlink()
    with transaction.atomic():
        entry = archive(by=CLERK)
    assert list(Entry.objects.values_list("number", flat=True)) == [4, 5, 6]
    report = verify()
    assert (report.faults, report.first, entry.values["new"]["until"]) == ([], 4, 3)
    (path,) = settings.AUDIT_ARCHIVE.iterdir()
    kept = verify_archive(path)
    assert (kept.whole, kept.entries, kept.digest) == (True, 3, entry.values["new"]["digest"])
    path.write_text(path.read_text().replace("Li Ming", "Li Hong"))
    assert verify_archive(path).count == 3


def test_the_command_archives_and_verifies_what_it_archived(settings, happened, a_year_ago, capsys):
    call_command("audit_archive")
    happened(*"abc")
    a_year_ago(2, 400)
    settings.AUDIT_ANCHOR_FILE.unlink()
    call_command("audit_archive")
    call_command("audit_verify", archive=settings.AUDIT_ARCHIVE / "audit-1-2.jsonl")
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert "audit-1-2.jsonl" in lines[1]


def test_a_second_archive_goes_on_where_the_first_ended(settings, happened, a_year_ago):
    happened(*"abcde")
    a_year_ago(2, 800)
    settings.AUDIT_ANCHOR_FILE.unlink()
    settings.AUDIT_DAYS = 700
    archive(by=CLERK)
    assert archive(by=CLERK) is None
    assert (verify().faults, verify().first) == ([], 3)


def test_the_database_keeps_what_is_younger_than_six_months(happened, a_year_ago):
    happened("registered")
    a_year_ago(1, 182)
    Head.objects.update(kept_from=2)
    with pytest.raises(DatabaseError, match="never changed"):
        Entry.objects.all().delete()


def test_entries_are_seen_by_who_may_read_the_log_alone(happened):
    class Reader:
        def __init__(self, *rights):
            self.rights = rights

        def has_perm(self, right):
            return right in self.rights

    happened("registered")
    assert Entry.objects.visible_to(Reader("audit.view_entry")).count() == 1
    assert Entry.objects.visible_to(Reader()).count() == 0
