"""Figures of a year: the operator asks for them, residents give them on a telephone, the operator confirms."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhongchuang.admission import actions
from zhongchuang.admission.access import may_cancel, may_confirm, may_renew
from zhongchuang.admission.forms import AskForm, FiguresForm, WordsForm, YearForm, years
from zhongchuang.admission.models import Application, Figures
from zhongchuang.admission.views.deciding import own_space
from zhongchuang.admission.views.public import filled, who_asks
from zhongchuang.ledgers.access import may_write
from zhongchuang.organisations.access import acting
from zhongchuang.organisations.views import posted
from zhongchuang.page.errors import Problem, problem
from zhongchuang.page.paging import page_of
from zhongchuang.records.forms import Seen
from zhongchuang.records.views.requests import send
from zhongchuang.residents.models import Report, Resident, Stay
from zhongchuang.spaces.words import amount

AT_ONCE = 100
"""So many residents are asked in one step; a form holds no more fields. The others follow in the next."""


# --- who gives them -------------------------------------------------------------------------------


@never_cache
def give(request, token):
    """The figures on a telephone, without an account; as they were filled until they are confirmed."""
    found = Figures.objects.under(token).select_related("space", "resident")
    it = get_object_or_404(found.exclude(state=Figures.State.CANCELLED))
    if it.is_over:
        return expired(request, it)
    page = {"it": it, "token": token, "is_open": it.state in Figures.WRITTEN}
    form = FiguresForm(
        posted(request), initial=it.given | {"giver": it.giver, "version": it.version}
    )
    act = lambda: actions.give(it, by=who_asks(request), **form.cleaned_data)  # noqa: E731 -- as short as it reads
    done, answer = filled(request, form, act, "admission/give.html", page)
    if done:
        messages.success(request, _("The figures were handed in. The space looks at them; until then you may correct them."))  # fmt: skip
    return answer or redirect(request.path)


def expired(request, it):
    """The page of a private address that opens nothing any more; it names the space to ask, and nothing that was given."""
    told = Problem(
        _("This private address has expired"),
        _("It was sent on %(day)s and held until %(until)s.")
        % {"day": date_format(localtime(it.sent)), "until": date_format(localtime(it.expires))},
        _("Ask %(space)s to send you a new address; what you handed in stays as it was. With an account you begin at “My applications to move in”.")
        % {"space": it.space.name},
    )  # fmt: skip
    return problem(request, 404, problem=told)


# --- the operator ---------------------------------------------------------------------------------


@login_required
@require_safe
def all_figures(request, code):
    """Everything that was asked for: what waits for the operator first."""
    space, me = own_space(request, code), acting(request)
    found = Figures.objects.visible_to(me).filter(space=space).select_related("resident")
    waiting = found.filter(state=Figures.State.HANDED).order_by("handed", "pk")
    page = {
        "space": space,
        "waiting": waiting[:AT_ONCE],
        "page": page_of(found.exclude(state=Figures.State.HANDED), request, by=("day", "pk")),
        "may_write": may_write(me, space) is None,
    }
    return render(request, "admission/all_figures.html", page)


def to_ask(space, year):
    """Residents who stayed at the end of a year, whose figures are neither known nor asked for, each with the address known."""
    stayed = Stay.objects.standing().filter(space=space).on(f"{year}-12-31").values("resident")
    known = Report.objects.standing().filter(space=space, day__year=year).values("resident")
    asked = Figures.objects.standing().filter(space=space, day__year=year).values("resident")
    rows = Resident.objects.filter(pk__in=stayed).exclude(pk__in=known).exclude(pk__in=asked)
    rows = list(rows.order_by("name", "pk")[: AT_ONCE + 1])
    addresses = dict(
        Application.objects.filter(space=space, stay__resident__in=rows).values_list("stay__resident", "email")
    ) | dict(
        Figures.objects.filter(space=space, resident__in=rows).order_by("day", "pk").values_list("resident", "email")
    )  # fmt: skip
    return [(one, addresses.get(one.pk, "")) for one in rows]


@login_required
def ask(request, code):
    """Ask residents for the figures of a year, each by a letter."""
    space, me = own_space(request, code), acting(request)
    choice = YearForm(request.GET if "year" in request.GET else None)
    year = choice.cleaned_data["year"] if choice.is_valid() else years()[0][0]
    rows = to_ask(space, year)
    form = AskForm(posted(request), asked=rows[:AT_ONCE])
    page = {
        "template": "admission/ask.html", "space": space, "choice": choice, "year": year, "more": len(rows) > AT_ONCE
    }  # fmt: skip
    return send(
        request, form, partial(actions.ask, space, by=me, year=year), purpose="admission.ask", key=f"{code}-{year}",
        title=space.name, done=_("The letters are on their way."), page=page, to=("admission:all_figures", code),
        refusal=may_write(me, space),
    )  # fmt: skip


def seen_figures(request, key):
    found = Figures.objects.visible_to(acting(request))
    found = found.select_related("space__operator", "space__region", "resident", "report", "decided_by")  # fmt: skip
    return get_object_or_404(found, key=key)


def read(it):
    """The figures as the form reads them: numbers, and None for what is unknown."""
    form = FiguresForm({**it.given, "giver": it.giver or "-", "version": it.version})
    form.full_clean()
    return {name: form.cleaned_data.get(name) for name in form._meta.fields}


def beside(it):
    """Each figure with its label, the one in the ledger for that year, and the one of the year before."""
    given = read(it)
    lines = Report.objects.standing().filter(
        space=it.space, resident=it.resident, day__year__in=(it.day.year, it.day.year - 1)
    )
    by_year = {line.day.year: line for line in lines}
    now, before = by_year.get(it.day.year), by_year.get(it.day.year - 1)
    return [
        (Report._meta.get_field(name).verbose_name, *(cell(name, one) for one in (value, getattr(now, name, None), getattr(before, name, None))))
        for name, value in given.items()
    ]  # fmt: skip


def cell(name, value):
    """A figure, a choice or a name in words; empty where it is unknown."""
    field = Report._meta.get_field(name)
    if value in (None, ""):
        return ""
    if field.choices:
        return str(dict(field.choices)[value])
    return value if isinstance(value, str) else amount(value)


@login_required
@require_safe
def figures(request, key):
    """What a resident handed in, beside what the ledger holds."""
    it, me = seen_figures(request, key), acting(request)
    page = {
        "it": it,
        "space": it.space,
        "rows": beside(it),
        "may_confirm": may_confirm(me, it) is None,
        "may_cancel": may_cancel(me, it) is None,
        "may_renew": may_renew(me, it) is None,
    }
    return render(request, "admission/figures.html", page)


def done_with(request, key, form, act, may, *, done, **shown):
    """The page of a verb on figures; `shown` is its button, with a note before it and its look."""
    it, me = seen_figures(request, key), acting(request)
    form = form(posted(request), initial={"version": it.version})
    page = {
        "template": "admission/figures_verb.html", "it": it, "space": it.space, **shown
    }  # fmt: skip
    return send(
        request, form, partial(act, it, by=me), purpose=f"admission.figures.{act.__name__}", key=key, title=str(it),
        done=done, page=page, to=it, refusal=may(me, it),
    )  # fmt: skip


@login_required
def confirm(request, key):
    return done_with(
        request, key, Seen, confirmed, may_confirm, button=_("Confirm the figures"), done=_("The figures stand in the ledger."),
        note=_("They are written into the ledger of yearly figures; who gave them stands in its history. What was left blank stays unknown."),
    )  # fmt: skip


def confirmed(it, *, by, version):
    return actions.confirm(it, by=by, version=version, **read(it))


@login_required
def return_(request, key):
    return done_with(
        request, key, partial(WordsForm, label=_("What is to be corrected"), hint=_("The resident reads this in a letter that leads back to the form as it was filled.")),
        actions.return_, may_confirm, button=_("Return for correction"), done=_("The resident was told what to correct."),
    )  # fmt: skip


@login_required
def cancel(request, key):
    return done_with(
        request, key, Seen, actions.cancel, may_cancel, button=_("Ask no longer"), done=_("The private address is closed."),
        note=_("The private address in the letter closes, and what was filled in is not used. You can ask anew."), look="btn-danger",
    )  # fmt: skip


@login_required
def renew(request, key):
    return done_with(
        request, key, Seen, actions.renew, may_renew, button=_("Send a new address"), done=_("The letter with the new address is on its way."),
        note=_("The address in the letters before opens nothing any more. What was filled in stays."),
    )  # fmt: skip
