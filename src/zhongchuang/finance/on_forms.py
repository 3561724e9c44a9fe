"""Investments in residents of a space as they stand in the list of a form."""

from zhongchuang.finance.models import Investment
from zhongchuang.spaces.on_forms import cells


def on_forms(name, me, space, since, on):
    """Money that residents received in the days since then, the oldest first."""
    if name != "investments":
        return
    lines = Investment.objects.visible_to(me).standing().filter(space=space, day__range=(since, on))
    for line in lines.select_related("resident").order_by("day", "pk"):
        yield cells(line, ("day", "source", "form", "amount", "investor", "arrived")) | {"resident": line.resident.name}  # fmt: skip
