"""Changes that wait for the department: the list, one with old and new side by side, the decision."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhongchuang.organisations.access import acting
from zhongchuang.organisations.views import posted
from zhongchuang.page.paging import page_of
from zhongchuang.records.forms import Keyed
from zhongchuang.records.views.requests import send
from zhongchuang.spaces import actions
from zhongchuang.spaces.access import may_decide_change, may_edit, may_withdraw_change
from zhongchuang.spaces.actions.changes import change_proofs
from zhongchuang.spaces.deciding import way_of
from zhongchuang.spaces.differences import differences_of
from zhongchuang.spaces.forms import AnswerForm
from zhongchuang.spaces.models import Change

BY = ("proposed", "pk")


def visible_changes(request):
    found = Change.objects.visible_to(acting(request))
    return found.select_related("space__operator", "space__region", "proposed_by", "decided_by")


@login_required
@require_safe
def changes(request):
    """The changes that one sees, newest first; those that wait are marked."""
    found = visible_changes(request)
    if request.GET.get("state") in Change.State.values:
        found = found.filter(state=request.GET["state"])
    page = {
        "page": page_of(found, request, by=BY),
        "states": Change.State,
        "state": request.GET.get("state", ""),
    }
    return render(request, "spaces/changes.html", page)


@login_required
@require_safe
def change(request, key):
    me = acting(request)
    shown = get_object_or_404(visible_changes(request), key=key)
    way = way_of(shown, me)
    page = {
        "change": shown,
        "differences": differences_of(shown),
        "proofs": change_proofs(shown),
        "may_decide": may_decide_change(me, shown) is None,
        "may_withdraw": may_withdraw_change(me, shown) is None,
        "way": way,
        "may_begin": way and way.begin and may_edit(me, shown.space) is None,
    }
    return render(request, "spaces/change.html", page)


def decided(request, key, *, may, act, template, done, form=Keyed):
    shown, me = get_object_or_404(visible_changes(request), key=key), acting(request)
    page = {"template": template, "change": shown, "differences": differences_of(shown)}
    return send(
        request, form(posted(request)), partial(act, shown, by=me), purpose=f"spaces.{act.__name__}", key=key,
        title=str(shown), done=done, page=page, refusal=may(me, shown),
    )  # fmt: skip


@login_required
def confirm_change(request, key):
    return decided(
        request, key, may=may_decide_change, act=actions.confirm_change,
        template="spaces/confirm_change.html", done=_("The change is confirmed; both versions stand in the register."),
    )  # fmt: skip


@login_required
def refuse_change(request, key):
    return decided(
        request, key, may=may_decide_change, act=actions.refuse_change,
        template="spaces/refuse_change.html", done=_("The operator was told why."), form=AnswerForm,
    )  # fmt: skip


@login_required
def withdraw_change(request, key):
    return decided(
        request, key, may=may_withdraw_change, act=actions.withdraw_change,
        template="spaces/withdraw_change.html", done=_("The change was withdrawn."),
    )  # fmt: skip
