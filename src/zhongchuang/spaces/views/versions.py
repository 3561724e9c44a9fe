"""Adding to, changing, correcting and ending what is recorded of a space."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.access import acting
from zhongchuang.organisations.views import posted
from zhongchuang.page.errors import refused
from zhongchuang.page.refusal import attempt
from zhongchuang.records.actions import put_in
from zhongchuang.records.views.requests import send
from zhongchuang.spaces import actions
from zhongchuang.spaces.access import may_edit, may_reveal
from zhongchuang.spaces.actions.versions import Operation
from zhongchuang.spaces.forms import ROW_FORMS, EndForm, OperatorChangeForm, RevealForm
from zhongchuang.spaces.models import TABLES, Change, Space
from zhongchuang.spaces.rules import major_of
from zhongchuang.spaces.sections import TITLES
from zhongchuang.spaces.views.space import visible_space

Verb = Change.Verb
RECORDED = _("Recorded. What the department decides on waits for its answer.")


def version_on(space, table, series, day=None):
    """The version of a thing that holds on the day, else its newest."""
    rows = TABLES[known(table)].objects.filter(space=space).of(series)
    return rows.on(day or timezone.localdate()).first() or get_object_or_404(
        rows.order_by("-valid_from")[:1]
    )


def form_of(request, at, verb, row, form, **more):
    """The form of a writing, with what holds now filled in."""
    initial = {one.name: getattr(row, one.attname) for one in row.entered()} if row else {}
    initial |= {"version": getattr(row, "version", None), "on": first_day(at, verb)}
    data, files = request.POST or None, request.FILES or None
    found = form(data, files, by=acting(request), initial=initial, **more)
    if verb == Verb.CORRECT:
        del found.fields["on"]
    return found


def first_day(space, verb):
    """The day that is proposed: of a space in preparation that of its opening, else today."""
    begins = verb == Verb.ADD and space.is_in_preparation
    return space.opened if begins else timezone.localdate()


def row_form(request, space, table, verb, row):
    more = {"language": request.display.language[:2]} if table == "host" else {}
    needed = is_decided(space) and table in major_of(space)
    found = form_of(
        request, space, verb, row, ROW_FORMS[table], space=space, reason_needed=needed, **more
    )
    if table == "leases" and verb == Verb.ADD:
        del found.fields["on"]  # a lease holds from its own first day
    return found


def is_decided(space):
    """Whether the department decides on major changes of the space."""
    return space.state == Space.State.CONFIRMED


def major_fields(space, table):
    """Labels of the fields that the department decides on, with the article."""
    if not is_decided(space):
        return []
    fields = TABLES[table]._meta.get_field
    return [
        (fields(name).verbose_name, cite) for name, cite in major_of(space).get(table, {}).items()
    ]


def row_page(request, code, table, series, verb):
    """The page on which a thing is added, changed or corrected."""
    space = visible_space(request, code)
    if refusal := may_edit(acting(request), space):
        return refused(request, refusal)
    row = version_on(space, table, series) if series else None
    form = row_form(request, space, known(table), verb, row)
    page = {
        "template": "spaces/row.html", "space": space, "table": table, "title": TITLES[table],
        "row": row, "verb": verb, "major": major_fields(space, table),
    }  # fmt: skip
    return sent(request, form, space, table, verb, row, page)


def sent(request, form, space, table, verb, row, page):
    """The page of a writing, or the writing itself."""
    series = getattr(row, "series", None)
    act = partial(write, space, table, verb, row, form, acting(request))
    return send(
        request, form, act, purpose=f"spaces.{table}.{verb}", key=f"{space.code} {series or ''}".strip(),
        title=f"{space.name}: {TITLES[table]}", done=RECORDED, to=space.get_absolute_url(), page=page,
    )  # fmt: skip


def known(table):
    if table not in ROW_FORMS:
        raise Http404
    return table


def write(space, table, verb, row, form, me, **given):
    """Carry out what the form says, with the file that it brought."""
    on = row.valid_from if verb == Verb.CORRECT else given.get("on") or given["begins"]
    operation = Operation(table, verb, on, form.values, getattr(row, "series", None))
    fresh = [put_in(given["file"], by=me)] if given["file"] else []
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
    row = version_on(space, known(table), series)
    form = form_of(request, space, Verb.END, row, EndForm, reason_needed=is_decided(space))
    page = {"template": "spaces/end.html", "space": space, "title": TITLES[table], "row": row}
    return sent(request, form, space, table, Verb.END, row, page)


@login_required
def change_operator(request, code):
    """Hand the space over to another operator; of a registered space the department decides."""
    space, me = visible_space(request, code), acting(request)
    if refusal := may_edit(me, space):
        return refused(request, refusal)
    row = space.particulars_rows.get(valid_until=None)
    form = form_of(request, space, Verb.REVISE, row, OperatorChangeForm, reason_needed=True)
    page = {"template": "spaces/operator.html", "space": space, "row": row}
    return sent(request, form, space, "particulars", Verb.REVISE, row, page)


@login_required
def reveal_number(request, code, series):
    """Open a sealed number of a member of staff: shown on the answer to this one request, and nowhere else."""
    space, me = visible_space(request, code), acting(request)
    row = version_on(space, "staff", series)
    if refusal := may_reveal(me, row):
        return refused(request, refusal)
    form, page = RevealForm(posted(request), row=row), {"space": space, "row": row}
    if form.is_valid():
        given = form.cleaned_data
        page["seen"] = attempt(form, partial(actions.reveal_number, row, by=me, **given))
        page["label"] = row._meta.get_field(given["field"]).verbose_name
    return render(request, "spaces/reveal.html", page | {"form": form})
