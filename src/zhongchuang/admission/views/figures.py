"""Figures of a year or a month: the operator asks for them, residents give them on a telephone, the operator confirms."""

from datetime import timedelta
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
from zhongchuang.admission.forms import AskForm, PeriodForm, WordsForm, form_of, years
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
from zhongchuang.residents.models import MonthReport, Resident, Stay
from zhongchuang.residents.models.month import last_day, years_of
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
    months = from_months(it)
    page = {"it": it, "token": token, "is_open": it.state in Figures.WRITTEN, "months": months}
    form = form_of(it)(
        posted(request), initial=months | it.given | {"giver": it.giver, "version": it.version}
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


def year_of_months(it):
    """The year of these figures by the months that stand at the same space; None of a month, or where none stands."""
    if it.monthly:
        return None
    lines = MonthReport.objects.standing().filter(space=it.space, resident=it.resident, day__year=it.day.year)  # fmt: skip
    return next(iter(years_of(lines, it.resident)), None)


def from_months(it):
    """What a form of a year that nobody has filled in yet begins with: what its twelve months add up to."""
    year = year_of_months(it) if it.state == Figures.State.ASKED else None
    fields = form_of(it)._meta.fields
    return {name: value for name, value in year.figures.items() if name in fields} if year and year.whole else {}  # fmt: skip


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


def to_ask(space, time):
    """Residents who stayed at the end of a year or month, whose figures are neither known nor asked for, each with the address known."""
    stayed = Stay.objects.standing().filter(space=space).on(time.day).values("resident")
    known = time.table.objects.standing().filter(space=space, day=time.day).values("resident")
    asked = Figures.objects.standing().filter(space=space, period=time.period, day=time.day)
    asked = asked.values("resident")
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
    """Ask residents for the figures of a year or a month, each by a letter."""
    space, me = own_space(request, code), acting(request)
    choice = PeriodForm(request.GET if "period" in request.GET else None)
    when = choice.cleaned_data["period"] if choice.is_valid() else {"year": years()[0][0]}
    time = Figures(space=space, **actions.time_of(**when))
    rows = to_ask(space, time)
    form = AskForm(posted(request), asked=rows[:AT_ONCE])
    page = {
        "template": "admission/ask.html", "space": space, "choice": choice, "time": time, "more": len(rows) > AT_ONCE
    }  # fmt: skip
    return send(
        request, form, partial(actions.ask, space, by=me, **when), purpose="admission.ask", key=f"{code}-{time.period}-{time.day}",
        title=space.name, done=_("The letters are on their way."), page=page, to=("admission:all_figures", code),
        refusal=may_write(me, space),
    )  # fmt: skip


def seen_figures(request, key):
    found = Figures.objects.visible_to(acting(request))
    found = found.select_related("space__operator", "space__region", "resident", "report", "month", "decided_by")  # fmt: skip
    return get_object_or_404(found, key=key)


def read(it):
    """The figures as the form reads them: numbers, and None for what is unknown."""
    form = form_of(it)({**it.given, "giver": it.giver or "-", "version": it.version})
    form.full_clean()
    return {name: form.cleaned_data.get(name) for name in form._meta.fields}


def beside(it):
    """Each figure with its label, the one in the ledger for that time, the one of the time before, and of a year what its months add up to."""
    earlier = before(it)
    lines = it.table.objects.standing().filter(space=it.space, resident=it.resident, day__in=(it.day, earlier))  # fmt: skip
    by_day = {line.day: line for line in lines}
    months = year_of_months(it)
    summed = months.figures if months else {}
    return [
        (it.table._meta.get_field(name).verbose_name, *(cell(it.table, name, one) for one in (
            value, getattr(by_day.get(it.day), name, None), getattr(by_day.get(earlier), name, None), summed.get(name),
        )))
        for name, value in read(it).items()
    ]  # fmt: skip


def before(it):
    """The last day of the year or month before."""
    if it.monthly:
        return it.day.replace(day=1) - timedelta(days=1)
    return last_day(it.day.year - 1, it.day.month)


def cell(table, name, value):
    """A figure, a choice or a name in words; empty where it is unknown."""
    field = table._meta.get_field(name)
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
        "months": year_of_months(it),
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
        note=_("They are written into the ledger; who gave them stands in its history. What was left blank stays unknown."),
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
