"""Clusters: the list with the regions covered, one with its members, keeping them."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhongchuang.organisations.access import acting
from zhongchuang.organisations.forms import Sure
from zhongchuang.organisations.models import Organisation, Region
from zhongchuang.organisations.views import do, posted
from zhongchuang.page.errors import refused
from zhongchuang.page.paging import page_of
from zhongchuang.spaces import actions
from zhongchuang.spaces.access import may_change_cluster, may_keep_clusters
from zhongchuang.spaces.forms import ClusterForm, MemberForm
from zhongchuang.spaces.models import Cluster, Membership, Space

BY = ("founded", "pk")


@login_required
@require_safe
def clusters(request):
    """The clusters that one sees, and the counties and zones of one's reach that have none (XZ-2)."""
    me = acting(request)
    found = Cluster.objects.visible_to(me).select_related("region", "keeper")
    page = {
        "page": page_of(found, request, by=BY),
        "may_keep": may_keep_clusters(me) is None,
        "uncovered": uncovered(me),
    }
    return render(request, "spaces/clusters.html", page)


def uncovered(me):
    """Counties and zones in one's reach without a cluster of their own."""
    if may_keep_clusters(me):
        return []
    counties = Region.objects.current().within(me.post.reach).filter(level__in=["county", "zone"])
    covered = Cluster.objects.filter(ended=None).values("region")
    return counties.exclude(pk__in=covered).order_by("path")


def visible_cluster(request, pk):
    found = Cluster.objects.visible_to(acting(request)).select_related("region", "keeper")
    return get_object_or_404(found, pk=pk)


@login_required
@require_safe
def cluster(request, pk):
    shown, me = visible_cluster(request, pk), acting(request)
    members = shown.memberships.select_related("space__region", "organisation__region")
    page = {
        "cluster": shown,
        "members": members,
        "seen": set(
            Space.objects.visible_to(me)
            .filter(memberships__cluster=shown)
            .values_list("pk", flat=True)
        ),
        "may_change": may_change_cluster(me, shown) is None,
    }
    return render(request, "spaces/cluster.html", page)


@login_required
def new_cluster(request):
    me = acting(request)
    if refusal := may_keep_clusters(me):
        return refused(request, refusal)
    form = ClusterForm(posted(request), initial={"region": me.organisation.region.full_name})
    act = partial(found, form, me)
    page = {"template": "spaces/cluster_form.html"}
    return do(
        request,
        form,
        act,
        done=_("The cluster stands in the list."),
        to="spaces:clusters",
        page=page,
    )


def entered(form):
    return {name: form.cleaned_data[name] for name in form._meta.fields}


def found(form, me):
    return actions.found_cluster(by=me, **entered(form))


@login_required
def change_cluster(request, pk):
    shown, me = visible_cluster(request, pk), acting(request)
    if refusal := may_change_cluster(me, shown):
        return refused(request, refusal)
    initial = {"region": shown.region.full_name, "version": shown.version}
    form = ClusterForm(posted(request), instance=shown, initial=initial)
    act = partial(revise, shown, form, me)
    page = {"template": "spaces/cluster_form.html", "cluster": shown}
    return do(request, form, act, done=_("Saved."), to=shown, page=page)


def revise(shown, form, me):
    return actions.revise_cluster(
        shown, by=me, version=form.cleaned_data["version"], **entered(form)
    )


@login_required
def join_cluster(request, pk):
    shown, me = visible_cluster(request, pk), acting(request)
    if refusal := may_change_cluster(me, shown):
        return refused(request, refusal)
    form = MemberForm(posted(request), initial={"since": timezone.localdate()})
    act = partial(join, shown, form, me)
    page = {"template": "spaces/join.html", "cluster": shown}
    return do(request, form, act, done=_("It is a member now."), to=shown, page=page)


def join(shown, form, me):
    """Finds the member by the code given: of a space, or of an organisation that one sees."""
    code, since = form.cleaned_data["member"].strip(), form.cleaned_data["since"]
    space = Space.objects.visible_to(me).filter(code=code.lower()).first()
    own = Organisation.objects.visible_to(me).confirmed().filter(credit_code=code.upper()).first()
    if space is None and own is None:
        text = _(
            "Nothing that you see has the code %(code)s. Copy it from the page of the space or from the licence."
        )
        form.add_error("member", ValidationError(text, code="unknown", params={"code": code}))
        return None
    return actions.join_cluster(
        shown, by=me, since=since, space=space, organisation=None if space else own
    )


@login_required
def leave_cluster(request, pk):
    me = acting(request)
    seen = Cluster.objects.visible_to(me)
    member = get_object_or_404(Membership.objects.filter(cluster__in=seen, valid_until=None), pk=pk)
    if refusal := may_change_cluster(me, member.cluster):
        return refused(request, refusal)
    form = Sure(posted(request))
    act = partial(actions.leave_cluster, member, by=me, on=timezone.localdate())
    page = {"template": "spaces/leave.html", "member": member}
    return do(request, form, act, done=_("It is no member any more."), to=member.cluster, page=page)
