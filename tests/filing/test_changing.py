"""A major change of a space with a title goes the way of a filing, and the register keeps both versions (SH-3)."""

import json
from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from tests.files.conftest import pdf
from tests.shanghai import STEPS, granted, stepped, submitted
from zhongchuang.filing.actions import carry_over_due
from zhongchuang.filing.certificate import content
from zhongchuang.ledgers.behind import address
from zhongchuang.page.refusal import Refused
from zhongchuang.policy.decision import recompute
from zhongchuang.procedures import actions
from zhongchuang.procedures.checks import errors
from zhongchuang.procedures.models import Case
from zhongchuang.records.actions import hand_in
from zhongchuang.records.register import collect
from zhongchuang.spaces import actions as register
from zhongchuang.spaces.access import may_decide_change, may_withdraw_change
from zhongchuang.spaces.actions.versions import Operation
from zhongchuang.spaces.models import Change, Space
from zhongchuang.spaces.todos import todos

pytestmark = pytest.mark.django_db
FROM = date(2026, 9, 1)
HEAD = "cranes.operator_head"


def area(space, day):
    return collect([space.pk], ["floor_area"], day).columns["floor_area"][0]


@pytest.fixture
def titled(titled_in_shanghai):
    return titled_in_shanghai()


@pytest.fixture
def waiting(titled, asked_for):
    """A change of area of a space that holds a title."""
    return asked_for(titled.space, floor_area=900)


@pytest.fixture
def begun(cast, waiting):
    return actions.begin(waiting.space, "shanghai-2016", "change", by=cast[HEAD])


def test_a_case_decides_on_a_major_change_of_a_space_with_a_title_and_no_click_does(cast, waiting):
    assert may_decide_change(cast["pu.reviewer"], waiting).code == "by_case"
    with pytest.raises(Refused):
        register.confirm_change(waiting, by=cast["pu.reviewer"])
    assert area(waiting.space, FROM) == 600


def test_without_a_title_the_district_decides_as_before(cast, in_shanghai, asked_for):
    change = asked_for(in_shanghai(), floor_area=900)
    assert may_decide_change(cast["pu.reviewer"], change) is None


def test_the_application_begins_with_old_and_new_and_the_reason(begun):
    what, why = (begun.entries[name] for name in ("what", "why"))
    assert ("600" in what, "900" in what, why) == (True, True, "二楼投入使用")


def test_a_granted_change_is_written_from_its_day_on_and_both_versions_stay(cast, titled, begun):
    granted(cast, submitted(cast, begun))
    change = Change.objects.get()
    assert (change.state, change.decided_by.name) == ("confirmed", "hu.approver")
    assert [area(titled.space, day) for day in (FROM - timedelta(days=1), FROM)] == [600, 900]
    assert titled.space.premises_rows.count() == 2


def test_the_title_keeps_its_number_and_tells_the_change(cast, titled, begun, client):
    granted(cast, submitted(cast, begun))
    page = client.get(titled.get_absolute_url()).content.decode()
    assert [word in page for word in (titled.number, "600 m²", "900 m²")] == [True] * 3
    line = titled.changes.get()
    assert (line.registered, line.change.on) == (timezone.localdate(), FROM)


def test_a_refused_case_refuses_the_change_with_its_reason(cast, begun):
    stepped(cast, submitted(cast, begun), "pu", "refuse", words="合同未附")
    change = Change.objects.get()
    assert (change.state, change.answer, area(change.space, FROM)) == ("refused", "合同未附", 600)


def test_a_withdrawn_case_withdraws_the_change(cast, begun):
    case = submitted(cast, begun)
    actions.withdraw(case, by=cast[HEAD], version=case.version)
    assert Change.objects.get().state == "withdrawn"


def test_once_handed_in_the_change_is_withdrawn_with_its_case_alone(cast, begun, waiting):
    assert may_withdraw_change(cast[HEAD], waiting) is None
    submitted(cast, begun)
    assert may_withdraw_change(cast[HEAD], Change.objects.get()).code == "in_case"


