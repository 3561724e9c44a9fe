"""Colleagues of a department: handing a case over, asking for an opinion, giving it."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from zhongchuang.organisations.access import acting
from zhongchuang.organisations.views import posted
from zhongchuang.procedures import actions
from zhongchuang.procedures.access import may_advise, may_ask, may_hand_over
from zhongchuang.procedures.actions.colleagues import colleagues
from zhongchuang.procedures.forms import ColleagueForm, OpinionForm
from zhongchuang.procedures.models import Advice
from zhongchuang.procedures.views.case import about, seen_case
from zhongchuang.records.views.requests import send


@login_required
def hand_over(request, key):
    """Give the case to a colleague."""
    case, me = seen_case(request, key), acting(request)
    form = ColleagueForm(
        posted(request), people=colleagues(case, me, {case.role}), label=_("What your colleague should know"),
        required=False, initial={"version": case.version},
    )  # fmt: skip
    page = about(case, me) | {"template": "procedures/verb.html", "button": _("Hand the case over")}
    return send(
        request, form, partial(actions.hand_over, case, by=me), purpose="procedures.hand_over", key=key,
        title=str(case), done=_("It was handed over; your colleague was told."), page=page, to=case, refusal=may_hand_over(me, case),
    )  # fmt: skip


@login_required
def ask(request, key):
    """Ask a colleague for an opinion."""
    case, me = seen_case(request, key), acting(request)
    form = ColleagueForm(
        posted(request), people=colleagues(case, me), label=_("What do you want to know?"), initial={"version": case.version},
    )  # fmt: skip
    page = about(case, me) | {"template": "procedures/verb.html", "button": _("Ask for an opinion")}
    return send(
        request, form, partial(asked, case, me), purpose="procedures.ask", key=key, title=str(case),
        done=_("Your colleague was asked."), page=page, to=case, refusal=may_ask(me, case),
    )  # fmt: skip


def asked(case, me, *, version, colleague, words):  # noqa: ARG001 -- a question changes nothing of the case
    return actions.ask(case, by=me, colleague=colleague, question=words)


@login_required
def advise(request, key, pk):
    """Write the opinion that a colleague asked for."""
    case, me = seen_case(request, key), acting(request)
    advice = get_object_or_404(
        Advice.objects.visible_to(me).select_related("adviser"), case=case, pk=pk
    )
    advice.case = case
    form = OpinionForm(posted(request), label=_("Opinion"), hint=advice.question)
    page = about(case, me) | {"template": "procedures/verb.html", "button": _("Give the opinion")}
    return send(
        request, form, partial(advised, advice, me), purpose="procedures.advise", key=f"{key}.{pk}", title=str(case),
        done=_("Your opinion stands beside the case."), page=page, to=case, refusal=may_advise(me, advice),
    )  # fmt: skip


def advised(advice, me, *, words):
    return actions.advise(advice, by=me, answer=words)
