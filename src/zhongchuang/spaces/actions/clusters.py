"""Keeping clusters (XZ-2, JS-3): founded by a department, joined and left by spaces and other organisations."""

from http import HTTPStatus

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from zhongchuang.audit.actions import log
from zhongchuang.page.refusal import Refusal, Refused, require
from zhongchuang.records.actions import change
from zhongchuang.spaces.access import may_change_cluster, may_keep_clusters
from zhongchuang.spaces.models import Cluster, Membership

NAME_USED = Refusal(
    "name_used", _("A cluster of this name exists in this region."), status=HTTPStatus.CONFLICT
)
MEMBER = Refusal("member", _("It is a member of this cluster already."), status=HTTPStatus.CONFLICT)
OUTSIDE = Refusal(
    "outside", _("This region lies outside your reach. Choose your own region or one in it.")
)
LEFT = Refusal(
    "left", _("It is no member of this cluster on that day."), status=HTTPStatus.CONFLICT
)


def inside(by, region):
    """Whether the region lies where the post counts."""
    return None if any(region.path.startswith(path) for path in by.post.reach) else OUTSIDE


@transaction.atomic
def found_cluster(*, by, region, **given):
    """A new cluster, kept by the department that acts."""
    require(may_keep_clusters(by))
    require(inside(by, region))
    try:
        with transaction.atomic():
            cluster = Cluster.objects.create(keeper=by.organisation, region=region, **given)
    except IntegrityError as fault:
        raise Refused(NAME_USED) from fault
    log(cluster, "cluster_founded", by=by.who, new=given | {"region": region.code})
    return cluster


@transaction.atomic
def revise_cluster(cluster, *, by, version, **given):
    """Change what is written about a cluster."""
    require(may_change_cluster(by, cluster))
    require(inside(by, given.get("region", cluster.region)))
    old = {name: getattr(cluster, name) for name in given}
    change(cluster, version=version, **given)
    log(cluster, "cluster_changed", by=by.who, old=old, new=given)
    return cluster


@transaction.atomic
def join_cluster(cluster, *, by, since, space=None, organisation=None):
    """Take a space or another organisation into a cluster, from a day on."""
    require(may_change_cluster(by, cluster))
    try:
        with transaction.atomic():
            member = Membership.objects.create(
                cluster=cluster, space=space, organisation=organisation, valid_from=since
            )
    except IntegrityError as fault:
        raise Refused(MEMBER) from fault
    log(
        cluster,
        "cluster_joined",
        by=by.who,
        given={"member": space or organisation, "since": since},
    )
    return member


@transaction.atomic
def leave_cluster(member, *, by, on):
    """A member leaves; its time in the cluster stays in the list."""
    require(may_change_cluster(by, member.cluster))
    if not Membership.objects.filter(pk=member.pk, valid_until=None, valid_from__lt=on).update(
        valid_until=on
    ):
        raise Refused(LEFT)
    log(member.cluster, "cluster_left", by=by.who, given={"member": str(member), "on": on})
    return member


@transaction.atomic
def end_cluster(cluster, *, by, on):
    """A cluster ends, and with it the memberships."""
    require(may_change_cluster(by, cluster))
    Membership.objects.filter(cluster=cluster, valid_until=None, valid_from__lt=on).update(
        valid_until=on
    )
    change(cluster, version=cluster.version, ended=on)
    log(cluster, "cluster_ended", by=by.who, given={"on": on})
    return cluster
