"""Who a resident is: its page, its founders, what is put right."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhongchuang.organisations.access import acting
from zhongchuang.organisations.views import posted
from zhongchuang.page.errors import refused
from zhongchuang.page.refusal import attempt
from zhongchuang.records.views.requests import send
from zhongchuang.residents import actions
from zhongchuang.residents.access import may_change, may_know, may_take_apart, merges
from zhongchuang.residents.forms import FounderForm, ResidentForm
from zhongchuang.residents.merges import candidates, family
from zhongchuang.residents.models import Founder, Merge, MonthReport, Report, Resident, Stay
from zhongchuang.residents.models.month import agreed, at_one_space, years_of
from zhongchuang.spaces.forms import RevealForm


def visible_resident(request, code):
    found = Resident.objects.visible_to(acting(request)).select_related("region")
    return get_object_or_404(found, code=code)


@login_required
@require_safe
def resident(request, code):
    """What is known of it, its founders, its stays as far as the reader sees them, its years."""
    shown, me = visible_resident(request, code), acting(request)
    if shown.merged_into_id:
        return redirect(shown.merged_into)
    stays = Stay.objects.visible_to(me).filter(family(shown)).select_related("space", "resident")
    people = Founder.objects.filter(family(shown)).select_related(
        "resident", "merged_into__resident"
    )
    mergers = Merge.objects.standing().filter(merged__merged_into=shown)
    page = {
        "resident": shown,
        "founders": [(one, may_know(me, one) is None) for one in people],
        "stays": stays.prefetch_related("stages", "occupations").order_by("-day", "-pk"),
        "reports": of_it(Report, shown, me),
        "months": beside_reports(shown, me),
        "may_change": may_change(me, shown) is None,
        "merges": merges(me),
        "candidates": candidates(shown, me) if merges(me) else [],
        "mergers": [(one, may_take_apart(me, one) is None) for one in mergers.select_related("merged", "survivor")],
    }  # fmt: skip
    return render(request, "residents/resident.html", page)


def of_it(table, shown, me):
    """Figures of a resident and those merged into it, as far as the reader sees them."""
    return table.objects.visible_to(me).standing().filter(family(shown))


BESIDE = ("staff", "income", "taxes", "rd_spending", "invested")


def beside_reports(shown, me):
    """Each year of monthly figures with what its months add up to, beside what the yearly report says."""
    reports = at_one_space(of_it(Report, shown, me), shown)
    return [
        (year, [(name, year.of(name), reported(reports, year.year, name)) for name in BESIDE])
        for year in years_of(of_it(MonthReport, shown, me), shown)
    ]


def reported(reports, year, name):
    """A figure of the yearly report; None where there is none, or where it does not ask for it."""
    found = [one for one in reports if one.day.year == year]
    return agreed(found, name) if hasattr(Report, name) else None


@login_required
def change(request, code):
    shown, me = visible_resident(request, code), acting(request)
    initial = {"version": shown.version, "region": shown.region.full_name if shown.region else ""}
    form = ResidentForm(posted(request), instance=shown, initial=initial)
    page = {"template": "residents/change.html", "resident": shown}
    return send(
        request, form, partial(actions.revise, shown, by=me), purpose="residents.change", key=code, title=shown.name,
        done=_("Saved."), page=page, to=shown, refusal=may_change(me, shown),
    )  # fmt: skip


@login_required
def new_founder(request, code):
    shown, me = visible_resident(request, code), acting(request)
    page = {"template": "residents/founder.html", "resident": shown}
    return send(
        request, FounderForm(posted(request)), partial(added, shown, by=me), purpose="residents.new_founder", key=code,
        title=shown.name, done=_("Saved."), page=page, to=shown, refusal=may_change(me, shown),
    )  # fmt: skip


def added(shown, *, by, version=None, **given):  # noqa: ARG001 -- a new person has no version yet
    return actions.add_founder(shown, by=by, **given)


def visible_founder(request, pk):
    found = Founder.objects.visible_to(acting(request)).select_related("resident")
    return get_object_or_404(found, pk=pk)


@login_required
def founder(request, pk):
    person, me = visible_founder(request, pk), acting(request)
    form = FounderForm(posted(request), instance=person)
    page = {"template": "residents/founder.html", "resident": person.resident, "person": person}
    return send(
        request, form, partial(actions.revise_founder, person, by=me), purpose="residents.founder", key=pk,
        title=person.name, done=_("Saved."), page=page, to=person.resident, refusal=may_know(me, person),
    )  # fmt: skip


@login_required
def reveal(request, pk):
    """Open a sealed number of a founder: shown on the answer to this one request, and nowhere else."""
    person, me = visible_founder(request, pk), acting(request)
    if refusal := may_know(me, person):
        return refused(request, refusal)
    form = RevealForm(posted(request), row=person)
    page = {"resident": person.resident, "person": person}
    if form.is_valid():
        given = form.cleaned_data
        page["seen"] = attempt(form, partial(actions.reveal_number, person, by=me, **given))
        page["label"] = Founder._meta.get_field(given["field"]).verbose_name
    return render(request, "residents/reveal.html", page | {"form": form})
