"""The register of an organisation's document numbers."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from zhongchuang.organisations.access import acting
from zhongchuang.organisations.views import posted
from zhongchuang.page.paging import page_of
from zhongchuang.records import actions
from zhongchuang.records.access import may_number, may_void
from zhongchuang.records.forms import NumberForm, VoidForm
from zhongchuang.records.models import DocumentNumber
from zhongchuang.records.views.requests import send


def listed(me):
    return DocumentNumber.objects.visible_to(me).select_related("series", "taken_by")


@login_required
def numbers(request):
    """The register, newest first; and the form to take the next number."""
    me = acting(request)
    shown = page_of(listed(me), request, by=("taken", "pk"))
    page = {"template": "records/numbers.html", "page": shown}
    form = NumberForm(posted(request))
    return send(
        request, form, partial(take, by=me), purpose="take_number", to="records:numbers", page=page,
        refusal=may_number(me), done=_("The number was taken."), title=_("Take the next number"),
    )  # fmt: skip


def take(*, word, title, by):
    return actions.take_number(word, by=by, title=title)


@login_required
def void(request, pk):
    me = acting(request)
    number = get_object_or_404(listed(me), pk=pk)
    page = {"template": "records/void.html", "number": number}
    return send(
        request, VoidForm(posted(request)), partial(actions.void_number, number, by=me),
        purpose="void_number", key=number.pk, to="records:numbers", page=page,
        refusal=may_void(me, number), done=_("The number is void."), title=_("Make void: %(number)s") % {"number": number},
    )  # fmt: skip
