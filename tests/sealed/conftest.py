"""A table of people with sealed numbers, as an app would have one."""

import pytest
from django.db import connection, models

from tests.sealed.people import Person

FIRST = "1:" + "a" * 40
SECOND = FIRST + ",2:" + "b" * 40


def make_table(model: type[models.Model]):
    editor = connection.schema_editor()
    editor.deferred_sql = []
    sql, _params = editor.table_sql(model)
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.fixture
def person(db, settings):
    """The model, with its table there, and one key."""
    settings.FIELD_KEYS = FIRST
    make_table(Person)
    yield Person
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {Person._meta.db_table}")


@pytest.fixture
def raw():
    """What the database itself holds in a column: `raw(row, "phone")`; with a third argument, writes it there."""

    def column(row, name, value=None):
        table = row._meta.db_table
        with connection.cursor() as cursor:
            if value is not None:
                cursor.execute(f"UPDATE {table} SET {name} = %s WHERE id = %s", [value, row.pk])  # noqa: S608 -- names of the model
            cursor.execute(f"SELECT {name} FROM {table} WHERE id = %s", [row.pk])  # noqa: S608 -- names of the model
            return cursor.fetchone()[0]

    return column
