"""Spaces as files: the list as it is filtered, and the whole record of one space. Both read back as they are."""

from django.utils import timezone
from django.utils.translation import gettext as _

from zhongchuang.imports.reading import tongue
from zhongchuang.imports.workbooks import cells_of
from zhongchuang.spaces.importable.opening import HOST, PARTICULARS, SITE, STAFF, all_columns
from zhongchuang.spaces.importable.rows import tables, with_value_columns
from zhongchuang.spaces.models import TABLES
from zhongchuang.spaces.sections import TITLES, history_of
from zhongchuang.tables.writing import OutSheet, write

AT_ONCE = 1000


def register_file(spaces, kind):
    """The spaces of a list in a file of the kind, one a row, with their figures of today."""
    columns = all_columns()
    header = [one.heading(tongue()) for one in columns] + [_("State")]
    rows = register_rows(spaces, columns)
    return write([OutSheet(_("Register of a region"), header, rows)], kind)


def register_rows(spaces, columns):
    """The rows, read by the thousand."""
    keys = list(spaces.order_by("registered", "pk").values_list("pk", flat=True))
    on = timezone.localdate()
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        recorded = {name: held(name, some, on) for name in ("particulars", "premises", "staff-count", "equipment", "host")}  # fmt: skip
        found = spaces.model.objects.filter(pk__in=some).order_by("registered", "pk")
        for space in found.select_related("operator", "region"):
            yield [*cells_of(columns, figures(space, recorded)), str(space.get_state_display())]


def held(table, keys, on):
    """What holds on the day, by space."""
    rows = TABLES[table].objects.on(on).filter(space__in=keys)
    if table == "particulars":
        rows = rows.select_related("operator", "region")
    found = {}
    for row in rows:
        found.setdefault(row.space_id, []).append(row)
    return found


def figures(space, recorded):
    """The values of one row; a sum of which a part is missing is unknown."""
    rows = {name: found.get(space.pk, []) for name, found in recorded.items()}
    values = {
        "space_code": space.code, "kind": space.kind, "opened": space.opened, "name": space.name,
        "operator": space.operator.name, "credit_code": space.operator.credit_code, "region": space.region,
    }  # fmt: skip
    for row in rows["particulars"]:
        values |= {name: getattr(row, name) for name in PARTICULARS}
        values |= {"operator": row.operator.name, "credit_code": row.operator.credit_code}
    sites = rows["premises"]
    values |= {name: total(sites, name) for name in SITE if name != "tenure"}
    values["tenure"] = same(sites, "tenure")
    for row in rows["staff-count"]:
        values |= {name: getattr(row, name) for name in STAFF}
    values["equipment_value"] = total(rows["equipment"], "value")
    for row in rows["host"]:
        values |= {name: getattr(row, field) for name, field in HOST.items()}
    return values


def total(rows, name):
    parts = [getattr(row, name) for row in rows]
    return sum(parts) if parts and None not in parts else None


def same(rows, name):
    found = {getattr(row, name) for row in rows}
    return found.pop() if len(found) == 1 else ""


# --- one space ------------------------------------------------------------------------------------


def record_file(space):
    """Everything that is recorded of a space: a sheet for each table as of today, and one of all versions."""
    return write([*record_sheets(space), versions_sheet(space)], "xlsx")


def record_sheets(space):
    on = timezone.localdate()
    whole = {name: held(name, [space.pk], on) for name in ("particulars", "premises", "staff-count", "equipment", "host")}  # fmt: skip
    columns = all_columns()
    header = [one.heading(tongue()) for one in columns]
    yield OutSheet(str(TITLES["particulars"]), header, [cells_of(columns, figures(space, whole))])
    sites = dict(TABLES["premises"].objects.filter(space=space).values_list("series", "name"))
    for table in map(with_value_columns, tables()):
        header = [one.heading(tongue()) for one in table.columns]
        rows = TABLES[table.name].objects.filter(space=space).on(on).order_by("valid_from", "pk")
        yield OutSheet(str(table.title)[:31], header, [cells_of(table.columns, values_of(row, table, sites)) for row in rows])  # fmt: skip


def values_of(row, table, sites):
    """The values of a dated row by the names of its columns."""
    names = [one.name for one in table.columns if one.name != "since"]
    found = {name: getattr(row, name) for name in names} | {"since": row.valid_from}
    if "site" in found:
        found["site"] = sites.get(row.site, "")
    return found


def versions_sheet(space):
    """Every version with its days, the newest first."""
    header = [_("Table"), _("What"), _("Since"), _("Until"), _("Recorded"), _("Recorded by")]
    rows = [
        [
            str(one.title), str(one.row), one.row.valid_from, one.row.valid_until,
            f"{timezone.localtime(one.row.recorded):%Y-%m-%d %H:%M}", getattr(one.row.recorded_by, "name", ""),
        ]
        for one in history_of(space)
    ]  # fmt: skip
    return OutSheet(_("Versions"), header, rows)
