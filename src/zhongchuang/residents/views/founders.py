"""Two records of one founder: looked for at a space, merged, taken apart."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhongchuang.organisations.access import acting
from zhongchuang.organisations.views import posted
from zhongchuang.records.views.requests import send
from zhongchuang.residents import merges
from zhongchuang.residents.access import may_merge_people, may_take_people_apart
from zhongchuang.residents.access import merges as merges_at_all
from zhongchuang.residents.forms import MergeForm
from zhongchuang.residents.models import Founder, FounderMerge, Stay
from zhongchuang.spaces.models import Space
from zhongchuang.spaces.words import shown

SHOWN = 50
COMPARED = ("kind", "sex", "education", "serial", "mobile", "identity_number", "left")


def merging(request):
    """The post of who merges records; who merges nothing sees no such page."""
    me = acting(request)
    if not merges_at_all(me):
        raise Http404
    return me


def compared(goes, stays, names):
    """Label and both values of what is known of one of two people or of both."""
    found = [(goes._meta.get_field(n).verbose_name, shown(stays, n), shown(goes, n)) for n in names]
    return [row for row in found if row[1] or row[2]]


@login_required
@require_safe
def same_founders(request, code):
    """Which founders of a space may be recorded twice, and which were merged."""
    me = merging(request)
    space = get_object_or_404(Space.objects.visible_to(me), code=code)
    stays = Stay.objects.standing().filter(space=space).values("resident")
    mergers = FounderMerge.objects.standing().filter(survivor__resident__in=stays)
    page = {
        "space": space,
        "title": _("Founders who are perhaps the same"),
        "pairs": [
            {"goes": goes, "stays": kept, "about_goes": goes.resident.name, "about_stays": kept.resident.name, "why": why,
             "url": reverse("residents:merge_founders", args=[goes.pk, kept.pk])}
            for goes, kept, why in merges.alike_founders(space, me)
        ],
        "mergers": [
            (one, reverse("residents:take_founders_apart", args=[one.pk]))
            for one in mergers.select_related("merged", "survivor")[:SHOWN]
        ],
    }  # fmt: skip
    return render(request, "residents/same_people.html", page)


def seen_founder(me, pk):
    found = Founder.objects.visible_to(me).select_related("resident__merged_into")
    return get_object_or_404(found, pk=pk)


@login_required
def merge_founders(request, pk, into):
    """Both beside each other; then they count as one person."""
    me = merging(request)
    goes, stays = seen_founder(me, pk), seen_founder(me, into)
    page = {
        "template": "residents/merge_people.html", "goes": goes, "stays": stays, "back_to": stays.resident.get_absolute_url(),
        "about_goes": goes.resident.name, "about_stays": stays.resident.name, "rows": compared(goes, stays, COMPARED),
        "other_way": reverse("residents:merge_founders", args=[into, pk]),
    }  # fmt: skip
    return send(
        request, MergeForm(posted(request)), partial(merges.merge_founders, goes, stays, by=me), purpose="residents.merge_founders",
        key=f"{pk}-{into}", title=f"{goes} → {stays}", done=_("They count as one person from now on. It can be taken back."), page=page,
        to=stays.resident, refusal=merges.two_people(goes, stays) or may_merge_people(me, goes, stays),
    )  # fmt: skip


@login_required
def take_founders_apart(request, pk):
    """Take a merger of founders back."""
    me = merging(request)
    seen = FounderMerge.objects.visible_to(me).select_related(
        "survivor__resident", "merged__resident"
    )
    made = get_object_or_404(seen, pk=pk)
    home = made.survivor.resident
    page = {"template": "residents/take_people_apart.html", "made": made, "back_to": home.get_absolute_url()}  # fmt: skip
    return send(
        request, MergeForm(posted(request)), partial(merges.take_founders_apart, made, by=me), purpose="residents.take_founders_apart",
        key=pk, title=str(made), done=_("They count for themselves again."), page=page, to=home, refusal=may_take_people_apart(me, made),
    )  # fmt: skip