def test_conditions_are_judged_with_the_figures_as_they_would_be(cast, begun):
    submission = submitted(cast, begun).handed_in
    assert (submission.facts["floor_area"], submission.before["floor_area"]) == ("900 m2", "600 m2")
    assert area(begun.space, FROM) == 600


def test_nothing_is_begun_without_a_change_in_the_register(cast, titled):
    with pytest.raises(Refused) as caught:
        actions.begin(titled.space, "shanghai-2016", "change", by=cast[HEAD])
    assert caught.value.refusal.code == "no_change"


def test_a_new_operator_takes_the_title_over_with_the_space(cast, titled, asked_for):
    herons = cast.organisations["herons"]
    asked_for(titled.space, "particulars", operator=herons)
    case = actions.begin(titled.space, "shanghai-2016", "change", by=cast[HEAD])
    granted(cast, submitted(cast, case))
    titled.refresh_from_db()
    assert (Space.objects.get().operator, titled.operator, titled.of_operator) == (herons, herons, herons.name)  # fmt: skip


def test_the_page_of_the_change_leads_into_the_case_with_one_press(waiting, signed_in):
    client = signed_in(HEAD)
    begin = reverse("procedures:begin", args=["shanghai-2016", "change", waiting.space.code])
    assert begin in client.get(waiting.get_absolute_url()).content.decode()
    answer = client.post(begin)
    case = Case.objects.get(procedure="change")
    assert answer.url == case.get_absolute_url()
    page = client.get(case.get_absolute_url()).content.decode()
    source = address("ledgers:behind", case.space, "floor_area", timezone.localdate())
    assert (escape(source) in page, "900 m²" in page) == (True, True)


@pytest.mark.parametrize(
    "values",
    [{"direction": "集成电路设计"}, {"goals": "三年孵化百家"}, {"industry": "electronics"}],
)
def test_what_no_figure_tells_goes_the_same_way(cast, titled, asked_for, values):
    change = asked_for(titled.space, "particulars", **values)
    case = actions.begin(titled.space, "shanghai-2016", "change", by=cast[HEAD])
    granted(cast, submitted(cast, case))
    change.refresh_from_db()
    rows = titled.space.particulars_rows.order_by("valid_from")
    assert (change.state, rows.count()) == ("confirmed", 2)
    assert {name: getattr(rows.last(), name) for name in values} == values


def test_what_the_rules_do_not_name_is_left_to_the_district(cast, titled, asked_for):
    change = asked_for(titled.space, "particulars", address="新址")
    assert may_decide_change(cast["pu.reviewer"], change) is None


def test_all_changes_that_wait_go_together_and_a_later_one_waits_for_the_next_case(cast, begun, asked_for):  # fmt: skip
    asked_for(begun.space, "particulars", goals="三年孵化百家")
    case = submitted(cast, begun)
    later = register.write(
        begun.space, Operation("premises", "add", FROM, {"name": "B 座", "floor_area": 200}), by=cast[HEAD], reason="新增",
    )  # fmt: skip
    granted(cast, case)
    states = Change.objects.order_by("pk").values_list("state", flat=True)
    assert (case.changes.count(), list(states)) == (2, ["confirmed", "confirmed", "waiting"])
    assert actions.begin(begun.space, "shanghai-2016", "change", by=cast[HEAD]).pk != case.pk
    assert may_withdraw_change(cast[HEAD], later) is None


def test_looking_at_the_draft_leaves_the_register_as_it_is(begun, signed_in):
    rows = list(begun.space.premises_rows.values_list("pk", "version", "valid_until"))
    page = signed_in(HEAD).get(begun.get_absolute_url()).content.decode()
    assert "900 m²" in page
    assert list(begun.space.premises_rows.values_list("pk", "version", "valid_until")) == rows
    assert Space.objects.get().floor_area == 600


