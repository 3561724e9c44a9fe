"""What was answered is kept, whenever the process is killed (R-01, R-11): more kills with ZHONGCHUANG_FAULTS=full."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.core.files.storage import default_storage
from django.db import connection

from zhongchuang.audit.models import Entry
from zhongchuang.audit.verification import verify
from zhongchuang.records.models import Content, Delivery, DocumentNumber, Evidence, Letter, Series

pytestmark = [
    pytest.mark.faults,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(sys.platform == "win32", reason="forks"),
]
FULL = os.environ.get("ZHONGCHUANG_FAULTS") == "full"
WRITER = Path(__file__).with_name("writer.py")
ROOT = WRITER.parents[2]


@pytest.fixture
def killed(tmp_path, settings):
    """Runs a writer that is killed so often; the answers that it gave before."""

    def run(kind, user, kills):
        connection.close()
        command = [
            sys.executable,
            WRITER,
            connection.settings_dict["NAME"],
            tmp_path,
            kind,
            user.pk,
            kills,
            7,
        ]
        done = subprocess.run(
            [str(part) for part in command], capture_output=True, text=True, check=False, cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT), "ZHONGCHUANG_DATA": str(configured.DATA)},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return [int(answer) for answer in done.stdout.split()]

    settings.MEDIA_ROOT = tmp_path / "files"
    return run


def test_no_number_that_was_answered_is_lost_and_none_is_half_written(
    cast, killed, record_property
):
    answers = killed("number", cast.people["zhe.clerk"], 480 if FULL else 20)
    rows = list(DocumentNumber.objects.values_list("number", flat=True))
    assert set(answers) - set(rows) == set()
    assert rows == list(range(1, len(rows) + 1))
    assert Series.objects.get().last == len(rows)
    assert len(answers) == len(set(answers)) > 0
    # What belongs together is there together: the number, its entry, its letter with its delivery.
    together = [Entry.objects.filter(verb="taken"), Letter.objects, Delivery.objects]
    assert [each.count() for each in together] == [len(rows)] * 3
    assert verify().faults == []
    record_property("answers", len(answers))


def test_no_file_that_was_answered_is_lost_and_none_is_named_without_lying_there(cast, killed):
    answers = killed("file", cast.people["bees.operator_clerk"], 40 if FULL else 5)
    rows = set(Evidence.objects.values_list("pk", flat=True))
    assert set(answers) - rows == set()
    assert Entry.objects.filter(verb="handed_in").count() == len(rows)
    for content in Content.objects.all():
        for path, digest in (
            (content.path, content.kept_digest),
            (content.thumbnail_path, content.thumbnail_digest),
        ):
            with default_storage.open(path) as file:
                assert hashlib.sha256(file.read()).hexdigest() == digest
    assert verify().faults == []
