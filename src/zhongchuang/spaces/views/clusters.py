"""Clusters: the list with the regions covered, one with its members, keeping them."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhongchuang.organisations.access import acting
from zhongchuang.organisations.models import Region
from zhongchuang.organisations.views import posted
from zhongchuang.page.paging import page_of
from zhongchuang.records.forms import Keyed
from zhongchuang.records.views.requests import send
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
    initial = {"region": me.organisation.region.full_name} if me.organisation else {}
    return send(
        request, ClusterForm(posted(request), initial=initial), partial(found, by=me),
        purpose="spaces.new_cluster", title=_("New cluster"), done=_("The cluster stands in the list."),
        page={"template": "spaces/cluster_form.html"}, refusal=may_keep_clusters(me),
    )  # fmt: skip


def found(*, by, version=None, **given):  # noqa: ARG001 -- a new cluster has no version yet
    return actions.found_cluster(by=by, **given)


@login_required
def change_cluster(request, pk):
    shown, me = visible_cluster(request, pk), acting(request)
    initial = {"region": shown.region.full_name, "version": shown.version}
    form = ClusterForm(posted(request), instance=shown, initial=initial)
    page = {"template": "spaces/cluster_form.html", "cluster": shown}
    return send(
        request, form, partial(actions.revise_cluster, shown, by=me), purpose="spaces.change_cluster",
        key=pk, title=shown.name, done=_("Saved."), page=page, refusal=may_change_cluster(me, shown),
    )  # fmt: skip


@login_required
def join_cluster(request, pk):
    shown, me = visible_cluster(request, pk), acting(request)
    form = MemberForm(posted(request), initial={"since": timezone.localdate()}, by=me)
    page = {"template": "spaces/join.html", "cluster": shown}
    return send(
        request, form, partial(join, shown, by=me), purpose="spaces.join_cluster", key=pk, to=shown,
        title=shown.name, done=_("It is a member now."), page=page, refusal=may_change_cluster(me, shown),
    )  # fmt: skip


def join(shown, *, by, member, since):
    kind = "space" if isinstance(member, Space) else "organisation"
    return actions.join_cluster(shown, by=by, since=since, **{kind: member})


@login_required
def leave_cluster(request, pk):
    me = acting(request)
    seen = Cluster.objects.visible_to(me)
    member = get_object_or_404(Membership.objects.filter(cluster__in=seen, valid_until=None), pk=pk)
    act = partial(actions.leave_cluster, member, by=me, on=timezone.localdate())
    return send(
        request, Keyed(posted(request)), act, purpose="spaces.leave_cluster", key=pk, to=member.cluster,
        done=_("It is no member any more."), page={"template": "spaces/leave.html", "member": member},
        refusal=may_change_cluster(me, member.cluster),
    )  # fmt: skip
