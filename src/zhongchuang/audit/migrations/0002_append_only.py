"""The database itself refuses to change or delete entries of the audit chain.

Only entries that were archived may go: older than 183 days (six months by law, whatever the settings say),
and before the number that the head names. Deleting any others in spite of this breaks the chain.
"""

from django.db import migrations

REFUSAL = "an audit entry is never changed, and deleted only after it was archived"

SQLITE = (
    f"""
    CREATE TRIGGER audit_entry_stays_as_written BEFORE UPDATE ON audit_entry
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
    """,
    f"""
    CREATE TRIGGER audit_entry_is_kept BEFORE DELETE ON audit_entry
    WHEN NOT (OLD.number < COALESCE((SELECT kept_from FROM audit_head), 1)
              AND OLD.moment < strftime('%Y-%m-%d %H:%M:%S', 'now', '-183 days'))
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
    """,  # noqa: S608 -- our own text
    f"""
    CREATE TRIGGER audit_entry_is_never_replaced BEFORE INSERT ON audit_entry
    WHEN EXISTS (SELECT 1 FROM audit_entry WHERE number = NEW.number)
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
    """,  # noqa: S608 -- our own text
)
SQLITE_OFF = (
    "DROP TRIGGER IF EXISTS audit_entry_stays_as_written",
    "DROP TRIGGER IF EXISTS audit_entry_is_kept",
    "DROP TRIGGER IF EXISTS audit_entry_is_never_replaced",
)
POSTGRESQL = (
    f"""
    CREATE FUNCTION audit_entry_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            IF OLD.number < COALESCE((SELECT kept_from FROM audit_head), 1)
               AND OLD.moment < now() - interval '183 days' THEN
                RETURN OLD;
            END IF;
        END IF;
        RAISE EXCEPTION '{REFUSAL}';
    END $$
    """,  # noqa: S608 -- our own text
    """
    CREATE TRIGGER audit_entry_stays_as_written BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_entry_is_kept()
    """,
    """
    CREATE TRIGGER audit_entry_is_never_emptied BEFORE TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_is_kept()
    """,
)
POSTGRESQL_OFF = (
    "DROP TRIGGER IF EXISTS audit_entry_stays_as_written ON audit_entry",
    "DROP TRIGGER IF EXISTS audit_entry_is_never_emptied ON audit_entry",
    "DROP FUNCTION IF EXISTS audit_entry_is_kept",
)
ON = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
OFF = {"sqlite": SQLITE_OFF, "postgresql": POSTGRESQL_OFF}


def run(connection, statements):
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)


def refuse(apps, schema_editor):
    run(schema_editor.connection, ON)


def allow(apps, schema_editor):
    run(schema_editor.connection, OFF)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(refuse, allow)]
