"""Major changes of a registered space: the department decides, and both versions stay (SH-3)."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.files.conftest import pdf
from zhongchuang.audit.models import Entry
from zhongchuang.page.refusal import Refused
from zhongchuang.records.actions import hand_in
from zhongchuang.records.register import collect
from zhongchuang.spaces import actions
from zhongchuang.spaces.access import may_decide_change
from zhongchuang.spaces.actions.versions import Operation
from zhongchuang.spaces.models import Change, Proof, Space

pytestmark = pytest.mark.django_db
FROM = date(2026, 9, 1)


@pytest.fixture
def asked(cast, registered):
    """A registered space whose operator asks for 900 instead of 600 m² from 1 September on."""
    space = registered()
    site = space.premises_rows.get()
    return actions.write(
        space, Operation("premises", "revise", FROM, {"floor_area": 900}, site.series),
        by=cast["bees.operator_head"], reason="二楼投入使用",
    )  # fmt: skip


def area(space, day):
    return collect([space.pk], ["floor_area"], day).columns["floor_area"][0]


def test_a_change_counts_only_when_it_is_confirmed_and_from_its_day_on(cast, asked):
    space = asked.space
    assert (area(space, FROM), Space.objects.get().floor_area) == (600, 600)
    actions.confirm_change(asked, by=cast["ping.reviewer"])
    assert [area(space, day) for day in (FROM - timedelta(days=1), FROM, date(2030, 1, 1))] == [
        600,
        900,
        900,
    ]
    assert Space.objects.get().floor_area == 900
    versions = space.premises_rows.order_by("valid_from").values_list("floor_area", "valid_until")
    assert list(versions) == [(600, FROM), (900, None)]


def test_a_refused_change_leaves_the_register_as_it_is_and_says_why(cast, asked):
    actions.refuse_change(asked, by=cast["ping.approver"], answer="请附合同")
    assert (asked.state, asked.answer, area(asked.space, FROM)) == ("refused", "请附合同", 600)


def test_the_operator_withdraws_what_it_asked_for(cast, asked):
    with pytest.raises(Refused):
        actions.withdraw_change(asked, by=cast["ants.operator_head"])
    actions.withdraw_change(asked, by=cast["bees.operator_clerk"])
    assert (asked.state, area(asked.space, FROM)) == ("withdrawn", 600)


def test_only_the_county_of_the_space_decides_on_its_changes(cast, asked):
    who = ("ping.reviewer", "ping.clerk", "hai.reviewer", "zhe.approver", "bees.operator_head")
    answers = {name: may_decide_change(cast[name], asked) for name in who}
    assert {name: answer.code for name, answer in answers.items() if answer} == {
        "ping.clerk": "not_a_reviewer", "hai.reviewer": "other_department",
        "zhe.approver": "other_department", "bees.operator_head": "other_department",
    }  # fmt: skip


def test_of_two_who_decide_on_a_change_at_once_the_first_wins(cast, asked):
    other = Change.objects.get()
    actions.confirm_change(asked, by=cast["ping.reviewer"])
    with pytest.raises(Refused) as refused:
        actions.refuse_change(other, by=cast["ping.approver"], answer="x")
    assert refused.value.refusal.status == 409
    assert Change.objects.get().state == "confirmed"


def test_a_second_change_of_the_same_thing_waits_for_the_first(cast, asked):
    with pytest.raises(Refused) as refused:
        actions.write(
            asked.space,
            Operation("premises", "end", FROM, {}, asked.series),
            by=cast["bees.operator_head"],
        )
    assert refused.value.refusal.code == "change_waiting"


def test_what_is_not_major_takes_effect_at_once(cast, asked, add):
    space = asked.space
    particulars = space.particulars_rows.get()
    done = actions.write(
        space, Operation("particulars", "revise", FROM, {"phone": "0573-1"}, particulars.series),
        by=cast["bees.operator_head"],
    )  # fmt: skip
    assert (done.phone, space.particulars_rows.count()) == ("0573-1", 2)
    add(space, "staff", name="Ann")
    assert Change.objects.count() == 1


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("particulars", {"direction": "投资促进"}),
        ("particulars", {"goals": "三年孵化百家"}),
        ("particulars", {"name": "新名"}),
        ("particulars", {"address": "新址"}),
        ("premises", {"desks": 90}),
        ("premises", {"tenure": "owned"}),
    ],
)
def test_area_operator_direction_goals_name_and_place_are_major(cast, registered, table, values):
    space = registered()
    series = getattr(space, f"{table}_rows").get().series
    change = actions.write(
        space, Operation(table, "revise", FROM, values, series), by=cast["bees.operator_head"]
    )
    assert isinstance(change, Change)


def test_a_new_operator_takes_over_when_the_county_has_confirmed(cast, registered):
    space = registered()
    series = space.particulars_rows.get().series
    ants = cast.organisations["ants"]
    change = actions.write(
        space, Operation("particulars", "revise", FROM, {"operator": ants}, series),
        by=cast["bees.operator_head"], reason="转让",
    )  # fmt: skip
    assert not Space.objects.visible_to(cast["ants.operator_head"]).exists()
    actions.confirm_change(change, by=cast["ping.reviewer"])
    assert Space.objects.get().operator == ants
    assert Space.objects.visible_to(cast["ants.operator_head"]).exists()
    assert not Space.objects.visible_to(cast["bees.operator_head"]).exists()


def test_the_files_of_a_change_stand_behind_the_thing_when_it_is_confirmed(cast, registered):
    space = registered()
    site = space.premises_rows.get()
    own = hand_in(SimpleUploadedFile("a.pdf", pdf()), by=cast["bees.operator_head"])
    foreign = hand_in(SimpleUploadedFile("b.pdf", pdf()), by=cast["kites.operator_head"])
    change = actions.write(
        space, Operation("premises", "revise", FROM, {"floor_area": 900}, site.series),
        by=cast["bees.operator_head"], evidence=[own, foreign],
    )  # fmt: skip
    actions.confirm_change(change, by=cast["ping.reviewer"])
    assert list(Proof.objects.filter(series=site.series).values_list("evidence", flat=True)) == [
        own.pk
    ]


def test_every_step_of_a_change_is_in_the_log_with_old_and_new(cast, asked):
    actions.confirm_change(asked, by=cast["ping.reviewer"])
    entries = Entry.objects.about(asked).order_by("number")
    assert [(entry.verb, entry.role) for entry in entries] == [
        ("change_proposed", "operator_head"), ("change_confirmed", "reviewer"),
    ]  # fmt: skip
    last = entries.last().values
    assert (last["old"]["floor_area"], last["new"]["floor_area"]) == ("600.00", 900)
