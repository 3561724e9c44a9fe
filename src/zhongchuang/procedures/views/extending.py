"""More time: proposed from the guide of a procedure, signed by another person, published in a list open to everybody."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhongchuang.organisations.access import acting
from zhongchuang.organisations.views import posted
from zhongchuang.page.paging import page_of
from zhongchuang.page.visitor import limited
from zhongchuang.policy.procedure import last_day
from zhongchuang.procedures import actions
from zhongchuang.procedures.access_extending import (
    may_decide_extension,
    may_extend_term,
    may_propose_extension,
)
from zhongchuang.procedures.audience import groups, letters
from zhongchuang.procedures.catalogue import find_offer
from zhongchuang.procedures.extended import drafts, rounds
from zhongchuang.procedures.forms_extending import (
    DecideExtensionForm,
    ExtensionForm,
    TermForm,
    listable,
)
from zhongchuang.procedures.models import Extension
from zhongchuang.procedures.rules import longer_terms
from zhongchuang.procedures.views.case import about, seen_case
from zhongchuang.records.views.requests import send
from zhongchuang.spaces.models import Space

NAMES = 20
"""So many spaces of a list are named to those who see them."""


@limited
@require_safe
def extensions(request):
    """All extensions that were signed, the newest first. Open to everybody: of a list of spaces the number is shown, names to those who see the spaces."""
    me = acting(request)
    found = Extension.objects.signed().select_related("department", "decided_by")
    page = page_of(found.order_by("-decided", "-pk"), request, by=("decided", "pk"))
    return render(request, "procedures/extensions.html", {"page": page, "rows": [told(one, me) for one in page.rows]})  # fmt: skip


def told(extension, me):
    """An extension with the procedure it is of, how many spaces stand on its list, and those of them that the reader sees."""
    seen = Space.objects.visible_to(me).filter(extensions=extension) if extension.whom == Extension.Whom.LISTED else Space.objects.none()  # fmt: skip
    return {
        "extension": extension,
        "offer": find_offer(extension.pack, extension.procedure),
        "count": extension.spaces.count(),
        "seen": list(seen.order_by("pk")[:NAMES]),
    }


def given_for(pack, procedure):
    """What the guide of a procedure says of extensions: those that hold today or later."""
    found = Extension.objects.signed().of(pack.id, procedure.id).filter(until__gte=timezone.localdate())  # fmt: skip
    return list(found.select_related("department"))


@login_required
def extend(request, pack, procedure):
    """Propose that a round of a procedure ends later."""
    offer, me = find_offer(pack, procedure), acting(request)
    if offer is None:
        raise Http404
    refusal = may_propose_extension(me, offer.pack, offer.procedure)
    found = [] if refusal else rounds(offer.procedure, timezone.localdate())
    spaces = Space.objects.none() if refusal else listable(me.organisation)
    form = ExtensionForm(posted(request), rounds=found, spaces=spaces)
    page = {
        "template": "procedures/extend.html",
        "offer": offer,
        "pack": offer.pack,
        "procedure": offer.procedure,
        "button": _("Propose"),
        "letters": {} if refusal else foreseen(offer, me, found),
        "given": Extension.objects.visible_to(me).of(pack, procedure)[:NAMES],
    }
    return send(
        request, form, partial(proposed, offer, form, me), purpose="procedures.extend", key=f"{pack}.{procedure}",
        title=offer.procedure.title["zh"], done=_("It was proposed; an approver of your department signs it."), page=page,
        refusal=refusal,
    )  # fmt: skip


def foreseen(offer, me, found):
    """How many letters go out at most if a proposal is signed today, by whom it is for; of the rounds the one with more."""
    counts = {}
    for whom in (Extension.Whom.ALL, Extension.Whom.BEGUN):
        tried = [
            Extension(department=me.organisation, pack=offer.pack.id, procedure=offer.procedure.id, first=first, last=last, whom=whom)
            for first, last in found
        ]  # fmt: skip
        counts[whom] = max((letters(one) for one in tried), default=0)
    return counts


def proposed(offer, form, me, *, until, whom, codes, reason, **_round):
    return actions.propose_extension(
        offer.pack, offer.procedure, by=me, first=form.first, until=until, whom=whom, spaces=codes, reason=reason,
    )  # fmt: skip


@login_required
def extension(request, key):
    """A proposal of one's department: read, signed or refused."""
    me = acting(request)
    found = Extension.objects.visible_to(me).select_related("department", "proposed_by", "decided_by")  # fmt: skip
    held = get_object_or_404(found, key=key)
    form = DecideExtensionForm(posted(request), initial={"version": held.version})
    refusal = may_decide_extension(me, held)
    page = told(held, me) | {
        "template": "procedures/extension.html",
        "button": _("Decide"),
        "may_decide": refusal is None,
        "drafts": drafts(held).count(),
        "groups": groups(held) if held.is_open else [],
    }
    page["letters"] = sum(len(one.people) for one in page["groups"])
    if request.method == "GET" and refusal:
        return render(request, page.pop("template"), page)
    return send(
        request, form, partial(decided, held, me), purpose="procedures.extension", key=str(key), title=str(held),
        done=_("It was decided."), page=page, to=("procedures:extensions",), refusal=refusal,
    )  # fmt: skip


def decided(extension, me, *, version, agrees, words=""):
    return actions.decide_extension(extension, by=me, version=version, agrees=agrees == "yes", words=words)  # fmt: skip


@login_required
def extend_term(request, key):
    """Give the step of a case more working days."""
    case, me = seen_case(request, key), acting(request)
    refusal = may_extend_term(me, case)
    _times, days = longer_terms()
    furthest = None if refusal else last_day(case.due, days)
    form = TermForm(posted(request), initial={"version": case.version, "until": furthest})
    page = about(case, me) | {"template": "procedures/verb.html", "button": _("More time for this step")}  # fmt: skip
    return send(
        request, form, partial(actions.extend_term, case, by=me), purpose="procedures.extend_term", key=str(key),
        title=str(case), done=_("The last day was moved; the applicant was told."), page=page, to=case, refusal=refusal,
    )  # fmt: skip
