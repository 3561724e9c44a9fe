"""Clusters (XZ-2, JS-3): kept by a department, with members that come and go."""

import uuid
from datetime import date

import pytest

from zhongchuang.page.refusal import Refused
from zhongchuang.spaces import actions
from zhongchuang.spaces.access import may_change_cluster, may_keep_clusters
from zhongchuang.spaces.models import Cluster

pytestmark = pytest.mark.django_db


@pytest.fixture
def cluster(cast):
    return actions.found_cluster(
        by=cast["jia.clerk"], region=cast.regions["330482"], name="平湖集聚区", kind="spaces",
        founded=date(2020, 1, 1),
    )  # fmt: skip


def test_only_departments_keep_clusters_and_only_in_their_reach(cast, cluster):
    who = ("jia.clerk", "ping.reviewer", "bees.operator_head", "zhe.system_admin", "jia.finance")
    assert {name for name in who if may_keep_clusters(cast[name]) is None} == {
        "jia.clerk",
        "ping.reviewer",
    }
    assert may_change_cluster(cast["ping.reviewer"], cluster).code == "not_yours"
    with pytest.raises(Refused) as refused:
        actions.found_cluster(
            by=cast["ping.clerk"],
            region=cast.regions["330481"],
            name="A",
            kind="spaces",
            founded=date(2020, 1, 1),
        )
    assert refused.value.refusal.code == "outside"


def test_a_space_joins_once_leaves_and_its_time_stays(cast, cluster, registered):
    space = registered()
    member = actions.join_cluster(
        cluster, by=cast["jia.clerk"], since=date(2021, 1, 1), space=space
    )
    with pytest.raises(Refused) as refused:
        actions.join_cluster(cluster, by=cast["jia.clerk"], since=date(2022, 1, 1), space=space)
    assert refused.value.refusal.code == "member"
    actions.leave_cluster(member, by=cast["jia.clerk"], on=date(2023, 1, 1))
    held = [
        cluster.memberships.on(day).exists()
        for day in (date(2020, 6, 1), date(2022, 12, 31), date(2023, 1, 1))
    ]
    assert held == [False, True, False]


def test_a_cluster_is_seen_above_it_and_by_its_members(cast, cluster, registered):
    actions.join_cluster(cluster, by=cast["jia.clerk"], since=date(2021, 1, 1), space=registered())
    who = (
        "zhe.clerk",
        "jia.clerk",
        "ping.clerk",
        "bees.operator_clerk",
        "hai.clerk",
        "ants.operator_head",
        "xiang.clerk",
    )
    seen = {name for name in who if Cluster.objects.visible_to(cast[name]).exists()}
    assert seen == {"zhe.clerk", "jia.clerk", "ping.clerk", "bees.operator_clerk"}


def test_counties_without_a_cluster_are_named(cast, cluster, signed_in):
    uncovered = signed_in("jia.clerk").get("/clusters/").context["uncovered"]
    assert [region.name for region in uncovered] == ["Xiu Zone", "Hai"]


def test_a_member_is_added_by_the_code_of_the_space(cast, cluster, registered, signed_in):
    space = registered()
    client = signed_in("jia.clerk")
    assert (
        client.post(
            f"/clusters/{cluster.pk}/members/",
            {"request_key": uuid.uuid4(), "member": "nothing", "since": "2021-01-01"},
        ).status_code
        == 200
    )
    assert (
        client.post(
            f"/clusters/{cluster.pk}/members/",
            {"request_key": uuid.uuid4(), "member": space.code, "since": "2021-01-01"},
        ).status_code
        == 302
    )
    assert cluster.memberships.get().space == space


def test_the_county_of_a_member_sees_a_cluster_that_the_city_keeps(cast, registered):
    kept = actions.found_cluster(
        by=cast["jia.clerk"], region=cast.regions["330400"], name="嘉兴集聚区", kind="spaces",
        founded=date(2020, 1, 1),
    )  # fmt: skip
    assert not Cluster.objects.visible_to(cast["ping.clerk"]).exists()
    actions.join_cluster(kept, by=cast["jia.clerk"], since=date(2021, 1, 1), space=registered())
    assert Cluster.objects.visible_to(cast["ping.clerk"]).get() == kept
    assert not Cluster.objects.visible_to(cast["hai.clerk"]).exists()
