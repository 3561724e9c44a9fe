"""Spaces and clusters go with a region that was renamed or moved."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from zhongchuang.audit.models import Entry
from zhongchuang.organisations.actions import follow_regions
from zhongchuang.organisations.models import Region
from zhongchuang.spaces import actions
from zhongchuang.spaces.actions.versions import Operation
from zhongchuang.spaces.models import Cluster, Particulars, Space

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def moved(cast):
    """`moved()`: Ping county has been part of another city since yesterday, under its old code."""

    def one():
        old, city = cast.regions["330482"], cast.regions["330100"]
        Region.objects.filter(pk=old.pk).update(valid_until=YESTERDAY)
        new = Region.objects.create(
            code=old.code, name="New Ping", full_name="New Ping", level="county", parent=city,
            path=f"{city.path}{old.code}/", valid_from=YESTERDAY,
        )  # fmt: skip
        follow_regions([old.pk], on=YESTERDAY)
        return new

    return one


def test_the_county_goes_on_seeing_a_space_whose_region_moved_and_the_city_before_does_not(
    cast, registered, moved
):
    space, before = registered(), cast["jia.reviewer"]
    assert list(Space.objects.visible_to(before)) == [space]
    new = moved()
    space.refresh_from_db()
    seen = [cast.people[who] for who in ("ping.reviewer", "jia.reviewer")]
    assert (space.region, space.path) == (new, new.path)
    assert [list(Space.objects.visible_to(post_holder(one))) for one in seen] == [[space], []]


def post_holder(user):
    """The user as fetched anew, with posts that know where their departments lie now."""
    return type(user).objects.get(pk=user.pk)


def test_the_days_before_keep_the_region_that_was(cast, registered, moved):
    space, new = registered(), moved()
    rows = Particulars.objects.filter(space=space)
    regions = [rows.on(day).get().region for day in (date(2021, 1, 1), YESTERDAY, TODAY)]
    assert regions == [cast.regions["330482"], new, new]
    assert Entry.objects.filter(verb="region_followed").about(space).count() == 1


def test_a_version_that_begins_later_is_of_the_new_region_too(cast, prepared, moved):
    space = prepared()
    series, later = space.particulars_rows.get().series, TODAY + timedelta(days=9)
    operation = Operation("particulars", "revise", later, {"address": "B"}, series)
    actions.write(space, operation, by=cast["bees.operator_head"])
    new = moved()
    rows = Particulars.objects.filter(space=space).order_by("valid_from")
    assert [row.region for row in rows] == [cast.regions["330482"], new, new]
    assert [row.address for row in rows] == ["平湖大道 1 号", "平湖大道 1 号", "B"]


def test_a_change_that_waits_and_a_cluster_name_the_new_region(cast, registered, moved):
    space = registered()
    series = space.particulars_rows.get().series
    values = {"name": "慧谷", "region": cast.regions["330482"]}
    change = actions.write(
        space, Operation("particulars", "revise", TODAY, values, series), by=cast["bees.operator_head"], reason="x",
    )  # fmt: skip
    cluster = actions.found_cluster(
        by=cast["jia.clerk"], region=cast.regions["330482"], name="A", kind="spaces",
        founded=date(2020, 1, 1),
    )  # fmt: skip
    new = moved()
    change.refresh_from_db()
    assert (change.values["region"], Cluster.objects.get(pk=cluster.pk).region) == (new.pk, new)
    actions.confirm_change(change, by=cast["ping.reviewer"])
    space.refresh_from_db()
    assert (space.name, space.region) == ("慧谷", new)
