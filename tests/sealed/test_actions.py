"""Seeing a sealed number is recorded; changing keys loses nothing, however often it is broken off."""

import itertools
import logging
import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection

from tests.sealed.conftest import FIRST, SECOND
from zhongchuang.audit.models import Entry
from zhongchuang.page.refusal import Refusal, Refused
from zhongchuang.sealed import actions, keys
from zhongchuang.sealed.fields import matching
from zhongchuang.sealed.values import Sealed

NUMBER = "33048219900307123X"
ROTATOR = Path(__file__).with_name("rotator.py")


def only_clerks(acting, row, field):
    return None if acting.role == "operator_clerk" else Refusal("not_yours", "Not yours.")


def number(count):
    return f"3304821990{count:08}"


def test_a_number_is_shown_to_who_may_see_it_and_that_is_recorded(cast, person):
    row = person.objects.create(name=f"Ming {NUMBER}", identity=NUMBER)
    seen = actions.reveal(
        row,
        "identity",
        by=cast["bees.operator_clerk"],
        reason=f" checks {NUMBER} ",
        may=only_clerks,
    )
    assert seen == NUMBER
    entry = Entry.objects.get(verb="revealed")
    assert (entry.name, entry.subject_key) == ("bees.operator_clerk", str(row.pk))
    assert entry.values["given"]["field"] == "identity"
    assert entry.values["given"]["reason"].startswith("checks 3***")
    with pytest.raises(Refused, match="Not yours"):
        actions.reveal(row, "identity", by=cast["ping.clerk"], reason="checks", may=only_clerks)
    with pytest.raises(Refused) as refused:
        actions.reveal(row, "identity", by=cast["bees.operator_clerk"], reason=" ", may=only_clerks)
    assert refused.value.refusal.code == "no_reason"
    assert Entry.objects.filter(verb="revealed").count() == 1


def test_no_log_and_no_entry_holds_a_number_that_was_kept_shown_and_damaged(
    cast, person, raw, caplog
):
    caplog.set_level(logging.DEBUG)
    row = person.objects.create(name="Ming", identity=NUMBER)
    actions.reveal(row, "identity", by=cast["bees.operator_clerk"], reason=NUMBER, may=only_clerks)
    raw(row, "identity", "intl.1.AAAA")
    with pytest.raises(Refused):
        person.objects.get().identity.plain()
    entries = " ".join(str(value) for row in Entry.objects.values_list() for value in row)
    assert "cannot be opened" in caplog.text
    assert [text for text in (caplog.text, entries) if NUMBER in text] == []


def test_all_values_are_written_anew_and_then_the_old_key_is_not_needed(person, settings):
    person.objects.bulk_create(
        person(identity=number(n), phone=f"1381234{n:04}") for n in range(450)
    )
    settings.FIELD_KEYS = SECOND
    fields = actions.sealed_fields([person])
    assert [actions.outdated(field).count() for field in fields] == [450, 450]
    assert [actions.rotate(field) for field in fields] == [(450, []), (450, [])]
    assert [actions.rotate(field) for field in fields] == [(0, []), (0, [])]
    settings.FIELD_KEYS = SECOND.split(",")[1]
    assert [row.identity.plain() for row in person.objects.order_by("pk")] == [
        number(n) for n in range(450)
    ]
    assert (
        person.objects.get(matching(person, "identity", number(7))).phone.plain() == "13812340007"
    )


def test_values_go_to_the_other_suite_and_back(person, settings):
    person.objects.create(identity=NUMBER)
    for suite in ("gm", "intl"):
        settings.CRYPTO_SUITE = suite
        assert [actions.rotate(field)[0] for field in actions.sealed_fields([person])] == [1, 0]
        assert person.objects.get().identity.token.startswith(f"{suite}.1.")
    assert person.objects.get().identity.plain() == NUMBER


def test_a_damaged_value_is_told_and_stops_nothing(person, raw, settings):
    rows = [person.objects.create(identity=number(n)) for n in range(3)]
    raw(rows[1], "identity", raw(rows[1], "identity")[:-8] + "AAAAAAA=")
    settings.FIELD_KEYS = SECOND
    assert actions.rotate(person._meta.get_field("identity")) == (2, [rows[1].pk])


def test_a_value_that_someone_changed_meanwhile_is_theirs(person, settings):
    row = person.objects.create(identity=number(1))
    read = person.objects.get()
    settings.FIELD_KEYS = SECOND
    person.objects.filter(pk=row.pk).update(identity=number(2))
    assert actions.rewrite(person._meta.get_field("identity"), row.pk, read.identity) == 0
    assert person.objects.get().identity.plain() == number(2)


def test_a_new_key_is_used_by_running_processes_at_once(settings, tmp_path):
    settings.FIELD_KEYS, settings.FIELD_KEY_FILE = "", tmp_path / "field.keys"
    assert keys.newest() == 1
    token = Sealed(context="a.b", mask="phone", text="13812341234").as_token()
    assert keys.add() == 2
    assert Sealed(context="a.b", mask="phone", text="x").as_token().startswith("intl.2.")
    assert Sealed(context="a.b", mask="phone", token=token).plain() == "13812341234"
    if os.name == "posix":
        assert settings.FIELD_KEY_FILE.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("wrong", ["1:short", "a:" + "a" * 40, FIRST + "," + FIRST, ","])
def test_keys_that_cannot_be_used_are_refused(settings, wrong):
    settings.FIELD_KEYS = wrong
    with pytest.raises(ImproperlyConfigured, match="ZHONGCHUANG_FIELD_KEYS"):
        keys.ring()


def test_the_command_tells_what_it_did_and_the_chain_as_well(db, capsys):
    call_command("rotate_keys")
    assert re.search(r"0 values were written with key \d+|\d+", capsys.readouterr().out)
    assert Entry.objects.get(verb="keys_rotated").values["new"] == {"values": 0, "broken": 0}


@pytest.mark.faults
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(sys.platform == "win32", reason="kills")
def test_a_rotation_killed_again_and_again_under_writes_ends_with_nothing_unreadable(
    person, settings
):
    people = 3000
    person.objects.bulk_create(person(identity=number(n)) for n in range(people))
    settings.FIELD_KEYS = SECOND
    connection.commit()
    stop, written = threading.Event(), {}

    def write():
        for count in itertools.count(10**7):
            if stop.is_set():
                break
            row = person.objects.order_by("?").first()
            written[row.pk] = number(count)
            row.identity = written[row.pk]
            row.save()
            time.sleep(0.01)
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "ZHONGCHUANG_DATA": str(configured.DATA),
        "ZHONGCHUANG_FIELD_KEYS": SECOND,
    }
    command = [sys.executable, str(ROTATOR), str(connection.settings_dict["NAME"])]
    killed = 0
    for _round in range(40):
        rotator = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE)
        rotator.stdout.readline()  # a batch is done; the next has begun
        if rotator.poll() is None and killed < 8:
            rotator.send_signal(signal.SIGKILL)
            killed += 1
        rotator.communicate()
        if rotator.returncode == 0:
            break
    stop.set()
    writer.join()
    field = person._meta.get_field("identity")
    assert (killed, actions.outdated(field).count()) == (8, 0)
    settings.FIELD_KEYS = SECOND.split(",")[1]
    rows = {row.pk: row.identity.plain() for row in person.objects.all()}
    assert len(rows) == people
    assert {pk: rows[pk] for pk in written} == written
    one = next(iter(written))
    assert person.objects.get(matching(person, "identity", written[one])).pk == one
