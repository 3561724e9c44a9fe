"""What was published or activated is closed by the database itself: no program changes it, deletes it or takes its place."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.rulebooks.conftest import pack
from zhongchuang.gap.packs import all_packs
from zhongchuang.procedures import actions as procedures
from zhongchuang.procedures.models import Extension
from zhongchuang.rulebooks import actions as rulebooks
from zhongchuang.rulebooks.models import Activation, Rulebook

pytestmark = pytest.mark.django_db
TODAY = date(2027, 7, 30)


@pytest.fixture
def proposed(cast, registered, time_machine):
    """A pack with its activation and more time for the spaces of a list, each proposed."""
    time_machine.move_to(timezone.make_aware(timezone.datetime(2027, 7, 30, 9)))
    space = registered("湘江众创空间", who="owls.operator_head", region="430104", by="lu.reviewer")
    book = rulebooks.keep(pack(), by=cast["zhe.clerk"])
    activation = rulebooks.propose(book, by=cast["zhe.clerk"], starts=TODAY, reason="省厅修订")
    rules = all_packs()["hunan-2016"]
    extension = procedures.propose_extension(
        rules, rules.procedures["recognition"], by=cast["xiang.clerk"], first=date(2027, 6, 1), until=TODAY + timedelta(days=16),
        whom="listed", spaces=[space], reason="系统停机一日",
    )  # fmt: skip
    return activation, extension


@pytest.fixture
def decided(cast, proposed):
    activation, extension = proposed
    rulebooks.decide(activation, by=cast["zhe.approver"], version=1, agrees=True)
    procedures.decide_extension(extension, by=cast["xiang.approver"], version=1, agrees=True)
    return proposed


def rows():
    found = [list(model.objects.order_by("pk").values()) for model in (Rulebook, Activation, Extension)]  # fmt: skip
    return [*found, list(Extension.spaces.through.objects.values())]


def refused(statement, *given):
    """Whether the database refuses a statement; nothing of it stays in any case."""
    before = rows()
    try:
        with transaction.atomic():
            connection.cursor().execute(statement, given)
    except DatabaseError as fault:
        return "never changed" in str(fault) and rows() == before
    return False


TABLES = {
    "rulebooks_rulebook": [one.column for one in Rulebook._meta.concrete_fields],
    "rulebooks_activation": [one.column for one in Activation._meta.concrete_fields],
    "procedures_extension": [one.column for one in Extension._meta.concrete_fields],
    "procedures_extension_spaces": ["space_id", "extension_id"],
}


@pytest.mark.parametrize("table", TABLES)
def test_no_column_of_what_was_decided_is_changed_and_no_row_deleted(decided, table):
    for column in TABLES[table]:
        assert refused(f"UPDATE {table} SET {column} = {column}"), column  # noqa: S608 -- names of the model
    assert refused(f"DELETE FROM {table}")  # noqa: S608 -- names of the model


@pytest.mark.parametrize("table", TABLES)
def test_no_other_row_takes_the_place_of_what_was_decided(decided, table):
    if connection.vendor == "sqlite":
        assert refused(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")  # noqa: S608 -- names of the model
        return
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert refused(f"TRUNCATE {table} CASCADE")
    columns = ", ".join(TABLES[table])
    held = "id" if "id" in TABLES[table] else "extension_id, space_id"
    assert refused(
        f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {table} ON CONFLICT ({held}) DO UPDATE SET {TABLES[table][1]} = excluded.{TABLES[table][1]}"  # noqa: S608 -- names of the model
    )


def test_nothing_is_added_to_the_list_of_a_decided_extension(decided, registered):
    other = registered("另一空间")
    _activation, extension = decided
    line = "INSERT INTO procedures_extension_spaces (extension_id, space_id) VALUES (%s, %s)"
    assert refused(line, extension.pk, other.pk)


def test_what_is_only_proposed_is_still_written_but_the_text_of_a_pack_is_not(proposed):
    activation, extension = proposed
    assert Activation.objects.filter(pk=activation.pk).update(reason="更正") == 1
    assert Extension.objects.filter(pk=extension.pk).update(reason="更正") == 1
    extension.spaces.clear()
    assert extension.delete()[0] == 1
    assert refused("UPDATE rulebooks_rulebook SET content = %s", "x")
    assert refused("DELETE FROM rulebooks_rulebook")
