"""One line: writing it down, reading it with its history, correcting it, striking it out."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.db.models import DateField
from django.shortcuts import get_object_or_404, render
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhongchuang.audit.models import Entry
from zhongchuang.ledgers import actions
from zhongchuang.ledgers.access import may_correct, may_write
from zhongchuang.ledgers.forms import StrikeForm
from zhongchuang.ledgers.views.lists import ledger_named
from zhongchuang.organisations.access import acting
from zhongchuang.organisations.views import posted
from zhongchuang.records.actions.requests import changes_in
from zhongchuang.records.models import Evidence
from zhongchuang.records.views.requests import send
from zhongchuang.spaces.models import Proof
from zhongchuang.spaces.views.space import visible_space
from zhongchuang.spaces.words import shown as said


def visible_line(request, name, key):
    """A line that the reader sees, with its ledger."""
    shown, me = ledger_named(name), acting(request)
    found = shown.model.objects.visible_to(me).select_related("space__operator", *shown.queries)
    return shown, get_object_or_404(found, key=key)


def filled(request, shown, space, *, line=None):
    """The form of a ledger with what was sent, the line as it is, or what the address begins it with."""
    named = {field.name for field in shown.model.entered()}
    begun = {} if line else {name: text for name, text in request.GET.items() if name in named}
    return shown.form(
        posted(request), request.FILES or None, by=acting(request), space=space, instance=line or shown.model(space=space),
        initial=begun,
    )  # fmt: skip


def without_version(act, *, version=None, **given):  # noqa: ARG001 -- a new line has no version yet
    return act(**given)


KEPT = ("day", "kind", "stage")
"""What is mostly the same in the next line."""
SHORT = 20


def going_on(request, otherwise):
    """Where one goes after a new line: to its list, or to the next form, begun with the day and the kind of this one."""
    if "again" not in request.POST:
        return otherwise
    kept = {name: request.POST[name][:SHORT] for name in KEPT if request.POST.get(name)}
    return f"{request.path}?{urlencode(kept)}"


@login_required
def new(request, code, name):
    """Write a line down."""
    space, me, shown = visible_space(request, code), acting(request), ledger_named(name)
    act = partial(without_version, partial(actions.write_down, shown.model, space, by=me))
    page = {"template": "ledgers/write.html", "space": space, "ledger": shown, "more": True}
    return send(
        request, filled(request, shown, space), act, purpose=f"ledgers.{name}", key=code, title=f"{shown.button}{_(': ')}{space.name}",
        done=_("It stands in the ledger."), page=page, refusal=may_write(me, space) if shown.written and not shown.begin else actions.NOT_HERE,
        to=going_on(request, ("ledgers:ledger", code, name)),
    )  # fmt: skip


@login_required
@require_safe
def line(request, name, key):
    """A line with everything it says, the files behind it, and who wrote what when."""
    shown, found = visible_line(request, name, key)
    me = acting(request)
    entries = Entry.objects.about(found).order_by("-number")[:50]
    page = {
        "space": found.space,
        "ledger": shown,
        "line": found,
        "cells": cells_of(shown, found),
        "proofs": Proof.objects.filter(series=found.key).select_related("evidence__content"),
        "seen": set(
            Evidence.objects.readable_by(me)
            .filter(proofs__series=found.key)
            .values_list("pk", flat=True)
        ),
        "history": [(entry, told(shown, entry)) for entry in entries],
        "may_correct": shown.written and may_correct(me, found) is None,
        "verbs": shown.verbs(me, found) if shown.verbs else [],
    }
    return render(request, "ledgers/line.html", page)


def cells_of(shown, line):
    """Labels and values: the columns of the list, then what else the line says."""
    columns = [one for one in shown.columns if not one.ending or line.until]
    names = {one.name for one in shown.columns} | {"until"}
    more = [
        one for one in line.entered() if one.name not in names and not one.is_relation and has_words(line, one.name)
    ]  # fmt: skip
    return [(c.label, c.told(line)) for c in columns] + [(one.verbose_name, said(line, one.name)) for one in more]  # fmt: skip


def has_words(line, name):
    return getattr(line, name) not in {None, ""}


def told(shown, entry):
    """What an entry changed, each field by its label."""
    if entry.verb != "line_corrected":
        return []
    fields = {field.name: field for field in [shown.model._meta.get_field("day"), *shown.model.entered()]}  # fmt: skip
    return [in_words(fields[one["name"]], one) if one["name"] in fields else one | {"label": one["name"]} for one in changes_in(entry)]  # fmt: skip


def in_words(field, one):
    """A change with the label of its field; choices as their words, days as pages write them."""
    words = dict(field.flatchoices)
    old, new = one["old"], one["new"]
    if words:
        old, new = words.get(old, old), words.get(new, new)
    elif isinstance(field, DateField):
        old, new = (date_format(parse_date(text)) if text else None for text in (old, new))
    return one | {"label": field.verbose_name, "old": old, "new": new}


@login_required
def correct(request, name, key):
    shown, found = visible_line(request, name, key)
    me = acting(request)
    page = {"template": "ledgers/write.html", "space": found.space, "ledger": shown, "line": found}
    return send(
        request, filled(request, shown, found.space, line=found), partial(actions.correct, found, by=me),
        purpose="ledgers.correct", key=key, title=str(found), done=_("The line was corrected."), page=page,
        to=found, refusal=may_correct(me, found) if shown.written else actions.NOT_HERE,
    )  # fmt: skip


@login_required
def strike(request, name, key):
    shown, found = visible_line(request, name, key)
    me = acting(request)
    form = StrikeForm(posted(request), initial={"version": found.version})
    page = {"template": "ledgers/strike.html", "space": found.space, "ledger": shown, "line": found}
    return send(
        request, form, partial(actions.strike, found, by=me), purpose="ledgers.strike", key=key, title=str(found),
        done=_("The line is struck out."), page=page, to=("ledgers:ledger", found.space.code, name),
        refusal=may_correct(me, found) if shown.written else actions.NOT_HERE,
    )  # fmt: skip
