"""Rows that the database itself closes: from a moment on nobody changes, deletes or replaces them, whatever program asks.

A migration of the app lays the triggers; SQLite drops them where a later migration makes the table anew, which then
lays them again (`tests/audit/test_closed.py` looks).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Closed:
    """A table with what is closed of it.

    `when` says of a row named `held` that it is closed. `unique` are the columns by which another row would take its
    place. Of a table of lines that belong to a row, `grows` is false: nothing is added to what is closed either.
    """

    table: str
    name: str
    when: str
    refusal: str
    unique: tuple = ("id",)
    grows: bool = True

    def of(self, row):
        return self.when.replace("held.", f"{row}.")

    def lay(self, connection):
        """Refuse from now on."""
        run(connection, {"sqlite": self.sqlite, "postgresql": self.postgresql}[connection.vendor]())

    def lift(self, connection):
        """Refuse no longer."""
        run(connection, {"sqlite": self.sqlite_off, "postgresql": self.postgresql_off}[connection.vendor]())  # fmt: skip

    def sqlite(self):
        refuse = f"BEGIN SELECT RAISE(ABORT, '{self.refusal}'); END"
        same = " OR ".join(f"held.{column} = NEW.{column}" for column in self.unique)
        taken = f"EXISTS (SELECT 1 FROM {self.table} AS held WHERE ({same}) AND {self.when})"  # noqa: S608 -- our own text
        if not self.grows:
            taken += f" OR {self.of('NEW')}"
        moved = self.of("OLD") if self.grows else f"{self.of('OLD')} OR {self.of('NEW')}"
        return [
            f"CREATE TRIGGER {self.name}_stays BEFORE UPDATE ON {self.table} WHEN {moved} {refuse}",
            f"CREATE TRIGGER {self.name}_is_kept BEFORE DELETE ON {self.table} WHEN {self.of('OLD')} {refuse}",
            f"CREATE TRIGGER {self.name}_is_not_replaced BEFORE INSERT ON {self.table} WHEN {taken} {refuse}",
        ]

    def sqlite_off(self):
        return [f"DROP TRIGGER IF EXISTS {self.name}_{end}" for end in ("stays", "is_kept", "is_not_replaced")]  # fmt: skip

    def postgresql(self):
        refuse = f"RAISE EXCEPTION '{self.refusal}';"
        grown = "" if self.grows else f"IF TG_OP IN ('INSERT', 'UPDATE') THEN IF {self.of('NEW')} THEN {refuse} END IF; END IF;"  # fmt: skip
        events = "UPDATE OR DELETE" if self.grows else "INSERT OR UPDATE OR DELETE"
        some = f"EXISTS (SELECT 1 FROM {self.table} AS held WHERE {self.when})"  # noqa: S608 -- our own text
        return [
            f"""
            CREATE FUNCTION {self.name}_stays() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'TRUNCATE' THEN
                    IF {some} THEN {refuse} END IF;
                    RETURN NULL;
                END IF;
                IF TG_OP IN ('UPDATE', 'DELETE') THEN
                    IF {self.of("OLD")} THEN {refuse} END IF;
                END IF;
                {grown}
                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                RETURN NEW;
            END $$
            """,
            f"CREATE TRIGGER {self.name}_stays BEFORE {events} ON {self.table} FOR EACH ROW EXECUTE FUNCTION {self.name}_stays()",
            f"CREATE TRIGGER {self.name}_is_kept BEFORE TRUNCATE ON {self.table} FOR EACH STATEMENT EXECUTE FUNCTION {self.name}_stays()",
        ]

    def postgresql_off(self):
        triggers = [f"DROP TRIGGER IF EXISTS {self.name}_{end} ON {self.table}" for end in ("stays", "is_kept")]  # fmt: skip
        return [*triggers, f"DROP FUNCTION IF EXISTS {self.name}_stays"]


def run(connection, statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
