"""From the text of a variable to what Django takes."""

import os
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

from zhongchuang.settings.variables import CHANNELS, DATABASE, FILE_STORE, SECRET, Variable


def secret_key(
    given: str, folder: Path, variable: Variable = SECRET, file: str = "secret.key"
) -> str:
    """The given key, or the one kept in the folder; it is made on the first start."""
    if given:
        if len(given) < 40:
            raise ImproperlyConfigured(
                f"{variable.name} has {len(given)} characters; 40 are needed."
            )
        return given
    path = folder / file
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    with os.fdopen(descriptor, "w", encoding="ascii") as key:
        key.write(get_random_secret_key())
    return path.read_text(encoding="ascii")


def sqlite(path: Path) -> dict:
    """A commit that was answered survives a power cut; a writer waits instead of failing.

    What is deleted is overwritten, so that deleted figures do not stay in the file.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "timeout": 10,
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                "PRAGMA secure_delete=ON;"
            ),
        },
    }


def postgresql(url: str) -> dict:
    database = dj_database_url.parse(url)
    if database["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured(f"{DATABASE.name} must begin with postgres:// or postgresql://.")
    return database | {"OPTIONS": database.get("OPTIONS", {}) | {"pool": True}}


def file_store(given: str, address: str) -> dict:
    """The store of uploaded files: the local folder, or a bucket that any number of machines share."""
    if not given:
        return {"BACKEND": "zhongchuang.records.storage.DurableFiles"}
    if not given.startswith("s3://"):
        raise ImproperlyConfigured(f"{FILE_STORE.name} must begin with s3://.")
    options = {"bucket_name": given.removeprefix("s3://"), "endpoint_url": address or None}
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": options | {"default_acl": "private", "file_overwrite": True},
    }


def channels(given: str) -> dict:
    """Channels of letters by name."""
    pairs = [pair.partition("=") for pair in given.split(",")]
    if not all(name.strip() and path.strip() for name, _equals, path in pairs):
        raise ImproperlyConfigured(f"{CHANNELS.name} is a list of name=dotted.path.")
    return {name.strip(): path.strip() for name, _equals, path in pairs}
