"""The register of organisations: the list, entering, changing, closing, delegating, standing in."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhongchuang.organisations import actions
from zhongchuang.organisations.access import acting
from zhongchuang.organisations.access.register import (
    may_change,
    may_close,
    may_delegate,
    may_enter,
    may_reopen,
)
from zhongchuang.organisations.access.standins import may_name_stand_in
from zhongchuang.organisations.forms import Sure
from zhongchuang.organisations.forms.register import (
    ChangeForm,
    ClosingForm,
    DelegationForm,
    NewOrganisationForm,
    RegisterSearchForm,
    StandInForm,
)
from zhongchuang.organisations.models import Delegation, Organisation, Post
from zhongchuang.organisations.views import do, posted, visible_organisation
from zhongchuang.page.errors import refused
from zhongchuang.page.paging import page_of

BY = ("registered", "pk")


@login_required
@require_safe
def organisations(request):
    """Every organisation that one sees, newest first, narrowed by the search."""
    me, form = acting(request), RegisterSearchForm(request.GET)
    seen = Organisation.objects.visible_to(me).select_related("region")
    found = seen.told(**form.conditions) if form.is_valid() else seen.none()
    page = {"form": form, "page": page_of(found, request, by=BY)}
    page["may_enter"] = may_enter(me) is None
    return render(request, "organisations/organisations.html", page)


@login_required
def bring_in(request):
    me = acting(request)
    if refusal := may_enter(me):
        return refused(request, refusal)
    form = NewOrganisationForm(posted(request))
    return do(
        request, form, lambda: actions.bring_in(by=me, **form.cleaned_data),
        done=_("The organisation is entered. The security administrator invites its people."),
        to="organisations:organisations", page={"template": "organisations/bring_in.html"},
        keep=("organisations.bring_in", "", _("Enter an organisation")),
    )  # fmt: skip


@login_required
def change(request, pk):
    shown, me = visible_organisation(request, pk), acting(request)
    if refusal := may_change(me, shown):
        return refused(request, refusal)
    form = ChangeForm(posted(request), organisation=shown)
    return do(
        request, form, lambda: actions.change_particulars(shown, by=me, **form.cleaned_data),
        done=_("Saved."), to=("organisations:organisation", pk),
        page={"template": "organisations/change.html", "organisation": shown},
    )  # fmt: skip


@login_required
def close(request, pk):
    shown, me = visible_organisation(request, pk), acting(request)
    if refusal := may_close(me, shown):
        return refused(request, refusal)
    form = ClosingForm(posted(request))
    return do(
        request, form, lambda: actions.close_organisation(shown, by=me, **form.cleaned_data),
        done=_("The organisation is closed."), to=("organisations:organisation", pk),
        page={"template": "organisations/close.html", "organisation": shown},
        keep=("organisations.close", pk, shown.name),
    )  # fmt: skip


@login_required
def reopen(request, pk):
    shown, me = visible_organisation(request, pk), acting(request)
    if refusal := may_reopen(me, shown):
        return refused(request, refusal)
    form, act = Sure(posted(request)), partial(actions.reopen, shown, by=me)
    page = {"template": "organisations/reopen.html", "organisation": shown}
    done = _("The organisation is open again.")
    return do(request, form, act, done=done, to=("organisations:organisation", pk), page=page)


@login_required
def delegate(request, pk):
    """Powers of a department for an alliance, from a day until a day (ZJ-10, SH-2)."""
    department, me = visible_organisation(request, pk), acting(request)
    if refusal := may_delegate(me, department):
        return refused(request, refusal)
    form = DelegationForm(posted(request), department=department)
    return do(
        request, form, lambda: actions.delegate(department, by=me, **form.given),
        done=_("The powers are delegated."), to=("organisations:organisation", pk),
        page={"template": "organisations/delegate.html", "organisation": department},
        keep=("organisations.delegate", pk, department.name),
    )  # fmt: skip


@login_required
def end_delegation(request, pk):
    me = acting(request)
    seen = Delegation.objects.visible_to(me).select_related("department", "alliance")
    delegation = get_object_or_404(seen, pk=pk)
    if refusal := may_delegate(me, delegation.department):
        return refused(request, refusal)
    form, act = Sure(posted(request)), partial(actions.end_delegation, delegation, by=me)
    page = {"template": "organisations/end_delegation.html", "delegation": delegation}
    to = ("organisations:organisation", delegation.department_id)
    return do(request, form, act, done=_("The delegation has ended."), to=to, page=page)


@login_required
def stand_in(request, pk):
    """Name a colleague who acts at one's own post while one is away."""
    me = acting(request)
    post = get_object_or_404(Post.objects.visible_to(me).current(), pk=pk)
    if refusal := may_name_stand_in(me, post):
        return refused(request, refusal)
    form = StandInForm(posted(request), post=post)
    return do(
        request, form, lambda: actions.name_stand_in(post, by=me, **form.cleaned_data),
        done=_("Your colleague may act for you now."), to="organisations:own",
        page={"template": "organisations/stand_in.html", "post": post},
    )  # fmt: skip
