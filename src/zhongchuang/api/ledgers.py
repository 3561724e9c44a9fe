"""Ledgers of daily work: what a space did, line by line, written down, corrected and struck out by programs (XC-5)."""

from datetime import date
from functools import partial
from typing import Annotated

from django import forms
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _
from ninja import Query, Status
from pydantic import Field

from zhongchuang.api.answers import MISSING, Invalid, faults_of
from zhongchuang.api.noun import Noun, RequestKey, carried_out_once
from zhongchuang.api.rows import Value, line_values
from zhongchuang.api.shapes import (
    Code,
    Key,
    Moment,
    Number,
    Page,
    Paged,
    Shape,
    Told,
    line,
    page_of,
)
from zhongchuang.api.spaces import visible_space
from zhongchuang.ledgers import actions
from zhongchuang.ledgers.access import may_correct, may_write
from zhongchuang.ledgers.declaration import ledgers as all_ledgers
from zhongchuang.ledgers.views.lists import counted
from zhongchuang.page.refusal import Refused, require
from zhongchuang.residents.actions import take_in
from zhongchuang.residents.forms import TakeInForm
from zhongchuang.services.actions import appoint
from zhongchuang.services.forms import AppointForm

of_space = Noun("ledgers", scope="spaces")
lines = Noun("ledgers", scope="spaces")
BY = ("day", "pk")
NO_FIELD = gettext_lazy("There is no such field.")
BEGINNINGS = {"stays": (TakeInForm, take_in), "mentors": (AppointForm, appoint)}
"""Ledgers whose lines begin with more than the line: form and action of the page on which people begin them."""
NOT_SENT = ("file", "version", "request_key")
LedgerName = Annotated[str, Field(pattern=r"^[a-z]{1,30}$", description=_("The name of a ledger."))]
Values = Annotated[
    dict[str, str | int | bool | list[str] | None],
    Field(description=_("By field. Residents stand by their codes; what is null is unknown.")),
]


class LedgerTold(Told):
    name: str
    title: str
    group: str
    lines: int
    last: Annotated[date | None, Field(description=_("The newest day in it."))]


class LineTold(Told):
    """A line; what is not known is left out of its values."""

    key: Key
    ledger: str
    space: str
    day: date
    until: date | None
    version: Annotated[int, Field(description=_("Send it back when you correct the line."))]
    recorded: Moment
    struck: Annotated[Moment | None, Field(description=_("When it was struck out."))]
    struck_reason: str | None
    values: dict[str, Value]


class LinesAsked(Paged):
    year: Annotated[int | None, Field(ge=1900, le=2199)] = None
    struck: Annotated[bool, Field(description=_("Also what was struck out."))] = False


class NewLine(Shape):
    values: Values


class Corrected(Shape):
    version: Number
    values: Values


class Struck(Shape):
    version: Number
    reason: Annotated[line(500), Field(min_length=1)]


def ledger_named(name):
    found = all_ledgers().get(name)
    if found is None:
        raise Refused(MISSING)
    return found


def told(found):
    return LineTold(
        key=found.key, ledger=found.ledger, space=found.space.code, day=found.day,
        until=getattr(found, "until", None), version=found.version, recorded=found.recorded,
        struck=found.struck, struck_reason=found.struck_reason or None, values=line_values(found),
    )  # fmt: skip


def with_all(found, model):
    """Lines with whatever their values name: a page costs the same for any number of lines."""
    single = [one.name for one in model._meta.concrete_fields if one.many_to_one]
    several = [one.name for one in model._meta.many_to_many]
    return found.select_related(*single).prefetch_related(*several)


@of_space.reads("/{code}/ledgers/", list[LedgerTold], summary=_("Ledgers of a space"))
def list_ledgers(request, code: Code):
    space, told_of, year = visible_space(request, code), [], timezone.localdate().year
    for name, one in all_ledgers().items():
        count = counted(one, space, year)
        told_of.append(LedgerTold(name=name, title=str(one.title), group=one.group, lines=count["all"], last=count["last"]))  # fmt: skip
    return told_of


@of_space.reads("/{code}/ledgers/{name}/", Page[LineTold], summary=_("Lines of a ledger"))
def list_lines(request, code: Code, name: LedgerName, asked: Query[LinesAsked]):
    space, shown = visible_space(request, code), ledger_named(name)
    found = with_all(shown.model.objects.filter(space=space), shown.model)
    found = found.filter(day__year=asked.year) if asked.year else found
    return page_of(found if asked.struck else found.standing(), told, asked, by=BY)


@of_space.writes("/{code}/ledgers/{name}/", {201: LineTold}, summary=_("Write a line down"))
def write_line(request, code: Code, name: LedgerName, given: NewLine, key: RequestKey = None):
    space, shown, by = visible_space(request, code), ledger_named(name), request.auth
    require(may_write(by, space))
    form, act = BEGINNINGS.get(name, (shown.form, partial(actions.write_down, shown.model)))
    require(None if shown.written or name in BEGINNINGS else actions.NOT_HERE)
    filled = validated(form, given.values, by=by, space=space, instance=shown.model(space=space))

    def write():
        return str(act(space, by=by, **filled.cleaned_data).key)

    asked = {"space": code, "ledger": name} | given.model_dump()
    made = carried_out_once(key, write, by=by, name="write line", given=asked)
    return Status(201, told(visible_line(request, name, made)[1]))


def validated(form, values, *, by, space, instance):
    """The form of a ledger filled with values by name; what it does not take is told field by field."""
    filled = form(by=by, space=space, instance=instance)
    for name in NOT_SENT:
        filled.fields.pop(name, None)
    for field in filled.fields.values():
        if isinstance(field, forms.ModelChoiceField) and hasattr(field.queryset.model, "code"):
            field.to_field_name = "code"
    if unknown := {name: str(NO_FIELD) for name in values if name not in filled.fields}:
        raise Invalid(unknown)
    before = filled.initial if instance.pk else filled.initial | {"day": None}
    held = {name: field.prepare_value(before.get(name)) for name, field in filled.fields.items()}
    filled.data = held | values
    filled.is_bound = True
    if not filled.is_valid():
        raise Invalid(faults_of(filled))
    return filled


def visible_line(request, name, key):
    """A line that the asker sees, with its ledger."""
    shown = ledger_named(name)
    found = with_all(shown.model.objects.visible_to(request.auth), shown.model)
    return shown, get_object_or_404(found, key=key)


@lines.reads("/{name}/{key}/", LineTold, summary=_("One line"))
def one_line(request, name: LedgerName, key: Key):
    return told(visible_line(request, name, key)[1])


@lines.writes("/{name}/{key}/correct/", {200: LineTold}, summary=_("Correct a line"))
def correct_line(request, name: LedgerName, key: Key, given: Corrected):
    shown, found = visible_line(request, name, key)
    require(may_correct(request.auth, found) if shown.written else actions.NOT_HERE)
    filled = validated(shown.form, given.values, by=request.auth, space=found.space, instance=found)
    actions.correct(found, by=request.auth, version=given.version, **filled.cleaned_data)
    return told(visible_line(request, name, key)[1])


@lines.writes("/{name}/{key}/strike/", {200: LineTold}, summary=_("Strike a line out"))
def strike_line(request, name: LedgerName, key: Key, given: Struck):
    shown, found = visible_line(request, name, key)
    require(may_correct(request.auth, found) if shown.written else actions.NOT_HERE)
    actions.strike(found, by=request.auth, version=given.version, reason=given.reason)
    return told(visible_line(request, name, key)[1])
