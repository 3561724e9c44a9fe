"""What of the register of spaces stands in the list of a form: the staff, the equipment, the premises of a day."""

from zhongchuang.spaces.models import TABLES

TABLES_OF = {"staff": "staff", "equipment": "equipment", "premises": "premises"}


def on_forms(name, me, space, _since, on):
    """The rows of a list that hold on a day, each as values by name, without numbers that are sealed."""
    if name not in TABLES_OF:
        return
    rows = TABLES[TABLES_OF[name]].objects.visible_to(me).on(on).filter(space=space)
    for row in rows.order_by("valid_from", "pk"):
        yield cells(row, FIELDS[name]) | {"since": row.valid_from}


FIELDS = {
    "staff": ("name", "duty", "education", "fulltime", "professional"),
    "equipment": ("name", "model", "pieces", "value", "holding", "shared"),
    "premises": (
        "name", "address", "floor_area", "public_area", "desk_area", "desks", "tenure",
    ),
}  # fmt: skip


def cells(row, names):
    """Fields of a row by name, choices as their words; None is unknown."""
    return {name: cell(row, name) for name in names}


def cell(row, name):
    if row._meta.get_field(name).choices:
        return str(getattr(row, f"get_{name}_display")()) or None
    value = getattr(row, name)
    return None if value == "" else value
