"""A worker killed with SIGKILL in the middle of an import leaves nothing; the next one does it whole, once."""

import os
import subprocess
import sys
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings as configured
from django.db import connection
from django.utils import timezone

from tests.imports.test_opening import HEAD, row
from zhongchuang.audit.models import Entry
from zhongchuang.audit.verification import verify
from zhongchuang.imports import actions as imports
from zhongchuang.imports import jobs
from zhongchuang.spaces.models import TABLES, Proof, Space

pytestmark = [
    pytest.mark.faults,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(sys.platform == "win32", reason="signals"),
]
WORKER = Path(__file__).with_name("worker.py")
ROOT = WORKER.parents[2]


def rows_in_all():
    return Space.objects.count() + Proof.objects.count() + sum(model.objects.count() for model in TABLES.values())  # fmt: skip


def test_what_a_killed_worker_began_is_not_there_and_is_done_once_by_the_next(bring, cast, tmp_path):  # fmt: skip
    found = bring("ping.clerk", "register", [HEAD, row(), row("Second")])
    found.refresh_from_db()
    imports.confirm(found, by=cast["ping.clerk"], version=found.version, request_key=uuid.uuid4())
    minutes = 0
    for moment in ("evidence", "first rows", "rows", "entries", "last entry"):
        connection.close()
        command = [sys.executable, WORKER, connection.settings_dict["NAME"], tmp_path, found.pk, moment]  # fmt: skip
        done = subprocess.run(
            [str(part) for part in command], check=False, capture_output=True, cwd=ROOT,
            env=os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "ZHONGCHUANG_DATA": str(configured.DATA)},
        )  # fmt: skip
        assert done.returncode == -9, done.stderr
        found.refresh_from_db()
        assert (found.state, rows_in_all()) == ("running", 0)
        minutes += 4
        with time_machine.travel(timezone.now() + timedelta(minutes=minutes)):
            assert jobs.resume() == 1
    jobs.run(found.pk)
    found.refresh_from_db()
    assert (found.state, Space.objects.count()) == ("done", 2)
    assert Entry.objects.filter(verb="space_imported").count() == 2
    assert Entry.objects.filter(verb="import_recorded").count() == 1
    assert verify().whole
