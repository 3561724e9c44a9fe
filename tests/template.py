"""A migrated database is made once for all processes of all runs, and copied: making it anew takes twelve seconds.

Its name carries a digest of all migrations, so that a changed migration makes another one.
"""

import contextlib
import fcntl
import hashlib
import shutil
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / ".pytest_cache" / "databases"
NAME = "test_zhongchuang_migrated_"


def digest():
    """Of all that a migrated database is made by."""
    found = hashlib.sha256()
    for file in sorted((ROOT / "src").rglob("migrations/*.py")):
        found.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes())
    return found.hexdigest()[:16]


@contextlib.contextmanager
def one_at_a_time():
    """The first process makes it, the others wait for it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


class File:
    """SQLite: the database is a file."""

    def __init__(self, name):
        self.name, self.template = Path(name), FOLDER / f"{NAME}{digest()}.db"

    def copy(self):
        """Begin with a copy, if there is one."""
        if self.template.exists():
            shutil.copyfile(self.template, self.name)
        return self.template.exists()

    def keep(self):
        """Keep what was migrated; older ones go."""
        for file in FOLDER.glob(f"{NAME}*"):
            file.unlink()
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        part = self.template.with_suffix(".part")
        shutil.copyfile(self.name, part)
        part.rename(self.template)


class Served:
    """PostgreSQL: the server copies one database into another."""

    def __init__(self, name):
        self.name, self.template = name, f"{NAME}{digest()}"

    def existing(self, cursor):
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [NAME])
        return [name for (name,) in cursor.fetchall()]

    def copy(self):
        with connection._nodb_cursor() as cursor:
            found = self.template in self.existing(cursor)
            if found:
                cursor.execute(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')
                cursor.execute(f'CREATE DATABASE "{self.name}" TEMPLATE "{self.template}"')
        return found

    def keep(self):
        connection.close()
        connection.close_pool()
        with connection._nodb_cursor() as cursor:
            for name in self.existing(cursor):
                cursor.execute(f'DROP DATABASE "{name}"')
            cursor.execute(f'CREATE DATABASE "{self.template}" TEMPLATE "{self.name}"')


def here():
    """The database of this process and its template."""
    name = connection.creation._get_test_db_name()
    return File(name) if connection.vendor == "sqlite" else Served(name)
