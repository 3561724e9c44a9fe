"""Changes of spaces: asked for by the operator, decided by the department, both versions kept (SH-3)."""

from datetime import date
from typing import Annotated

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _
from ninja import Body, Query, Status
from pydantic import Field

from zhongchuang.api.answers import Invalid, faults_of
from zhongchuang.api.noun import Noun, RequestKey, carried_out_once
from zhongchuang.api.rows import AnyChange, RowTold, Value, row_told, values_told
from zhongchuang.api.shapes import (
    Code,
    Key,
    Moment,
    Page,
    Paged,
    Shape,
    Told,
    line,
    one_of,
    page_of,
)
from zhongchuang.api.spaces import visible_space
from zhongchuang.page.refusal import require
from zhongchuang.records.models import Evidence
from zhongchuang.spaces import actions
from zhongchuang.spaces.access import may_edit
from zhongchuang.spaces.actions.versions import Operation, unpacked
from zhongchuang.spaces.forms import ROW_FORMS, PlatformsField
from zhongchuang.spaces.models import TABLES, Change, Space
from zhongchuang.spaces.rules import major_of

changes = Noun("changes", scope="spaces")
BY = ("proposed", "pk")
Verb = Change.Verb
NEEDED = gettext_lazy("This is needed.")
NEW_THING = gettext_lazy("A new thing has none. Leave it out.")
NO_SUCH_FILE = gettext_lazy("Your organisation has no such file. Hand it in first.")


class ChangeTold(Told):
    key: Key
    space: Annotated[str, Field(description=_("The code of a space."))]
    table: str
    verb: one_of(Change.Verb)
    series: Key | None
    on: date
    state: one_of(Change.State)
    reason: str | None
    answer: Annotated[str | None, Field(description=_("Why it was not confirmed."))]
    proposed: Moment
    decided: Moment | None


class WholeChange(ChangeTold):
    old: dict[str, Value]
    new: dict[str, Value]


class Outcome(Told):
    """`recorded`: it counts, and `row` is what was written. `waiting`: the department decides on `change`."""

    outcome: Annotated[str, Field(pattern="^(recorded|waiting)$")]
    row: RowTold | None = None
    change: WholeChange | None = None


class ChangesAsked(Paged):
    space: Code | None = None
    state: one_of(Change.State) | None = None


class Answer(Shape):
    answer: Annotated[line(500), Field(min_length=1, description=_("The operator reads this."))]


def values_of(change):
    return {
        "key": change.key, "space": change.space.code, "table": change.table, "verb": change.verb,
        "series": change.series, "on": change.on, "state": change.state,
        "reason": change.reason or None, "answer": change.answer or None,
        "proposed": change.proposed, "decided": change.decided,
    }  # fmt: skip


def told(change):
    return ChangeTold(**values_of(change))


def told_whole(change):
    model = TABLES[change.table]
    old, new = (
        {
            name: value
            for name, value in values_told(model(**unpacked(model, values))).items()
            if name in values
        }
        for values in (change.old, change.values)
    )
    return WholeChange(**values_of(change), old=old, new=new)


def visible(request):
    return Change.objects.visible_to(request.auth).select_related(
        "space__operator", "space__region"
    )


def visible_change(request, key):
    return get_object_or_404(visible(request), key=key)


@changes.reads("/", Page[ChangeTold], summary=_("List changes"))
def list_changes(request, asked: Query[ChangesAsked]):
    found = visible(request)
    if asked.space:
        found = found.filter(space__code=asked.space)
    if asked.state:
        found = found.filter(state=asked.state)
    return page_of(found, told, asked, by=BY)


@changes.reads("/{key}/", WholeChange, summary=_("One change, old and new"))
def one_change(request, key: Key):
    return told_whole(visible_change(request, key))


def decided(request, key, act, **given):
    act(visible_change(request, key), by=request.auth, **given)
    return told_whole(visible_change(request, key))


@changes.writes("/{key}/confirm/", {200: WholeChange}, summary=_("Confirm a change"))
def confirm_change(request, key: Key):
    return decided(request, key, actions.confirm_change)


