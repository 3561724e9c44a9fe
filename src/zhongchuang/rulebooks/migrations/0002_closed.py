"""The database itself keeps the text of a pack that was handed in, and what was decided about it, as they stand."""

from django.db import migrations

from zhongchuang.audit.closed import Closed

CLOSED = (
    Closed(
        "rulebooks_rulebook", "a_kept_pack", "held.id IS NOT NULL",
        "the text of a pack that was handed in is never changed or deleted", unique=("id", "key", "digest"),
    ),
    Closed(
        "rulebooks_activation", "a_decided_activation", "held.state <> 'proposed'",
        "a decided activation is never changed or deleted", unique=("id", "key"),
    ),
)  # fmt: skip


def refuse(apps, schema_editor):
    for one in CLOSED:
        one.lay(schema_editor.connection)


def allow(apps, schema_editor):
    for one in CLOSED:
        one.lift(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("rulebooks", "0001_initial")]
    operations = [migrations.RunPython(refuse, allow)]
