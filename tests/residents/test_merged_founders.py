"""One founder who was recorded twice is found, merged, counted once, and taken apart again (XC-6)."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from zhongchuang.audit.models import Entry
from zhongchuang.page.refusal import Refused
from zhongchuang.records.register import collect, totals
from zhongchuang.residents import actions, merges
from zhongchuang.residents.models import Founder, FounderMerge
from zhongchuang.spaces.models import Space

pytestmark = pytest.mark.django_db
CLERK = "bees.operator_clerk"
ON = date(2026, 7, 1)
MOBILE = "13800001111"


@pytest.fixture
def founder(cast):
    """`founder(space, "星火", "李雷", mobile=…)` takes a team in with its founder."""

    def one(space, team, name, *, who=CLERK, mobile="", identity_number=""):
        resident = actions.take_in(
            space, by=cast[who], kind="team", name=team, day=date(2025, 3, 1), stage="nursery", desks=2,
            founder="", founder_kind="",
        ).resident  # fmt: skip
        return actions.add_founder(
            resident, by=cast[who], name=name, mobile=mobile, identity_number=identity_number
        )

    return one


def makers(*spaces):
    subjects = Space.objects.filter(pk__in=[one.pk for one in spaces])
    each = [collect([one.pk], ["makers"], ON).columns["makers"][0] for one in spaces]
    return each, totals(subjects, ["makers"], ON)["makers"]


def refusal(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.refusal.code


def fresh(person):
    return Founder.objects.get(pk=person.pk)


def test_a_merged_founder_counts_once_at_a_space_and_above_it_until_taken_apart(
    registered, founder, cast
):
    here, there = registered(), registered("二号空间")
    serial = [
        founder(here, "星火", "李雷"),
        founder(here, "燎原", "李磊"),
        founder(there, "远行", "李雷"),
    ]
    founder(here, "海棠", "韩梅")
    assert makers(here, there) == ([3, 1], 4)
    made = [
        merges.merge_founders(one, serial[0], by=cast[CLERK], reason="同一人") for one in serial[1:]
    ]
    assert makers(here, there) == ([2, 1], 2)
    merges.take_founders_apart(made[0], by=cast[CLERK], reason="两人")
    assert makers(here, there) == ([3, 1], 3)
    assert [fresh(one).merged_into for one in serial[1:]] == [None, serial[0]]
    verbs = Entry.objects.about(serial[0]).order_by("pk").values_list("verb", flat=True)
    assert list(verbs)[-3:] == ["founders_merged"] * 2 + ["founders_taken_apart"]


def test_who_was_merged_before_follows_and_comes_back(registered, founder, cast):
    space = registered()
    a, b, c = (founder(space, f"{name}团队", name) for name in ("甲某", "乙某", "丙某"))
    merges.merge_founders(a, b, by=cast[CLERK], reason="x")
    second = merges.merge_founders(fresh(b), c, by=cast[CLERK], reason="x")
    assert (fresh(a).merged_into, fresh(b).merged_into) == (c, c)
    merges.take_founders_apart(second, by=cast[CLERK], reason="y")
    assert (fresh(a).merged_into, fresh(b).merged_into) == (b, None)


def test_two_identity_numbers_are_two_people_and_one_is_merged_once(registered, founder, cast):
    space = registered()
    one = founder(space, "星火", "李雷", identity_number="11010519491231002X")
    other = founder(space, "燎原", "李雷", identity_number="440524188001010014")
    third = founder(space, "海棠", "李雷")
    by = {"by": cast[CLERK], "reason": "x"}
    assert refusal(lambda: merges.merge_founders(one, other, **by)) == "two_numbers"
    assert refusal(lambda: merges.merge_founders(one, one, **by)) == "itself"
    made = merges.merge_founders(third, one, **by)
    assert refusal(lambda: merges.merge_founders(third, other, **by)) == "merged"
    merges.take_founders_apart(made, **by)
    assert refusal(lambda: merges.take_founders_apart(made, **by)) == "apart"


def test_who_merges_founders_has_all_their_spaces_in_reach(registered, founder, cast):
    here = registered()
    there = registered("蚂蚁空间", who="ants.operator_head")
    mine, theirs = (
        founder(here, "星火", "李雷"),
        founder(there, "燎原", "李雷", who="ants.operator_head"),
    )
    assert refusal(lambda: merges.merge_founders(mine, theirs, by=cast[CLERK], reason="x")) == "out_of_reach"  # fmt: skip
    assert FounderMerge.objects.count() == 0


def test_likely_duplicates_are_found_by_number_and_by_name_at_one_resident(
    registered, founder, signed_in, cast
):
    space = registered()
    one = founder(space, "星火", "李雷", mobile=MOBILE, identity_number="11010519491231002X")
    by_id = founder(space, "燎原", "李雷", identity_number="11010519491231002X")
    by_phone = founder(space, "海棠", "李磊", mobile=MOBILE)
    by_name = actions.add_founder(one.resident, by=cast[CLERK], name="李雷", mobile="", identity_number="")  # fmt: skip
    founder(space, "远行", "李雷")
    client, url = signed_in(CLERK), reverse("residents:same_founders", args=[space.code])
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        pairs = client.get(url).context["pairs"]
    assert {(pair["goes"].pk, pair["stays"].pk) for pair in pairs} == {
        (by_id.pk, one.pk), (by_phone.pk, one.pk), (by_name.pk, one.pk),
    }  # fmt: skip
    sends = {
        "request_key": client.get(pairs[0]["url"]).context["form"]["request_key"].value(),
        "reason": "同一人",
    }
    assert [client.post(pairs[0]["url"], sends).status_code for _twice in range(2)] == [302, 302]
    assert (fresh(by_id).merged_into, FounderMerge.objects.count()) == (one, 1)
    with CaptureQueriesContext(connection) as fewer:
        page = client.get(url).context
    assert (len(page["pairs"]), len(page["mergers"]), len(fewer)) == (2, 1, len(queries))
    assert client.post(page["mergers"][0][1], sends | {"request_key": client.get(page["mergers"][0][1]).context["form"]["request_key"].value()}).status_code == 302  # fmt: skip
    assert fresh(by_id).merged_into is None
