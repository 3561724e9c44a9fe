from datetime import date

import pytest

from tests.registered import OPENED
from zhongchuang.audit.models import Entry
from zhongchuang.audit.verification import verify
from zhongchuang.organisations.models import Organisation
from zhongchuang.page.refusal import Refused
from zhongchuang.records.models import Letter
from zhongchuang.spaces import actions
from zhongchuang.spaces.access import may_close, may_decide, may_register, may_submit
from zhongchuang.spaces.models import Space

pytestmark = pytest.mark.django_db


def codes(answers):
    return {who: answer.code for who, answer in answers.items() if answer}


def test_only_people_of_a_confirmed_operator_register_spaces(cast):
    who = ("bees.operator_head", "bees.operator_clerk", "ping.reviewer", "founder")
    assert codes({name: may_register(cast[name]) for name in who}) == {
        "ping.reviewer": "not_an_operator",
        "founder": "not_an_operator",
    }
    Organisation.objects.filter(pk=cast.organisations["bees"].pk).update(state="pending")
    assert may_register(cast["bees.operator_head"]).code == "not_confirmed"


def test_a_space_in_preparation_is_seen_by_its_operator_alone(cast, prepared):
    prepared()
    seen = {name for name in cast.people if Space.objects.visible_to(cast[name]).exists()}
    assert seen == {"bees.operator_head", "bees.operator_clerk"}


def test_a_submitted_space_is_seen_by_the_officials_above_it_and_by_nobody_else(cast, prepared):
    actions.submit(prepared(), by=cast["bees.operator_head"])
    seen = {name for name in cast.people if Space.objects.visible_to(cast[name]).exists()}
    officials = {
        f"{where}.{role}"
        for where in ("ping", "jia", "zhe")
        for role in ("clerk", "reviewer", "approver", "finance")
    }
    assert seen == officials | {"bees.operator_head", "bees.operator_clerk"}


def test_the_county_decides_and_its_neighbour_and_the_levels_above_do_not(cast, prepared):
    space = prepared()
    actions.submit(space, by=cast["bees.operator_head"])
    space.refresh_from_db()
    who = (
        "ping.reviewer",
        "ping.approver",
        "ping.clerk",
        "hai.reviewer",
        "jia.reviewer",
        "zhe.approver",
        "bees.operator_head",
    )
    assert codes({name: may_decide(cast[name], space) for name in who}) == {
        "ping.clerk": "not_a_reviewer",
        "hai.reviewer": "other_department",
        "jia.reviewer": "other_department",
        "zhe.approver": "other_department",
        "bees.operator_head": "other_department",
    }


def test_where_the_county_has_no_department_the_city_decides(cast, prepared):
    Organisation.objects.filter(pk=cast.organisations["ping"].pk).update(competent=False)
    space = prepared()
    actions.submit(space, by=cast["bees.operator_head"])
    assert list(Space.objects.decided_by(cast.organisations["jia"])) == [space]
    actions.confirm(Space.objects.get(), by=cast["jia.reviewer"])
    assert Space.objects.get().state == "confirmed"


def test_a_space_goes_from_preparation_to_the_register_and_every_step_is_in_the_log(
    cast, registered
):
    space = registered()
    verbs = Entry.objects.filter(subject_type="spaces.space").order_by("number")
    assert list(verbs.values_list("verb", flat=True)) == [
        "space_registered", "space_submitted", "space_confirmed",
    ]  # fmt: skip
    assert {letter.recipient.name for letter in Letter.objects.all()} == {
        "bees.operator_head", "bees.operator_clerk",
    }  # fmt: skip
    assert (space.floor_area, space.desks) == (600, 80)
    assert [fault for fault in verify().faults if "anchor" not in str(fault).casefold()] == []


def test_a_returned_space_says_why_and_is_sent_again(cast, prepared):
    space = prepared()
    actions.submit(space, by=cast["bees.operator_head"])
    space.refresh_from_db()
    actions.return_(space, by=cast["ping.reviewer"], reason="请补充租赁合同")
    assert (space.state, space.reason) == ("returned", "请补充租赁合同")
    actions.submit(space, by=cast["bees.operator_clerk"])
    assert (space.state, space.reason) == ("submitted", "")


def test_a_space_without_a_site_is_not_submitted(cast):
    space = actions.register(
        by=cast["bees.operator_head"], kind="space", opened=OPENED, name="A", address="B",
        region=cast.regions["330482"],
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        actions.submit(space, by=cast["bees.operator_head"])
    assert refused.value.refusal.code == "incomplete"


def test_nothing_is_changed_while_a_space_is_examined_and_it_can_be_taken_back(cast, add, prepared):
    space = prepared()
    actions.submit(space, by=cast["bees.operator_head"])
    space.refresh_from_db()
    with pytest.raises(Refused) as refused:
        add(space, "staff", name="Ann")
    assert refused.value.refusal.code == "being_examined"
    actions.take_back(space, by=cast["bees.operator_head"])
    add(space, "staff", name="Ann")
    assert may_submit(cast["bees.operator_head"], space) is None


def test_of_two_who_decide_at_once_the_first_wins_and_the_second_learns_who(cast, prepared):
    space = prepared()
    actions.submit(space, by=cast["bees.operator_head"])
    first, second = Space.objects.get(), Space.objects.get()
    actions.confirm(first, by=cast["ping.reviewer"])
    with pytest.raises(Refused) as refused:
        actions.return_(second, by=cast["ping.approver"], reason="x")
    assert (refused.value.refusal.status, "ping.reviewer" in str(refused.value)) == (409, True)
    assert Space.objects.get().state == "confirmed"


def test_the_head_closes_a_space_and_its_records_stay(cast, registered):
    space = registered()
    assert may_close(cast["bees.operator_clerk"], space).code == "not_the_head"
    actions.close(space, by=cast["bees.operator_head"], on=date(2026, 1, 1), reason="合同到期")
    assert (space.state, space.closed_on) == ("closed", date(2026, 1, 1))
    assert space.premises_rows.count() == 1
    assert Space.objects.visible_to(cast["zhe.clerk"]).count() == 1


def test_a_search_finds_a_space_by_words_initials_operator_and_place(cast, prepared):
    prepared("慧谷蜂巢创客空间")
    for words in ("慧谷", "蜂巢 慧谷", "hgfc", "bees", "平湖大道", "phdd"):
        assert (words, Space.objects.found_by(words).count()) == (words, 1)
    assert Space.objects.found_by("慧谷 青枫").count() == 0
