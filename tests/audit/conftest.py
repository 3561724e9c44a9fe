import importlib
from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from zhongchuang.audit.actions import log
from zhongchuang.audit.models import Subject, Who

triggers = importlib.import_module("zhongchuang.audit.migrations.0002_append_only")
CLERK = Who("7", "Li Ming", "12", "operator_clerk", "3", "Hangzhou Garage", "10.0.0.7")
SPACE = Subject("spaces.space", "1", "Garage")


@pytest.fixture
def happened():
    """Commits one entry for each verb given."""

    def write(*verbs):
        with transaction.atomic():
            return [log(SPACE, verb, by=CLERK, new={"area": "500 m2"}) for verb in verbs]

    return write


@pytest.fixture
def intruder():
    """Someone who owns the database and has lifted the triggers."""

    @contextmanager
    def inside():
        triggers.run(connection, triggers.OFF)
        try:
            yield
        finally:
            triggers.run(connection, triggers.ON)

    return inside