@changes.writes("/{key}/refuse/", {200: WholeChange}, summary=_("Do not confirm a change"))
def refuse_change(request, key: Key, given: Answer):
    return decided(request, key, actions.refuse_change, answer=given.answer)


@changes.writes("/{key}/withdraw/", {200: WholeChange}, summary=_("Withdraw a change"))
def withdraw_change(request, key: Key):
    return decided(request, key, actions.withdraw_change)


# --- asking for one -------------------------------------------------------------------------------

proposals = Noun("changes", scope="spaces")


@proposals.writes(
    "/{code}/changes/",
    {201: Outcome, 202: Outcome},
    summary=_("Change what is recorded of a space"),
)
def change_space(request, code: Code, given: Body[AnyChange], key: RequestKey = None):
    space = visible_space(request, code)
    require(may_edit(request.auth, space))

    def act():
        done = written(space, given, by=request.auth)
        if isinstance(done, Change):
            return {"change": str(done.key)}
        return {"table": given.table, "row": done.pk}

    asked = given.model_dump(mode="json") | {"space": code}
    return outcome_of(
        carried_out_once(key, act, by=request.auth, name="change", given=asked), request
    )


def outcome_of(done, request):
    if "change" in done:
        change = told_whole(visible_change(request, done["change"]))
        return Status(202, Outcome(outcome="waiting", change=change))
    row = TABLES[done["table"]].objects.visible_to(request.auth).get(pk=done["row"])
    return Status(201, Outcome(outcome="recorded", row=row_told(row)))


def written(space, given, *, by):
    """Carry out the operation: the values go through the form of the table, as they do on the pages."""
    faults = faults_in(space, given)
    files = files_of(given, by, faults)
    if faults:
        raise Invalid(faults)
    operation = Operation(given.table, given.verb, given.on, {}, given.series)
    row = operation.current(space)
    on = row.valid_from if given.verb == Verb.CORRECT else given.on
    values = {} if given.verb == Verb.END else cleaned(space, given, row, by)
    operation = Operation(given.table, given.verb, on, values, given.series)
    return actions.write(
        space, operation, by=by, reason=given.reason, evidence=files, version=given.version
    )


def faults_in(space, given):
    """What the shapes cannot say: which fields the verb needs, and where a reason is needed."""
    faults = {}
    for name in ("series", "version"):
        if given.verb == Verb.ADD and getattr(given, name) is not None:
            faults[name] = str(NEW_THING)
        if given.verb != Verb.ADD and getattr(given, name) is None:
            faults[name] = str(NEEDED)
    if (
        space.state == Space.State.CONFIRMED
        and given.table in major_of(space)
        and not given.reason.strip()
    ):
        faults["reason"] = str(NEEDED)
    return faults


def files_of(given, by, faults):
    own = Evidence.objects.visible_to(by).current().filter(organisation=by.organisation)
    found = list(own.filter(key__in=given.evidence))
    if len(found) < len(set(given.evidence)):
        faults["evidence"] = str(NO_SUCH_FILE)
    return found


def cleaned(space, given, row, by):
    """The values that the table takes: those given, laid over those that hold."""
    sent = given.values.model_dump(mode="json", exclude_unset=True)
    data = entered(row) | {name: as_entered(name, value) for name, value in sent.items()}
    held = {one.name: getattr(row, one.attname) for one in row.entered()} if row else {}
    form = ROW_FORMS[given.table](data, by=by, space=space, initial=held)
    for name in set(form.fields) - set(
        form.Meta.fields
    ):  # day, reason and files stand in the shape
        del form.fields[name]
    if not form.is_valid():
        raise Invalid({f"values.{name}": text for name, text in faults_of(form).items()})
    return form.values


def entered(row):
    """A row as the fields of its form would hold it."""
    held = values_told(row) if row else {}
    return {name: as_entered(name, value) for name, value in held.items()}


def as_entered(name, value):
    if name == "platforms":
        return [PlatformsField.NONE] if value == [] else value or []
    return "" if value is None else value
