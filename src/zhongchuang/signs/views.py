"""Signs in one's reach, one of them with what was found, and the answer."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhongchuang.organisations.access import acting
from zhongchuang.organisations.views import posted
from zhongchuang.page.paging import page_of
from zhongchuang.records.models import Evidence
from zhongchuang.records.views.requests import send
from zhongchuang.signs import actions
from zhongchuang.signs.access import may_answer
from zhongchuang.signs.forms import AnswerForm
from zhongchuang.signs.models import Sign
from zhongchuang.signs.sentences import sentence
from zhongchuang.spaces.models import Space

BY = ("first_seen", "pk")


@login_required
@require_safe
def signs(request):
    """What the nightly look found and nobody has answered; with `all` also the rest, with `space` of one space."""
    me, everything = acting(request), request.GET.get("show") == "all"
    seen = Sign.objects.visible_to(me).select_related("space__region")
    of = Space.objects.visible_to(me).filter(code=request.GET.get("space", "")).first()
    seen = seen.filter(space=of) if of else seen
    found = page_of(seen if everything else seen.open(), request, by=BY)
    page = {
        "page": found,
        "rows": [(one, sentence(one)) for one in found.rows],
        "everything": everything,
        "of": of,
        "total": (seen if everything else seen.open()).order_by().count(),
    }
    return render(request, "signs/signs.html", page)


def visible_sign(request, pk):
    seen = Sign.objects.visible_to(acting(request)).select_related("space__operator", "answered_by")
    return get_object_or_404(seen, pk=pk)


@login_required
@require_safe
def sign(request, pk):
    """A sign: what was found, why it is one, the others it touches as far as one sees them, and the answer."""
    shown, me = visible_sign(request, pk), acting(request)
    others = shown.others.select_related("region", "operator").order_by("pk")
    seen = set(Space.objects.visible_to(me).filter(pk__in=others).values_list("pk", flat=True))
    page = {
        "sign": shown,
        "says": sentence(shown),
        "others": [one for one in others if one.pk in seen],
        "pictures": pictures_of(shown, me),
        "hidden": len([one for one in others if one.pk not in seen]),
        "may_answer": may_answer(me, shown) is None,
    }
    return render(request, "signs/sign.html", page)


def pictures_of(shown, me):
    """The pictures that a sign compares, in its order; None in the place of one that the reader does not see."""
    keys = shown.found.get("pictures", ())
    seen = Evidence.objects.readable_by(me).filter(key__in=keys)
    found = {str(one.key): one for one in seen}
    return [found.get(key) for key in keys]


@login_required
def answer(request, pk):
    shown, me = visible_sign(request, pk), acting(request)
    form = AnswerForm(
        posted(request),
        initial={"version": shown.version, "answer": shown.answer, "note": shown.note},
    )
    page = {"template": "signs/answer.html", "sign": shown, "says": sentence(shown)}
    return send(
        request, form, partial(actions.answer, shown, by=me), purpose="signs.answer", key=pk, title=shown.title,
        done=_("Your answer stands beside the sign."), page=page, to=shown, refusal=may_answer(me, shown),
    )  # fmt: skip
