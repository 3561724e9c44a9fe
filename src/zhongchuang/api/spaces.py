"""Spaces: the register as the asker sees it, their rows on a day, and their way into the register."""

from datetime import date
from typing import Annotated

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Query, Status
from pydantic import Field

from zhongchuang.api.answers import Invalid, faults_of
from zhongchuang.api.noun import Noun, RequestKey, carried_out_once
from zhongchuang.api.regions import within
from zhongchuang.api.rows import RowTold, Table, row_told
from zhongchuang.api.shapes import (
    Code,
    Day,
    Moment,
    Number,
    Page,
    Paged,
    Quantity,
    RegionCode,
    Shape,
    Told,
    line,
    one_of,
    page_of,
    quantity,
)
from zhongchuang.page.refusal import require
from zhongchuang.spaces import actions
from zhongchuang.spaces.access import may_register
from zhongchuang.spaces.forms import NewSpaceForm
from zhongchuang.spaces.models import TABLES, Particulars, Space

spaces = Noun("spaces", scope="spaces")
BY = ("registered", "pk")


class Operator(Told):
    id: int
    name: str
    credit_code: str | None


class SpaceTold(Told):
    code: str
    name: str
    kind: one_of(Space.Kind)
    state: one_of(Space.State)
    region: Annotated[str, Field(description=_("The code of a region."))]
    operator: Operator
    opened: date
    closed_on: date | None
    industry: str | None
    floor_area: Quantity | None
    desks: Quantity | None
    registered: Moment
    submitted: Moment | None
    decided: Moment | None
    reason: Annotated[str | None, Field(description=_("Why it was returned or closed."))]


class SpacesAsked(Paged):
    q: Annotated[
        line(100) | None,
        Field(description=_("Words of the name, the operator or the place; pinyin initials too.")),
    ] = None
    region: Annotated[
        RegionCode | None, Field(description=_("The code of a region; what lies in it counts too."))
    ] = None
    operator: Number | None = None
    kind: one_of(Space.Kind) | None = None
    state: one_of(Space.State) | None = None
    industry: one_of(Particulars.Industry) | None = None


class RowsAsked(Shape):
    table: Table | None = None
    on: Annotated[Day | None, Field(description=_("What held that day; today if not said."))] = None


class NewSpace(Shape):
    name: line(200)
    short_name: line(60) = ""
    kind: one_of(Space.Kind)
    opened: Annotated[Day, Field(description=_("The day on which it began to operate."))]
    region: RegionCode
    address: line(200)


class Reason(Shape):
    reason: Annotated[line(1000), Field(min_length=1)]


def told(space):
    return SpaceTold(
        code=space.code, name=space.name, kind=space.kind, state=space.state,
        region=space.region.code,
        operator=Operator(
            id=space.operator_id, name=space.operator.name,
            credit_code=space.operator.credit_code or None,
        ),
        opened=space.opened, closed_on=space.closed_on, industry=space.industry or None,
        floor_area=quantity(space.floor_area, "m2"), desks=quantity(space.desks, "desk"),
        registered=space.registered, submitted=space.submitted, decided=space.decided,
        reason=space.reason or None,
    )  # fmt: skip


def visible(request):
    return Space.objects.visible_to(request.auth).select_related("operator", "region")


def visible_space(request, code):
    return get_object_or_404(visible(request), code=code)


@spaces.reads("/", Page[SpaceTold], summary=_("List spaces"))
def list_spaces(request, asked: Query[SpacesAsked]):
    given = asked.model_dump(exclude={"limit", "cursor", "q", "region"}, exclude_none=True)
    found = visible(request).found_by(asked.q or "").filter(**given)
    if asked.region:
        found = found.filter(within(asked.region))
    return page_of(found, told, asked, by=BY)


@spaces.writes("/", {201: SpaceTold}, summary=_("Register a space"))
def register_space(request, given: NewSpace, key: RequestKey = None):
    require(may_register(request.auth))
    form = NewSpaceForm(given.model_dump() | {"request_key": key or ""})
    del form.fields["request_key"]
    if not form.is_valid():
        raise Invalid(faults_of(form))

    def act():
        return actions.register(by=request.auth, **form.cleaned_data).code

    code = carried_out_once(key, act, by=request.auth, name="register", given=given.model_dump())
    return Status(201, told(visible_space(request, code)))


@spaces.reads("/{code}/", SpaceTold, summary=_("One space"))
def one_space(request, code: Code):
    return told(visible_space(request, code))


@spaces.reads("/{code}/rows/", list[RowTold], summary=_("What is recorded of a space on a day"))
def list_rows(request, code: Code, asked: Query[RowsAsked]):
    space, on = visible_space(request, code), asked.on or timezone.localdate()
    tables = [asked.table] if asked.table else TABLES
    return [row_told(row) for table in tables for row in rows_of(space, table, on)]


def rows_of(space, table, on):
    found = TABLES[table].objects.filter(space=space).on(on)
    related = {"particulars": ("operator", "region"), "photographs": ("evidence",)}
    return found.select_related(*related[table]) if table in related else found


def moved(request, code, act, **given):
    """The space after one of its own verbs."""
    act(visible_space(request, code), by=request.auth, **given)
    return told(visible_space(request, code))


@spaces.writes("/{code}/submit/", {200: SpaceTold}, summary=_("Submit a space to its department"))
def submit_space(request, code: Code):
    return moved(request, code, actions.submit)


@spaces.writes("/{code}/take-back/", {200: SpaceTold}, summary=_("Take a submitted space back"))
def take_back_space(request, code: Code):
    return moved(request, code, actions.take_back)


@spaces.writes("/{code}/confirm/", {200: SpaceTold}, summary=_("Confirm a submitted space"))
def confirm_space(request, code: Code):
    return moved(request, code, actions.confirm)


@spaces.writes("/{code}/return/", {200: SpaceTold}, summary=_("Return a space for correction"))
def return_space(request, code: Code, given: Reason):
    return moved(request, code, actions.return_, reason=given.reason)
