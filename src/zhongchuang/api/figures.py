"""Facts of a space on a day, by their names in the catalogue, and the records behind each."""

from datetime import date
from typing import Annotated

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_noop as _
from ninja import Query
from pydantic import Field

from zhongchuang.api.answers import MISSING
from zhongchuang.api.noun import Noun
from zhongchuang.api.rows import RowTold, row_told
from zhongchuang.api.shapes import Code, Day, Shape, Told
from zhongchuang.api.spaces import visible_space
from zhongchuang.page.refusal import Refused
from zhongchuang.policy.facts import space_catalogue
from zhongchuang.policy.quantity import exact, write_number
from zhongchuang.records.register import REGISTER, collect, rows_behind

figures = Noun("facts", scope="spaces")
FactName = Annotated[
    str,
    Field(
        pattern=r"^[a-z_]{1,60}(\.(year|total|years3))?$",
        description=_("The name of a fact in the catalogue."),
    ),
]


class FactTold(Told):
    label: str
    value: Annotated[
        str | bool | list[str],
        Field(description=_("An exact amount as text, a code, codes, or yes and no.")),
    ]
    unit: str | None = None


class FactsTold(Told):
    """What is known on the day; a fact that is not named is unknown, not zero."""

    space: str
    on: date
    facts: dict[str, FactTold]


class FactsAsked(Shape):
    on: Annotated[
        Day | None, Field(description=_("The day of the figures; today if not said."))
    ] = None


def told(name, value):
    column = space_catalogue().columns[name]
    fact, label = (
        column.fact,
        space_catalogue().labelled(column, "zh" if get_language().startswith("zh") else "en"),
    )
    if fact.type == "quantity":
        return FactTold(label=label, value=write_number(exact(value)), unit=fact.unit)
    if isinstance(value, frozenset):
        return FactTold(label=label, value=sorted(value))
    return FactTold(label=label, value=value)


@figures.reads("/{code}/facts/", FactsTold, summary=_("Facts of a space on a day"))
def list_facts(request, code: Code, asked: Query[FactsAsked]):
    space, on = visible_space(request, code), asked.on or timezone.localdate()
    known = collect([space.pk], REGISTER.names, on).columns
    facts = {name: told(name, values[0]) for name, values in known.items() if values[0] is not None}
    return FactsTold(space=space.code, on=on, facts=facts)


@figures.reads("/{code}/facts/{name}/rows/", list[RowTold], summary=_("The records behind a fact"))
def list_rows_behind(request, code: Code, name: FactName, asked: Query[FactsAsked]):
    space, on = visible_space(request, code), asked.on or timezone.localdate()
    if name not in REGISTER.names:
        raise Refused(MISSING)
    return [row_told(row) for row in rows_behind(name, space.pk, on, reader=request.auth)]
