"""What is written is written: the database keeps what the site said it kept."""

import pytest
from django.core.management import call_command
from django.db import connection
from django_q.models import OrmQ
from django_q.tasks import async_task

from zhongchuang.settings import sqlite

pytestmark = pytest.mark.django_db


def test_migrations_match_the_models():
    call_command("makemigrations", "--check", "--dry-run", "--verbosity", "0")


def test_a_job_waits_in_the_database_and_so_survives_a_stop():
    async_task("math.sqrt", 4)
    assert OrmQ.objects.count() == 1


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL waits for the disk by default"
)
def test_sqlite_waits_for_the_disk_at_each_commit():
    with connection.cursor() as cursor:
        full, keys = (
            cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("synchronous", "foreign_keys")
        )
    assert (full, keys) == (2, 1)


def test_a_sqlite_writer_waits_for_another_instead_of_failing(tmp_path):
    options = sqlite(tmp_path / "a.db")["OPTIONS"]
    assert (options["transaction_mode"], options["timeout"] >= 5) == ("IMMEDIATE", True)