def test_the_files_of_the_change_go_with_the_application(cast, titled, asked_for):
    file = hand_in(SimpleUploadedFile("lease.pdf", pdf()), by=cast[HEAD])
    asked_for(titled.space, floor_area=900, files=[file])
    case = actions.begin(titled.space, "shanghai-2016", "change", by=cast[HEAD])
    assert [(one.slot, one.evidence) for one in case.attachments.all()] == [("proof", file)]


def test_a_change_of_operator_to_come_moves_the_title_on_its_day(cast, titled, asked_for):
    today = timezone.localdate()
    asked_for(titled.space, "particulars", on=today + timedelta(days=20), operator=cast.organisations["herons"])  # fmt: skip
    case = actions.begin(titled.space, "shanghai-2016", "change", by=cast[HEAD])
    granted(cast, submitted(cast, case))
    titled.refresh_from_db()
    assert titled.operator == cast.organisations["cranes"]
    assert [carry_over_due(today + timedelta(days=days)) for days in (19, 20, 20)] == [0, 1, 0]
    titled.refresh_from_db()
    assert titled.operator == cast.organisations["herons"]


def test_a_change_that_went_with_its_closed_space_is_not_granted(cast, begun):
    case = submitted(cast, begun)
    for department, move in STEPS[:-1]:
        stepped(cast, case, department, move)
    space = Space.objects.get()
    register.close(space, by=cast[HEAD], on=timezone.localdate(), reason="停业")
    with pytest.raises(Refused) as caught:
        stepped(cast, case, "hu", "grant")
    assert caught.value.refusal.code == "change_gone"


def test_the_workbench_of_the_operator_names_it_and_that_of_the_district_does_not(cast, waiting):
    assert [one.url for one in todos(cast[HEAD])] == [waiting.get_absolute_url()]
    assert todos(cast["pu.reviewer"]) == []


def test_the_certificate_shows_what_changed_with_its_day(cast, titled, begun):
    granted(cast, submitted(cast, begun))
    (*_rest, (label, text)) = content(titled)["rows"]
    assert ("2026" in label, "600 m² → 900 m²" in text) == (True, True)


def test_the_decision_comes_out_again_from_the_new_figures(cast, begun):
    case = granted(cast, submitted(cast, begun))
    assert recompute(case.decision.content).same


def test_the_case_file_holds_old_and_new_and_the_entries_of_the_change(cast, begun):
    case = granted(cast, submitted(cast, begun))
    archive = ZipFile(BytesIO(b"".join(actions.export(case, by=cast["hu.clerk"]))))
    (told,) = json.loads(archive.read("case.json"))["changes"]
    assert (told["change__old"]["floor_area"], told["change__values"]["floor_area"]) == (
        "600.00",
        900,
    )
    log = archive.read("audit.jsonl").decode()
    assert [verb in log for verb in ("change_proposed", "change_confirmed")] == [True, True]


def test_a_change_to_come_alters_its_own_figures_alone(cast, titled, asked_for):
    asked_for(titled.space, on=timezone.localdate() + timedelta(days=90), floor_area=900)
    case = actions.begin(titled.space, "shanghai-2016", "change", by=cast[HEAD])
    assert submitted(cast, case).handed_in.before == {"floor_area": "600 m2"}


def test_a_draft_whose_change_was_withdrawn_says_so_and_is_not_handed_in(
    cast, begun, waiting, signed_in
):
    register.withdraw_change(waiting, by=cast[HEAD])
    page = signed_in(HEAD).get(reverse("procedures:check", args=[begun.key])).content.decode()
    assert "没有待办理的变更" in page
    with pytest.raises(Refused):
        submitted(cast, begun)


def test_a_change_that_the_register_can_no_longer_take_is_told_before_handing_in(
    cast, begun, waiting
):
    waiting.space.premises_rows.update(valid_until=FROM)
    assert [one.place for one in errors(begun)][-1] == "whole"
    assert area(begun.space, FROM) is None
