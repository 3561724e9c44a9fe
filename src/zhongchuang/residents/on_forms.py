"""The residents of a space as they stand in the list of a form."""

from zhongchuang.residents.models import Stay
from zhongchuang.spaces.on_forms import cell, cells

OF_RESIDENT = ("name", "kind", "credit_code", "registered", "field", "product")
OF_STAY = ("area", "people", "agreement", "agreement_ends", "free_months", "monthly_fee", "registered_here")  # fmt: skip


def on_forms(name, me, space, _since, on):
    """Who is there on a day, each once, in the order of moving in."""
    if name != "residents":
        return
    stays = Stay.objects.visible_to(me).standing().on(on).filter(space=space).order_by("day", "pk")
    told = set()
    for stay in stays.select_related("resident__region", "resident__merged_into__region").prefetch_related("stages", "occupations"):  # fmt: skip
        resident = stay.resident.merged_into or stay.resident
        if resident.pk not in told:
            told.add(resident.pk)
            yield row(stay, resident)


def row(stay, resident):
    return cells(resident, OF_RESIDENT) | cells(stay, OF_STAY) | {
        "region": resident.region and str(resident.region),
        "since": stay.day,
        "stage": stay.stage and cell(stay.stage, "name"),
        "desks": stay.desks,
    }  # fmt: skip
