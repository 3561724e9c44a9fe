"""Two records of one and the same firm or team are merged, and taken apart exactly (XC-6)."""

from datetime import date

import pytest
from django.urls import reverse
from stdnum.cn import uscc

from zhongchuang.audit.models import Entry
from zhongchuang.finance.models import Investment
from zhongchuang.ledgers import actions as ledgers
from zhongchuang.organisations.models import Region
from zhongchuang.page.refusal import Refused
from zhongchuang.records.register import collect, rows_behind
from zhongchuang.residents import actions, merges
from zhongchuang.residents.models import Merge, Report, Resident, Stay
from zhongchuang.residents.search import search

pytestmark = pytest.mark.django_db
CLERK = "bees.operator_clerk"
ON = date(2026, 7, 1)
NAMES = (
    "residents",
    "resident_teams",
    "resident_firms",
    "residents_served.total",
    "makers",
    "firms_registered.total",
)


def code(number):
    body = f"91330482MA2CX{number:04d}"
    return body + uscc.calc_check_digit(body)


@pytest.fixture
def take_in(cast):
    """`take_in(space, "星火")` takes a team in, with a code a firm."""

    def one(space, name, number=None, *, who=CLERK, day=date(2025, 3, 1), founder="李雷"):
        stay = actions.take_in(
            space, by=cast[who], kind="firm" if number else "team", name=name, credit_code=code(number) if number else "",
            day=day, stage="nursery", desks=2, founder=founder, founder_kind="student",
        )  # fmt: skip
        if number:
            actions.revise(stay.resident, by=cast[who], version=1, registered=date(2025, 6, 1))
        return stay.resident

    return one


@pytest.fixture
def two(registered, take_in):
    """A team and the firm that it became, entered as two at one space."""
    space = registered()
    team = take_in(space, "微感")
    firm = take_in(space, "浙江微感有限公司", 1)
    return space, team, firm


def facts(space):
    columns = collect([space.pk], NAMES, ON, "calendar_year").columns
    return [columns[name][0] for name in NAMES]


def leads():
    """Into which each record was merged, by name."""
    rows = Resident.objects.select_related("merged_into")
    return {one.name: one.merged_into and one.merged_into.name for one in rows}


def merge(cast, goes, stays, who=CLERK):
    return merges.merge(goes, stays, by=cast[who], reason="同一家企业")


def test_what_was_entered_twice_counts_once_and_taken_apart_it_counts_as_before(two, cast):
    space, team, firm = two
    by = cast[CLERK]
    for who, staff in ((team, 3), (firm, 5)):
        ledgers.write_down(Report, space, by=by, day=date(2025, 12, 31), resident=who, staff=staff)
        ledgers.write_down(
            Investment,
            space,
            by=by,
            day=date(2025, 12, 1),
            resident=who,
            source="other",
            arrived="yes",
        )

    def rows():
        return list(Stay.objects.order_by("pk").values())

    before, written = facts(space), rows()

    def others():
        columns = collect(
            [space.pk], ["jobs", "residents_financed.total"], ON, "calendar_year"
        ).columns
        return [one[0] for one in columns.values()]

    assert before == [2, 1, 1, 2, 2, 1]
    assert others() == [8, 2]
    made = merge(cast, team, firm)
    assert facts(space) == [1, 0, 1, 1, 1, 1]
    assert others() == [5, 1]
    assert len(rows_behind("jobs", space.pk, ON)) == 1
    assert rows() == written
    merges.take_apart(made, by=by, reason="原来是两家")
    assert facts(space) == before
    assert others() == [8, 2]
    verbs = Entry.objects.filter(verb__startswith="residents_").order_by("number")
    assert [one.verb for one in verbs] == ["residents_merged", "residents_taken_apart"]
    assert verbs[0].values["given"]["reason"] == "同一家企业"


def test_what_had_been_merged_before_goes_along_and_comes_back_along(two, take_in, cast):
    space, team, firm = two
    first = take_in(space, "微感项目组", founder="")
    small = merge(cast, first, team)
    large = merge(cast, team, firm)
    assert leads() == {"微感项目组": firm.name, "微感": firm.name, firm.name: None}
    merges.take_apart(large, by=cast[CLERK], reason="x")
    assert leads() == {"微感项目组": "微感", "微感": None, firm.name: None}
    merge(cast, team, firm)
    merges.take_apart(small, by=cast[CLERK], reason="x")
    assert leads() == {"微感项目组": None, "微感": firm.name, firm.name: None}


