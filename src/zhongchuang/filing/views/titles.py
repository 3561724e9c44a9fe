"""Titles: the register and each title for everybody; certificate, giving up and revoking for those concerned."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhongchuang.audit.models import Entry
from zhongchuang.contests.access import asking
from zhongchuang.files.names import attachment
from zhongchuang.filing import actions
from zhongchuang.filing import certificate as certificates
from zhongchuang.filing.access import has_certificate, may_bring_in, may_give_up, may_revoke
from zhongchuang.filing.changing import lines
from zhongchuang.filing.contestable import subject_of
from zhongchuang.filing.forms import GiveUpForm, LookForm, RevokeForm
from zhongchuang.filing.models import Title
from zhongchuang.filing.renewal import renewal_of
from zhongchuang.organisations.access import acting
from zhongchuang.organisations.views import posted
from zhongchuang.page.errors import refused
from zhongchuang.page.paging import page_of
from zhongchuang.page.visitor import limited
from zhongchuang.records.views.requests import send


def shown(request, code):
    found = Title.objects.visible_to(acting(request)).select_related("space__region", "space__operator", "operator", "department", "case", "follows")  # fmt: skip
    return get_object_or_404(found, code=code)


@require_safe
@limited
def titles(request):
    """The register of titles, the latest first; open to everybody."""
    form = LookForm(request.GET or None)
    query = form.cleaned_data["q"] if form.is_valid() else ""
    found = Title.objects.visible_to(acting(request)).found_by(query).select_related("department", "space__region")  # fmt: skip
    page = {
        "form": form,
        "page": page_of(found, request, by=("since", "pk")),
        "narrowed": query,
        "may_bring_in": may_bring_in(acting(request)) is None,
    }
    return render(request, "filing/titles.html", page)


@require_safe
@limited
def title(request, code):
    """Whether a title holds today, since when, until when, what ended it; for whoever scans the plaque."""
    held, me = shown(request, code), acting(request)
    entries = Entry.objects.about(held).order_by("number")
    page = {
        "title": held,
        "today": timezone.localdate(),
        "history": [(one.verb, one.moment) for one in entries],
        "may": {"revoke": may_revoke(me, held) is None, "give_up": may_give_up(me, held) is None},
        "may_print": is_concerned(me, held) and has_certificate(held) is None,
        "is_concerned": is_concerned(me, held),
        "lines": lines(held),
        "renewal": renewal_of(me, held),
        "asking": asking(me, subject_of(held)),
    }
    return render(request, "filing/title.html", page)


def is_concerned(me, title):
    """Whether the reader's organisation holds the title or granted it."""
    return me.organisation is not None and me.organisation in {title.operator, title.department}


@require_safe
@limited
def picture(request, code):
    """The address of the title as a picture for cameras."""
    return HttpResponse(certificates.qr(shown(request, code)), content_type="image/svg+xml")


@login_required
@require_safe
def certificate(request, code):
    """The certificate as PDF, for the operator and the department."""
    held = shown(request, code)
    if not is_concerned(acting(request), held):
        raise Http404
    if refusal := has_certificate(held):
        return refused(request, refusal)
    answer = HttpResponse(certificates.pdf(held), content_type="application/pdf")
    answer["Content-Disposition"] = attachment(f"{held.number}.pdf")
    return answer


@login_required
def revoke(request, code):
    held, me = shown(request, code), acting(request)
    form = RevokeForm(posted(request), title=held, initial={"version": held.version})
    page = {"template": "filing/verb.html", "title": held, "button": _("Revoke the title"), "look": "btn-danger"}  # fmt: skip
    return send(
        request, form, partial(actions.revoke, held, by=me), purpose="filing.revoke", key=code, title=str(held),
        done=_("The title was revoked; its operator was told."), page=page, to=held, refusal=may_revoke(me, held),
    )  # fmt: skip


@login_required
def give_up(request, code):
    held, me = shown(request, code), acting(request)
    form = GiveUpForm(posted(request), initial={"version": held.version})
    page = {"template": "filing/verb.html", "title": held, "button": _("Give the title up"), "look": "btn-amber"}  # fmt: skip
    return send(
        request, form, partial(actions.give_up, held, by=me), purpose="filing.give_up", key=code, title=str(held),
        done=_("The title was given up."), page=page, to=held, refusal=may_give_up(me, held),
    )  # fmt: skip
