"""One mentor who was recorded twice is found, merged, counted once, and taken apart again (XC-6)."""

from datetime import date

import pytest
from django.urls import reverse

from zhongchuang.audit.models import Entry
from zhongchuang.ledgers.actions import write_down
from zhongchuang.page.refusal import Refused
from zhongchuang.records.register import collect, totals
from zhongchuang.services import actions, merges
from zhongchuang.services.models import Appointment, Mentor, MentorMerge, Session
from zhongchuang.spaces.models import Space

pytestmark = pytest.mark.django_db
CLERK = "bees.operator_clerk"
ON = date(2026, 7, 1)


@pytest.fixture
def mentor(cast):
    """`mentor(space, "王导", "浙江大学")` is appointed."""

    def one(space, name, employer="", *, who=CLERK, **more):
        return actions.appoint(
            space, by=cast[who], day=date(2025, 1, 1), name=name, employer=employer, **more
        ).mentor

    return one


def mentors(*spaces):
    subjects = Space.objects.filter(pk__in=[one.pk for one in spaces])
    each = [collect([one.pk], ["mentors"], ON).columns["mentors"][0] for one in spaces]
    return each, totals(subjects, ["mentors"], ON)["mentors"]


def refusal(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.refusal.code


def test_a_merged_mentor_counts_once_until_taken_apart(registered, mentor, cast):
    here, there = registered(), registered("二号空间")
    stays, goes = mentor(here, "王导", "浙江大学"), mentor(here, "王导", "浙大")
    away = mentor(there, "王岛")
    assert mentors(here, there) == ([2, 1], 3)
    made = [merges.merge(one, stays, by=cast[CLERK], reason="同一人") for one in (goes, away)]
    assert mentors(here, there) == ([1, 1], 1)
    merges.take_apart(made[1], by=cast[CLERK], reason="两人")
    assert mentors(here, there) == ([1, 1], 2)
    verbs = Entry.objects.about(stays).order_by("pk").values_list("verb", flat=True)
    assert list(verbs)[-3:] == ["mentors_merged"] * 2 + ["mentors_taken_apart"]


def test_the_page_of_the_one_that_stays_has_sessions_and_ratings_of_both(
    registered, mentor, cast, signed_in
):
    space = registered()
    stays, goes = mentor(space, "王导", "浙江大学"), mentor(space, "王导", "浙大")
    for who, rating in ((stays, 5), (goes, 3)):
        write_down(
            Session,
            space,
            by=cast[CLERK],
            day=date(2025, 5, 1),
            mentor=who,
            topic="融资",
            rating=rating,
        )
    merges.merge(goes, stays, by=cast[CLERK], reason="同一人")
    client = signed_in(CLERK)
    assert client.get(goes.get_absolute_url()).url == stays.get_absolute_url()
    page = client.get(stays.get_absolute_url()).context
    assert (page["total"], page["rated"][1], len(page["appointments"])) == (2, 2, 2)


def test_who_is_appointed_under_a_merged_name_is_the_one_that_stays(registered, mentor, cast):
    here, there = registered(), registered("二号空间")
    stays, goes = mentor(here, "王导", "浙江大学"), mentor(here, "王导", "浙大")
    merges.merge(goes, stays, by=cast[CLERK], reason="同一人")
    assert mentor(there, "王导", "浙大") == stays
    assert refusal(lambda: mentor(here, "王导", "浙大")) == "appointed"
    assert Appointment.objects.count() == 3


def test_who_merges_mentors_has_all_their_spaces_in_reach(registered, mentor, cast):
    here, there = registered(), registered("蚂蚁空间", who="ants.operator_head")
    mine, theirs = mentor(here, "王导"), mentor(there, "王导", who="ants.operator_head")
    assert refusal(lambda: merges.merge(mine, theirs, by=cast[CLERK], reason="x")) == "out_of_reach"
    made = merges.merge(mine, theirs, by=cast["ping.reviewer"], reason="同一人")
    assert mentors(here, there) == ([1, 1], 1)
    assert refusal(lambda: merges.take_apart(made, by=cast[CLERK], reason="x")) == "out_of_reach"


def test_likely_duplicates_are_found_by_telephone_and_name_and_merged_on_the_page(
    registered, mentor, signed_in
):
    space = registered()
    one = mentor(space, "王导", "浙江大学", mobile="13800001111")
    by_name = mentor(space, "王导", "浙大")
    by_phone = mentor(space, "王老师", mobile="13800001111")
    mentor(space, "韩梅")
    client, url = signed_in(CLERK), reverse("services:same_mentors", args=[space.code])
    pairs = client.get(url).context["pairs"]
    assert [(pair["goes"], pair["stays"]) for pair in pairs] == [(by_phone, one), (by_name, one)]
    key = client.get(pairs[1]["url"]).context["form"]["request_key"].value()
    assert client.post(pairs[1]["url"], {"request_key": key, "reason": "同一人"}).status_code == 302
    assert (Mentor.objects.get(pk=by_name.pk).merged_into, MentorMerge.objects.count()) == (one, 1)
    page = client.get(url).context
    assert (len(page["pairs"]), len(page["mergers"])) == (1, 1)
