"""Each way to falsify the chain is found, also by who owns the database."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import F

from zhongchuang.audit.models import GENESIS, SEALED, Entry, Head, seal
from zhongchuang.audit.verification import Report, read_chain, verify

pytestmark = pytest.mark.django_db(transaction=True)
VERBS = ["registered", "changed", "confirmed", "changed", "closed"]


@pytest.fixture(autouse=True)
def chain(happened):
    for verb in VERBS:
        happened(verb)


def faults():
    return {(fault.kind, fault.number) for fault in verify().faults}


def copy_of(number):
    return Entry.objects.get(number=number)


def test_an_untouched_chain_is_whole():
    report = verify()
    assert (report.whole, report.entries, report.last, report.anchors) == (True, 5, 5, 5)


@pytest.mark.parametrize("field", [name for name in (*SEALED, "digest") if name != "number"])
def test_an_edit_of_any_field_is_found(intruder, field):
    other = {
        "moment": F("moment") + timedelta(microseconds=1),
        "offset": 0,
        "suite": "gm",
        "previous": "1" * 64,
        "digest": "1" * 64,
    }
    with intruder():
        Entry.objects.filter(number=3).update(**{field: other.get(field, "other")})
    assert ("changed", 3) in faults()


def test_a_deletion_in_the_middle_is_found(intruder):
    with intruder():
        Entry.objects.filter(number=3).delete()
    assert faults() == {("missing", 3)}


def test_a_deletion_of_the_first_is_found_also_when_the_head_says_that_it_was_archived(intruder):
    with intruder():
        Entry.objects.filter(number=1).delete()
    Head.objects.update(kept_from=2)
    assert faults() == {("missing", 1)}


def test_a_cut_tail_is_found_also_when_the_head_was_put_back(intruder):
    with intruder():
        Entry.objects.filter(number__gt=3).delete()
    assert faults() == {("head", 5), ("cut", 5)}
    Head.objects.update(number=3, digest=copy_of(3).digest)
    assert faults() == {("cut", 5)}


def test_an_emptied_chain_is_found(intruder):
    with intruder():
        Entry.objects.all().delete()
    Head.objects.all().delete()
    assert faults() == {("cut", 5)}


def test_a_chain_without_its_head_is_found():
    Head.objects.all().delete()
    assert ("head", 0) in faults()


def test_an_insertion_is_found(intruder):
    forged = copy_of(3)
    with intruder():
        for number in (5, 4, 3):
            Entry.objects.filter(number=number).update(number=number + 1)
    forged.save(force_insert=True)
    assert {("changed", 4), ("disordered", 4)} <= faults()


def test_an_entry_added_behind_the_head_is_found():
    forged = copy_of(5)
    forged.number = 6
    forged.save(force_insert=True)
    assert faults() == {("head", 5)}


def test_a_chain_is_verified_while_others_write(happened):
    def write():
        for _ in range(100):
            happened("changed")
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    found = []
    while writer.is_alive():
        found += verify().faults
    writer.join()
    assert (found, verify().last) == ([], 105)


def test_an_entry_added_at_the_end_is_found():
    forged = copy_of(5)
    forged.number, forged.previous, forged.digest = 6, forged.digest, "2" * 64
    forged.save(force_insert=True)
    Head.objects.update(number=6, digest=forged.digest)
    assert faults() == {("changed", 6)}


def test_a_reordering_is_found(intruder):
    with intruder():
        for old, new in ((2, 99), (3, 2), (99, 3)):
            Entry.objects.filter(number=old).update(number=new)
    assert {("changed", 2), ("changed", 3), ("disordered", 2)} <= faults()


def test_an_older_copy_of_the_database_is_found(intruder):
    with intruder():
        Entry.objects.filter(number=5).delete()
    Head.objects.update(number=4, digest=copy_of(4).digest)
    assert faults() == {("cut", 5)}


def test_a_copy_that_went_its_own_way_is_found_though_its_chain_holds_together(intruder):
    """Even by one who holds the key: what was noted outside says otherwise."""
    entry = copy_of(5)
    entry.subject_label = "Another"
    digest = seal([getattr(entry, field) for field in SEALED])
    with intruder():
        Entry.objects.filter(number=5).update(subject_label="Another", digest=digest)
    Head.objects.update(digest=digest)
    assert faults() == {("diverged", 5)}


def test_a_chain_of_which_nothing_was_noted_is_reported(settings, tmp_path):
    settings.AUDIT_ANCHOR_FILE = tmp_path / "lost.log"
    assert faults() == {("unanchored", 5)}


def test_a_line_torn_by_a_power_cut_hides_no_other(settings, happened):
    with settings.AUDIT_ANCHOR_FILE.open("a") as file:
        file.write("\n6 abc")
    happened("changed")
    report = verify()
    assert (report.whole, report.anchors) == (True, 6)


def test_entries_keep_the_algorithm_that_they_were_written_with(settings, happened):
    settings.CRYPTO_SUITE = "gm"
    happened("changed", "closed")
    settings.CRYPTO_SUITE = "intl"
    happened("changed")
    assert list(Entry.objects.order_by("number").values_list("suite", flat=True))[4:] == [
        "intl", "gm", "gm", "intl",
    ]  # fmt: skip
    assert verify().whole


def test_another_key_finds_every_entry_changed(settings):
    settings.AUDIT_KEY = b"x" * 40
    assert verify().count == 5


def test_a_clock_that_went_back_is_noted_and_no_fault():
    rows, previous = [], GENESIS
    for number, hour in enumerate((9, 10, 8), 1):
        moment = datetime(2026, 11, 22, hour, tzinfo=UTC)
        values = [number, moment, 480, *[""] * 13, "intl", previous]
        previous = seal(values)
        rows.append([*values, previous])
    report = Report()
    read_chain(report, rows, 1, GENESIS)
    assert (report.whole, report.clock_went_back) == (True, [3])


def test_the_command_ends_with_1_when_something_is_wrong(intruder, capsys):
    call_command("audit_verify")
    with intruder():
        Entry.objects.filter(number=2).update(name="Someone")
    with pytest.raises(SystemExit, match="1"):
        call_command("audit_verify")
    assert capsys.readouterr().out.count("\n") == 3
