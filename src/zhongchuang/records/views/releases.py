"""Releasing a file to the public although it may hold personal data: one asks, another decides."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from zhongchuang.organisations.access import acting
from zhongchuang.organisations.forms import Sure
from zhongchuang.organisations.views import do, posted
from zhongchuang.page.errors import refused
from zhongchuang.records import actions
from zhongchuang.records.access import may_ask_release, may_decide_release
from zhongchuang.records.forms import RefuseReleaseForm, ReleaseForm
from zhongchuang.records.models import Release
from zhongchuang.records.views.evidence import listed


@login_required
def ask(request, key):
    me = acting(request)
    found = get_object_or_404(listed(me), key=key)
    if refusal := may_ask_release(me, found):
        return refused(request, refusal)
    form = ReleaseForm(posted(request))
    page = {"template": "records/ask_release.html", "evidence": found}
    return do(
        request, form, lambda: actions.ask_release(found, by=me, **form.cleaned_data),
        done=_("A second person was asked to confirm the release."), to=found, page=page,
    )  # fmt: skip


@login_required
def decide(request, key):
    """Confirm a release, or refuse it with a reason."""
    me = acting(request)
    found = get_object_or_404(listed(me), key=key)
    release = get_object_or_404(Release.objects.visible_to(me).open(found))
    if refusal := may_decide_release(me, release):
        return refused(request, refusal)
    refusing = "reason" in request.POST
    form = RefuseReleaseForm(request.POST) if refusing else Sure(posted(request))
    page = {
        "template": "records/decide_release.html",
        "evidence": found,
        "release": release,
        "confirm": Sure() if refusing else form,
        "refusal_form": form if refusing else RefuseReleaseForm(),
    }
    act, done = partial(decided, release, form, me), _("The decision was recorded.")
    return do(request, form, act, done=done, to=found, page=page)


def decided(release, form, me):
    """Refuses with the reason given, or confirms where none was asked for."""
    if isinstance(form, RefuseReleaseForm):
        return actions.refuse_release(release, by=me, **form.cleaned_data)
    return actions.confirm_release(release, by=me)
