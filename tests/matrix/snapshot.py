"""All rows of the database before and after a request, and what differs between the two."""

from django.apps import apps

VOLATILE = {
    "details", "digest", "fields", "key", "number", "owner", "password", "previous", "request_key", "series", "subject_key",
    "token", "payload", "code",
}  # fmt: skip
"""Columns that differ each time that the same thing is done: drawn at random, or counted on. `fields` of a draft are
whatever was typed; a form takes from them what it asks for."""

VOLATILE_THERE = {
    "admission.application": {"secret", "secret_index", "code_digest"},
    "admission.figures": {"secret", "secret_index"},
    "records.letter": {"url"},
    "records.receipt": {"answer"},
    "services.opening": {"door"},
}
"""The same, of one table alone: where a request done twice or its letter leads, the key of a door."""

PASSING = {
    "django_session": "what a session remembers",
    "django_q_ormq": "a job that waits is signed anew each time",
    "usersessions_usersession": "where one is signed in",
}


def rows_of(model):
    rows = {}
    for row in model._base_manager.order_by("pk").values():
        rows[row[model._meta.pk.attname]] = row
    return rows


def snapshot(only=None):
    """All rows of all tables, or of those that were written to."""
    return {
        model: rows_of(model)
        for model in apps.get_models()
        if model._meta.db_table not in PASSING and (only is None or model._meta.db_table in only)
    }


def difference(before, after):
    """Lines that tell what was added, changed and taken away; equal for two requests that did the same."""
    fresh = {
        (model, str(key))
        for model, rows in after.items()
        for key in rows
        if key not in before[model]
    }
    told = []
    for model, rows in after.items():
        label = model._meta.label_lower
        told += [f"{label} {key} is gone" for key in before[model] if key not in rows]
        for key, row in rows.items():
            old = before[model].get(key)
            if old is None:
                told.append((label, "new", columns(model, row, fresh)))
            elif old != row:
                changed = {name: value for name, value in row.items() if old[name] != value}
                told.append((label, str(key), columns(model, changed, fresh)))
    return told


def columns(model, row, fresh):
    """The columns that are the same each time; a key of a new row is called so."""
    points = {
        field.attname: field.related_model if field.is_relation else model
        for field in model._meta.fields
        if field.is_relation or field.primary_key
    }
    passing = VOLATILE | VOLATILE_THERE.get(model._meta.label_lower, set())
    kept = {name: value for name, value in row.items() if name not in passing}
    return {
        name: "new" if (points.get(name), str(value)) in fresh else value
        for name, value in kept.items()
    }
