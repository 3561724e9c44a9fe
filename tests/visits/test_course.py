"""A step that needs a visit waits for a report that a second visitor confirmed; then the report stays as it is."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from tests.visits.conftest import AREA, CLERK, DIFFERS, HEAD, REPORT, SECOND, again, all_as_stated
from zhongchuang.page.refusal import Refused
from zhongchuang.procedures import actions as moves
from zhongchuang.procedures.models import Case
from zhongchuang.procedures.needed import beside
from zhongchuang.records.actions import Stale
from zhongchuang.records.models import Letter
from zhongchuang.visits import actions
from zhongchuang.visits.access import may_plan
from zhongchuang.visits.models import Visit


@contextmanager
def refuses(code):
    """What stands inside is refused, for this reason."""
    with pytest.raises(Refused) as caught, transaction.atomic():
        yield
    assert caught.value.refusal.code == code


@pytest.fixture
def reported(cast):
    """`reported(case)` is the case after its clerk proposed to lead on."""

    def one(case):
        case = Case.objects.get(pk=case.pk)
        return moves.move(case, "propose", by=cast[CLERK], version=case.version, proposed="report", words="已现场核查")  # fmt: skip

    return one


def test_the_step_leads_on_only_after_a_second_visitor_confirmed_the_report(
    at_inspection, going_on, closed, reported, cast
):
    case = at_inspection()
    with refuses("lacking"):
        reported(case)
    visit = closed(going_on(case))
    with refuses("lacking"):
        reported(case)
    actions.confirm(visit, by=cast[SECOND], version=visit.version)
    assert reported(case).proposed == "report"
    case = again(case)
    assert moves.move(case, "sign", by=cast["xiang.approver"], version=case.version).step == "list"


def test_fewer_than_two_officials_of_the_department_do_not_visit(at_inspection, planned, cast):
    case = at_inspection()
    with refuses("too_few"):
        planned(case, visitors=[cast[CLERK].user])
    with refuses("foreign"):
        planned(case, visitors=[cast[CLERK].user, cast["chang.clerk"].user])


def test_it_is_planned_by_whose_turn_it_is_and_one_at_a_time(at_inspection, planned, cast):
    case = at_inspection()
    who = (CLERK, "xiang.approver", "chang.clerk", HEAD)
    told = {one: may_plan(cast[one], case) for one in who}
    assert {one: refusal and refusal.code for one, refusal in told.items()} == {
        CLERK: None, "xiang.approver": "other_role", "chang.clerk": "other_department", HEAD: "other_department",
    }  # fmt: skip
    planned(case)
    assert may_plan(cast[CLERK], case).code == "there"


def test_the_operator_is_told_when_who_and_what_to_have_ready(at_inspection, planned, cast):
    visit = planned(at_inspection(), ready="租赁合同原件", others="李专家")
    letter = Letter.objects.get(recipient=cast.people[HEAD], key__startswith="visit-")
    parts = ("xiang.clerk、xiang.reviewer、李专家", "A 座", "租赁合同原件")
    assert [one for one in parts if one not in letter.text] == []
    assert ("2027-06-11 09:00" in letter.title, letter.url) == (True, visit.get_absolute_url())


def test_an_unannounced_visit_has_a_reason_and_no_letter(at_inspection, planned, cast):
    case = at_inspection()
    with refuses("no_reason"):
        planned(case, announced=False)
    visit = planned(case, announced=False, why="接到举报")
    assert (visit.why, Letter.objects.filter(recipient=cast.people[HEAD], key__startswith="visit-").count()) == ("接到举报", 0)  # fmt: skip
    assert Visit.objects.visible_to(cast[HEAD]).filter(pk=visit.pk).exists() is False


def test_it_is_moved_or_cancelled_with_a_reason_until_it_was_reported(at_inspection, going_on, planned, closed, cast):  # fmt: skip
    case = at_inspection()
    first, ahead = planned(case), timezone.now() + timedelta(days=3)
    moved = actions.shift(first, by=cast[CLERK], version=1, begins=ahead, why="天气")
    assert (again(moved).begins, again(moved).why) == (ahead, "天气")
    actions.cancel(moved, by=cast[CLERK], version=2, why="另行安排")
    told = Letter.objects.filter(recipient=cast.people[HEAD], key__startswith=f"visit-{first.key}")
    assert told.count() == 3
    visit = closed(going_on(case))
    with refuses("reported"):
        actions.shift(visit, by=cast[CLERK], version=visit.version, begins=ahead, why="x")


def test_of_every_line_something_is_said_before_the_report_is_closed(going_on, cast):
    visit = going_on()
    found = all_as_stated(visit)
    found.pop(AREA)
    visit = actions.write(visit, by=cast[CLERK], version=1, found=found)
    with refuses("left_open"):
        actions.close(visit, by=cast[CLERK], version=visit.version, **REPORT)


def test_a_report_names_who_was_there_or_says_why_nobody_signed(going_on, written, cast):
    visit = written(going_on())
    with refuses("unsigned"):
        actions.close(visit, by=cast[CLERK], version=visit.version, **(REPORT | {"read_out": False}))  # fmt: skip
    given = REPORT | {"present": "", "read_out": False, "unsigned": "负责人拒绝签字"}
    assert actions.close(visit, by=cast[CLERK], version=visit.version, **given).state == "closed"


def test_nobody_reports_a_visit_that_has_not_begun(at_inspection, planned, written, cast):
    visit = written(planned(at_inspection()))
    with refuses("not_yet"):
        actions.close(visit, by=cast[CLERK], version=visit.version, **REPORT)


def test_the_report_is_confirmed_by_another_visitor_and_nobody_else(closed, cast):
    visit = closed()
    for who, code in ((CLERK, "same_person"), ("xiang.approver", "not_a_visitor"), ("chang.clerk", "other_department"), (HEAD, "other_department")):  # fmt: skip
        with refuses(code):
            actions.confirm(visit, by=cast[who], version=visit.version)
    assert actions.confirm(visit, by=cast[SECOND], version=visit.version).is_intact


def test_given_back_it_is_changed_and_closed_again(closed, cast):
    visit = closed()
    visit = actions.reopen(visit, by=cast[SECOND], version=visit.version, why="少一项")
    assert (visit.why, "少一项" in Letter.objects.get(recipient=cast.people[CLERK], key__contains="visitor").text) == ("", True)  # fmt: skip
    visit = actions.close(visit, by=cast[SECOND], version=visit.version, **REPORT)
    visit = actions.confirm(visit, by=cast[CLERK], version=visit.version)
    assert (visit.closed_by, visit.confirmed_by) == (cast.people[SECOND], cast.people[CLERK])


def test_a_confirmed_report_is_never_changed(confirmed, photo, cast):
    visit, by = confirmed(), cast[CLERK]
    with refuses("reported"):
        actions.write(visit, by=by, version=visit.version, found={})
    with refuses("reported"):
        actions.photograph(visit, by=by, evidence=photo(), caption="大厅")
    with refuses("not_reported"):
        actions.reopen(visit, by=cast[SECOND], version=visit.version, why="x")
    assert visit.is_intact
    visit.findings.filter(line=AREA).update(value="600 m2")
    assert again(visit).is_intact is False


def test_of_two_who_fill_in_the_checklist_the_later_is_told(going_on, written, cast):
    visit = going_on()
    written(visit)
    with pytest.raises(Stale):
        actions.write(visit, by=cast[SECOND], version=1, found=all_as_stated(visit))
    assert again(visit).findings.get(line=AREA).value == "580 m2"


def test_what_differs_stands_beside_the_case_and_replaces_no_figure(confirmed, cast):
    visit = confirmed()
    case = Case.objects.get(pk=visit.case_id)
    lines = {str(one.text): one for one in beside(case, cast["xiang.approver"])}
    assert (lines["总面积"].mark, "600" in lines["总面积"].says, "580" in lines["总面积"].says) == ("不同", True, True)  # fmt: skip
    assert case.handed_in.facts["floor_area"] == "600 m2"
    assert "总面积" not in {str(one.text) for one in beside(case, cast[HEAD])}


def test_what_could_not_be_seen_is_unknown_and_never_zero(going_on, written, closed, cast):
    visit = going_on()
    written(visit, **{AREA: {"found": "not_seen", "value": None, "words": "门锁着"}})
    visit = actions.close(again(visit), by=cast[CLERK], version=again(visit).version, **REPORT)
    visit = actions.confirm(visit, by=cast[SECOND], version=visit.version)
    line = next(one for one in beside(visit.case, cast[CLERK]) if str(one.text) == "总面积")
    assert (line.says, line.mark, visit.findings.get(line=AREA).value) == ("门锁着", "未能看到", None)  # fmt: skip


@pytest.fixture
def come_back(confirmed, cast):
    """`come_back()` is a visit whose case was returned after its report, and handed in again."""

    def one():
        visit = confirmed()
        case = Case.objects.get(pk=visit.case_id)
        case = moves.move(case, "return", by=cast[CLERK], version=case.version, pins=[("whole", "请补正")])  # fmt: skip
        moves.hand_in(case, by=cast[HEAD], version=case.version, promised=True, at=timezone.now())
        return again(visit)

    return one


def test_after_a_correction_the_report_is_taken_again_with_a_reason(come_back, reported, cast):
    visit = come_back()
    with refuses("lacking"):
        reported(visit.case)
    with refuses("other_role"):
        actions.retake(visit, by=cast["xiang.approver"], words="补正不涉及场地")
    actions.retake(visit, by=cast[CLERK], words="补正不涉及场地")
    with refuses("not_the_last"):
        actions.retake(visit, by=cast[CLERK], words="补正不涉及场地")
    assert reported(visit.case).proposed == "report"


def test_after_a_correction_one_may_visit_anew(come_back, going_on, confirmed, reported, cast):
    earlier = come_back()
    later = confirmed(going_on(earlier.case))
    assert (reported(earlier.case).proposed, later.submission.number, earlier.submission.number) == ("report", 2, 1)  # fmt: skip


def test_a_checklist_filled_in_before_the_correction_is_looked_through_again(going_on, written, cast):  # fmt: skip
    visit = written(going_on())
    case = Case.objects.get(pk=visit.case_id)
    case = moves.move(case, "return", by=cast[CLERK], version=case.version, pins=[("whole", "请补正")])  # fmt: skip
    with refuses("passed"):
        actions.close(again(visit), by=cast[CLERK], version=visit.version, **REPORT)
    moves.hand_in(case, by=cast[HEAD], version=case.version, promised=True, at=timezone.now())
    with refuses("anew"):
        actions.close(again(visit), by=cast[CLERK], version=visit.version, **REPORT)
    visit = written(again(visit), **DIFFERS)
    assert actions.close(visit, by=cast[CLERK], version=visit.version, **REPORT).state == "closed"