def test_what_cannot_be_the_same_is_not_merged(two, take_in, cast):
    space, team, firm = two
    other = take_in(space, "另一家有限公司", 2)

    def refused(goes, stays):
        with pytest.raises(Refused) as refused:
            merge(cast, goes, stays)
        return refused.value.refusal.code

    assert refused(firm, firm) == "itself"
    assert refused(firm, other) == "two_codes"
    assert refused(firm, team) == "other_way"
    merge(cast, team, firm)
    assert refused(team, other) == refused(firm, team) == "merged"
    assert Merge.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "merged"),
    [(CLERK, False), ("ants.operator_head", False), ("ping.clerk", False), ("jia.clerk", True), ("zhe.reviewer", True)],
)  # fmt: skip
def test_who_has_both_in_reach_merges_them(registered, take_in, cast, who, merged):
    here, there = (
        registered(),
        registered("蚂蚁空间", who="ants.operator_head", region="330481", by="hai.reviewer"),
    )
    one = take_in(here, "星火")
    other = take_in(there, "星火", who="ants.operator_head")
    if merged:
        made = merge(cast, other, one, who)
        with pytest.raises(Refused):
            merges.take_apart(made, by=cast[CLERK], reason="x")
        merges.take_apart(made, by=cast[who], reason="x")
        return
    with pytest.raises(Refused) as refused:
        merge(cast, other, one, who)
    assert refused.value.refusal.code == "out_of_reach"
    assert not Merge.objects.exists()


def test_likely_ones_are_suggested_and_the_consequences_shown_before(two, signed_in, cast):
    _space, team, firm = two
    Region.objects.filter(code="330000").update(name="浙江省")
    client = signed_in(CLERK)
    page = client.get(reverse("residents:same", args=[firm.code])).content.decode()
    assert "去掉地名和组织形式后名称相同" in page
    url = reverse("residents:merge", args=[team.code, firm.code])
    assert url in page
    answer = client.get(url)
    assert [len(answer.context["consequences"].overlapping)] == [1]
    assert ("入驻", 1) in answer.context["consequences"].rows
    fields = {"request_key": answer.context["form"]["request_key"].value(), "reason": "同一家"}
    for _again in range(2):
        assert client.post(url, fields).status_code == 302
    assert Merge.objects.count() == 1
    assert client.get(team.get_absolute_url()).url == firm.get_absolute_url()
    shown = client.get(firm.get_absolute_url()).content.decode()
    assert "记作 微感" in shown
    assert "同一家" in shown
    made = Merge.objects.get()
    assert (
        client.post(
            reverse("residents:take_apart", args=[made.pk]),
            fields | {"request_key": "0b6f0c8e-3c5e-4c0e-9f57-0d0f5f8d8a11"},
        ).status_code
        == 302
    )
    assert client.get(team.get_absolute_url()).status_code == 200


def test_both_names_are_found_and_lead_to_the_one_that_stayed(two, cast):
    _space, team, firm = two
    assert len(search(cast[CLERK], "微感")) == 2
    merge(cast, team, firm)
    assert [one[0] for one in search(cast[CLERK], "微感")] == [firm.get_absolute_url()]
    actions.revise(
        firm, by=cast[CLERK], version=Resident.objects.get(pk=firm.pk).version, name="新名有限公司"
    )
    found = search(cast[CLERK], "微感")
    assert (found[0][1], "微感" in found[0][2]) == ("新名有限公司", True)


def test_founders_with_one_telephone_suggest_one_resident(registered, take_in, cast):
    space = registered()
    one, other = take_in(space, "甲项目"), take_in(space, "乙项目")
    for who in (one, other):
        actions.add_founder(
            who, by=cast[CLERK], name="韩梅", mobile="13800001111", identity_number=""
        )
    assert [found for found, _why in merges.candidates(one, cast[CLERK])] == [other]


def test_nothing_is_written_about_the_one_that_went(two, cast):
    space, team, firm = two
    merge(cast, team, firm)
    with pytest.raises(Refused) as refused:
        actions.revise(Resident.objects.get(pk=team.pk), by=cast[CLERK], version=2, name="x")
    assert refused.value.refusal.code == "merged"
    with pytest.raises(Refused) as refused:
        actions.take_in(
            space, by=cast[CLERK], kind="team", name="微感", credit_code="", day=date(2025, 3, 1), stage="",
            desks=None, founder="", founder_kind="",
        )  # fmt: skip
    assert refused.value.refusal.code == "stays"
