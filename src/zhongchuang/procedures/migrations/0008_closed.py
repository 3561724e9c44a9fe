"""The database itself keeps what was decided about more time, and its list, as they stand."""

from django.db import migrations

from zhongchuang.audit.closed import Closed

CLOSED = (
    Closed(
        "procedures_extension", "a_decided_extension", "held.state <> 'proposed'",
        "a decided extension is never changed or deleted", unique=("id", "key"),
    ),
    Closed(
        "procedures_extension_spaces", "the_list_of_a_decided_extension",
        "(SELECT state FROM procedures_extension WHERE id = held.extension_id) <> 'proposed'",
        "the list of a decided extension is never changed", grows=False,
    ),
)  # fmt: skip


def refuse(apps, schema_editor):
    for one in CLOSED:
        one.lay(schema_editor.connection)


def allow(apps, schema_editor):
    for one in CLOSED:
        one.lift(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("procedures", "0007_batches")]
    operations = [migrations.RunPython(refuse, allow)]
