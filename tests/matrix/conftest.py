"""The world, built once for the tests of this folder, inside one transaction that is never committed."""

import pytest
from django.db import transaction
from django.test import override_settings

from tests.matrix import world as worlds
from zhongchuang.gap import sources


@pytest.fixture(scope="package")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("matrix")


@pytest.fixture(scope="package")
def world(django_db_setup, django_db_blocker, folder):
    with (
        django_db_blocker.unblock(),
        override_settings(
            MEDIA_ROOT=folder / "files",
            PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        ),
        transaction.atomic(),
    ):
        yield worlds.build()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def private_files(private_files, settings, folder):
    """The files of the world outlive a test, and its people gave their passwords a moment ago however slow the machine."""
    settings.MEDIA_ROOT = folder / "files"
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 24 * 60 * 60
    sources.forget()
