"""My data: what is held about me, what I ask for, and what the department answers."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from zhongchuang.organisations.access import acting
from zhongchuang.organisations.forms import NOTICE_VERSION, Sure
from zhongchuang.organisations.personal import all_personal
from zhongchuang.organisations.views import do, posted
from zhongchuang.page.paging import page_of
from zhongchuang.privacy import actions
from zhongchuang.privacy.access import may_answer
from zhongchuang.privacy.forms import AnswerForm, DataRequestForm
from zhongchuang.privacy.models import DataRequest
from zhongchuang.privacy.terms import told


@never_cache
@login_required
def my_data(request):
    """Everything that the apps hold about the reader, and the form to ask for more."""
    me, form = acting(request), DataRequestForm(posted(request))
    holdings = all_personal(request.user)
    page = {
        "template": "privacy/my_data.html",
        "holdings": holdings,
        "empty": [one.title for one in holdings if not one.rows],
        "requests": DataRequest.objects.filter(user=request.user),
        **told(),
    }
    return do(
        request, form, lambda: actions.ask(request.user, by=me, **form.cleaned_data),
        done=_("Your request was sent. You get a letter when it is answered."),
        to="privacy:my_data", page=page,
    )  # fmt: skip


@never_cache
@login_required
@require_POST
def export(request):
    """The same as one JSON file."""
    holdings = actions.export(request.user, by=acting(request))
    answer = {one.name: one.as_json for one in holdings}
    answer["made"] = timezone.localtime().isoformat()
    options = {"ensure_ascii": False, "indent": 1}
    response = JsonResponse(answer, json_dumps_params=options)
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


@login_required
def notice(request):
    """The privacy statement in its new version, to agree to."""
    page = {"template": "privacy/notice.html", "version": NOTICE_VERSION, **told()}
    act = partial(actions.agree, request.user, version=NOTICE_VERSION, by=acting(request))
    done = _("Thank you. It was noted.")
    return do(
        request, Sure(posted(request)), act, done=done, to="organisations:workbench", page=page
    )


@login_required
@require_safe
def requests(request):
    """Requests that this department answers, newest first."""
    me = acting(request)
    found = DataRequest.objects.visible_to(me).select_related("user", "department")
    return render(
        request, "privacy/requests.html", {"page": page_of(found, request, by=("made", "pk"))}
    )


@login_required
def one(request, pk):
    """A request; for who answers it, with the form for the answer."""
    me = acting(request)
    seen = DataRequest.objects.visible_to(me).select_related("user", "department", "answered_by")
    found = get_object_or_404(seen, pk=pk)
    form = AnswerForm(posted(request))
    page = {"template": "privacy/request.html", "asked": found, "refusal": may_answer(me, found)}
    return do(
        request, form, lambda: actions.answer(found, by=me, **form.cleaned_data),
        done=_("The person was told by letter."), to=found, page=page,
    )  # fmt: skip
