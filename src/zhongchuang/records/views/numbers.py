"""The register of an organisation's document numbers."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from zhongchuang.organisations.access import acting
from zhongchuang.organisations.views import do
from zhongchuang.page.errors import refused
from zhongchuang.page.paging import page_of
from zhongchuang.records import actions
from zhongchuang.records.access import may_number, may_void
from zhongchuang.records.forms import NumberForm, VoidForm
from zhongchuang.records.models import DocumentNumber


def listed(me):
    return DocumentNumber.objects.visible_to(me).select_related("series", "taken_by")


@login_required
def numbers(request):
    """The register, newest first; and the form to take the next number."""
    me = acting(request)
    if refusal := may_number(me):
        return refused(request, refusal)
    form = NumberForm(request.POST or None)
    page = {
        "template": "records/numbers.html",
        "page": page_of(listed(me), request, by=("taken", "pk")),
    }
    return do(
        request, form, partial(take, form, me), done=_("The number was taken."),
        to="records:numbers", page=page,
    )  # fmt: skip


def take(form, me):
    """Takes the number that the form asks for; the same form sent twice is one number."""
    given = form.cleaned_data
    act = partial(actions.take_number, given["word"], by=me, title=given["title"])
    return actions.once(given["request_key"], lambda: str(act()), by=me, purpose="take_number")


@login_required
def void(request, pk):
    me = acting(request)
    number = get_object_or_404(listed(me), pk=pk)
    if refusal := may_void(me, number):
        return refused(request, refusal)
    form = VoidForm(request.POST or None)
    page = {"template": "records/void.html", "number": number}
    act = lambda: actions.void_number(number, by=me, **form.cleaned_data)  # noqa: E731 -- read after the form is valid
    return do(request, form, act, done=_("The number is void."), to="records:numbers", page=page)
