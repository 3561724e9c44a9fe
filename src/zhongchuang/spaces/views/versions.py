"""Adding to, changing, correcting and ending what is recorded of a space."""

from functools import partial
from http import HTTPStatus

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from zhongchuang.organisations.access import acting
from zhongchuang.organisations.views import do
from zhongchuang.page.errors import refused
from zhongchuang.page.refusal import Refused
from zhongchuang.records.actions import hand_in
from zhongchuang.spaces import actions
from zhongchuang.spaces.access import may_edit
from zhongchuang.spaces.actions.versions import Operation
from zhongchuang.spaces.forms import ROW_FORMS, EndForm, OperatorChangeForm, WritingForm
from zhongchuang.spaces.models import TABLES, Change, Space
from zhongchuang.spaces.rules import major
from zhongchuang.spaces.sections import TITLES
from zhongchuang.spaces.views.space import visible_space

Verb = Change.Verb


def version_on(space, table, series, day=None):
    """The version of a thing that holds on the day, else its newest."""
    if table not in ROW_FORMS:
        raise Http404
    rows = TABLES[table].objects.filter(space=space).of(series)
    return rows.on(day or timezone.localdate()).first() or get_object_or_404(
        rows.order_by("-valid_from")[:1]
    )


def forms_of(request, space, table, row, verb):
    """The two halves of the page: what is entered, and from when, why and on which proof."""
    me, data, files = acting(request), request.POST or None, request.FILES or None
    more = {"language": request.display.language[:2]} if table == "host" else {}
    initial = {one.name: getattr(row, one.attname) for one in row.entered()} if row else {}
    rows = ROW_FORMS[table](data, initial=initial, space=space, **more)
    return rows, writing_form(me, data, files, space, table, row, verb)


def writing_form(me, data, files, space, table, row, verb, form=WritingForm):
    begins = {Verb.ADD: space.opened, Verb.CORRECT: getattr(row, "valid_from", None)}
    initial = {
        "on": begins.get(verb) or timezone.localdate(),
        "version": getattr(row, "version", None),
    }
    found = form(data, files, by=me, initial=initial, reason_needed=needs_reason(space, table))
    if verb == Verb.CORRECT:
        del found.fields["on"]
    return found


def needs_reason(space, table):
    """A registered space gives a reason for what its department has to decide."""
    return space.state == Space.State.CONFIRMED and table in major()


def row_page(request, code, table, series, verb):
    """The page on which a thing is added, changed or corrected."""
    space = visible_space(request, code)
    if refusal := may_edit(acting(request), space):
        return refused(request, refusal)
    if table not in ROW_FORMS:
        raise Http404
    row = version_on(space, table, series) if series else None
    rows, writing = forms_of(request, space, table, row, verb)
    writing.rows = rows
    page = {
        "template": "spaces/row.html", "space": space, "table": table, "title": TITLES[table],
        "row": row, "verb": verb, "rows": rows, "major": major().get(table) if needs_reason(space, table) else None,
    }  # fmt: skip
    act = partial(write, request, space, table, row, verb, rows, writing)
    if request.method == "POST" and not rows.is_valid():
        writing.is_valid()
        writing.add_error(None, _("Something above needs correction."))
    return do(
        request,
        writing,
        act,
        done=_("Recorded. What the department decides on waits for its answer."),
        to=space,
        page=page,
    )


def write(request, space, table, row, verb, rows, writing):
    """Carry out what both halves of the page say; a file is handed in first."""
    given, me = writing.cleaned_data, acting(request)
    on = row.valid_from if verb == Verb.CORRECT else given["on"]
    operation = Operation(
        table, verb, on, rows.cleaned_data if rows else {}, getattr(row, "series", None)
    )
    return carry_out(space, operation, writing, me)


def carry_out(space, operation, writing, me):
    given = writing.cleaned_data
    try:
        fresh = (
            [hand_in(given["file"], by=me, request_key=given["request_key"])]
            if given["file"]
            else []
        )
    except Refused as fault:
        if fault.refusal.status != HTTPStatus.BAD_REQUEST:
            raise
        writing.add_error("file", str(fault))
        return None
    files = [*fresh, *given.get("evidence", [])]
    return actions.write(
        space, operation, by=me, reason=given["reason"], evidence=files, version=given["version"]
    )


@login_required
def add_row(request, code, table):
    return row_page(request, code, table, None, Verb.ADD)


@login_required
def revise_row(request, code, table, series):
    return row_page(request, code, table, series, Verb.REVISE)


@login_required
def correct_row(request, code, table, series):
    return row_page(request, code, table, series, Verb.CORRECT)


@login_required
def end_row(request, code, table, series):
    """End a thing from a day on; it stays in the history."""
    space, me = visible_space(request, code), acting(request)
    if refusal := may_edit(me, space):
        return refused(request, refusal)
    row = version_on(space, table, series)
    writing = writing_form(
        me, request.POST or None, request.FILES or None, space, table, row, Verb.END, EndForm
    )
    page = {"template": "spaces/end.html", "space": space, "title": TITLES[table], "row": row}
    act = partial(write, request, space, table, row, Verb.END, None, writing)
    return do(
        request,
        writing,
        act,
        done=_("Recorded. What the department decides on waits for its answer."),
        to=space,
        page=page,
    )


@login_required
def change_operator(request, code):
    """Hand the space over to another operator; of a registered space the department decides."""
    space, me = visible_space(request, code), acting(request)
    if refusal := may_edit(me, space):
        return refused(request, refusal)
    row = space.particulars_rows.get(valid_until=None)
    form = writing_form(
        me,
        request.POST or None,
        request.FILES or None,
        space,
        "particulars",
        row,
        Verb.REVISE,
        OperatorChangeForm,
    )
    page = {"template": "spaces/operator.html", "space": space, "row": row}
    act = partial(hand_over, space, row, form, me)
    return do(
        request,
        form,
        act,
        done=_("Recorded. What the department decides on waits for its answer."),
        to=space,
        page=page,
    )


def hand_over(space, row, form, me):
    given = form.cleaned_data
    operation = Operation(
        "particulars", Verb.REVISE, given["on"], {"operator": given["code"]}, row.series
    )
    return carry_out(space, operation, form, me)
