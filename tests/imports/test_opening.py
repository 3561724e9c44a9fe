"""A department enters the opening state of its region."""

import uuid
from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.utils import timezone

from tests.imports.conftest import carry_out, problems, warnings
from zhongchuang.audit.models import Entry
from zhongchuang.audit.verification import verify
from zhongchuang.imports import actions as imports
from zhongchuang.imports import jobs
from zhongchuang.imports.access import may_import
from zhongchuang.imports.declaration import kind_of
from zhongchuang.organisations.models import Organisation
from zhongchuang.page.refusal import Refused
from zhongchuang.spaces import actions
from zhongchuang.spaces.actions.imported import CHANGED_SINCE
from zhongchuang.spaces.actions.versions import Operation
from zhongchuang.spaces.models import TABLES, Premises, Proof, Space
from zhongchuang.tables.subjects import check_character

pytestmark = pytest.mark.django_db
BEES, FRESH = "91330482MA28A00016", "91330482MA28A0005M"
HEAD = [
    "众创空间名称", "运营机构名称", "统一社会信用代码", "成立时间", "所在区县", "详细地址",
    "场地面积（平方米）", "工位数", "工作人员数", "设备总值（万元）", "依托单位类型", "依托单位",
]  # fmt: skip


def row(name="Bee Hall", operator="Bees Ltd", code=BEES, region="Ping", **more):
    cells = {
        "name": name, "operator": operator, "code": code, "opened": "2015年6月1日", "region": region,
        "address": "1 Lake Road", "area": "800平方米", "desks": 120, "staff": "8人", "value": "30万元",
        "kind": "高等学校", "host": "Ping College",
    }  # fmt: skip
    return list((cells | more).values())


def fresh_code():
    return FRESH[:-1] + check_character(FRESH[:-1])


@pytest.fixture
def enter(bring):
    def one(*rows, who="ping.clerk", **more):
        return bring(who, "register", [HEAD, *rows], **more)

    return one


def test_spaces_are_entered_as_confirmed_with_the_file_behind_them(enter, cast):
    found = enter(row(), row("New Hall", "New Ltd", fresh_code()), confirm=True)
    assert (found.state, problems(found), found.findings["counts"]) == ("done", [], {"new": 2})
    space = Space.objects.get(name="Bee Hall")
    assert (space.state, space.operator, space.floor_area, space.desks) == (
        "confirmed", cast.organisations["bees"], Decimal(800), 120,
    )  # fmt: skip
    assert "l" in space.words
    assert TABLES["equipment"].objects.get(space=space).value == 300_000
    assert TABLES["host"].objects.get(space=space).kind == "university"
    assert TABLES["staff-count"].objects.get(space=space).staff == 8
    established = Organisation.objects.get(name="New Ltd")
    assert (established.state, established.kind, established.region) == (
        "confirmed", "operator", cast.regions["330482"],
    )  # fmt: skip
    assert {proof.evidence for proof in Proof.objects.filter(space=space)} == {found.evidence}


def test_each_space_and_the_import_stand_in_the_log_which_is_whole(enter):
    found = enter(row(), row("New Hall", "New Ltd", fresh_code()), confirm=True)
    verbs = list(Entry.objects.order_by("number").values_list("verb", flat=True))
    assert verbs[-6:] == [
        "import_confirmed", "handed_in", "organisation_established", "space_imported", "space_imported",
        "import_recorded",
    ]  # fmt: skip
    assert found.digest in Entry.objects.get(verb="import_recorded").details
    assert {one.kind for one in verify().faults} <= {"unanchored"}  # nothing is committed in a test


def test_only_those_of_the_competent_department_enter_a_register(cast):
    kind = kind_of("register")
    answers = {
        who: may_import(cast[who], kind, "")
        for who in ("ping.clerk", "ping.finance", "ping.system_admin", "bees.operator_head", "founder")
    }  # fmt: skip
    assert {who: answer and answer.code for who, answer in answers.items()} == {
        "ping.clerk": None, "ping.finance": "not_competent", "ping.system_admin": "not_competent",
        "bees.operator_head": "not_competent", "founder": "not_competent",
    }  # fmt: skip


def test_a_row_of_another_region_or_of_a_waiting_operator_is_refused(enter, cast):
    Organisation.objects.filter(pk=cast.organisations["ants"].pk).update(state="pending")
    found = enter(
        row(region="Hai"), row("Ant Hall", "Ants Ltd", "91330482MA28A00029"), row("Bee Hall 2", opened="2999-01-01"),
        row("Bee Hall 3", code=BEES[:-1] + "7"), row("Bee Hall 2"),
    )  # fmt: skip
    assert problems(found) == [
        (2, "E", "other_region"), (3, "C", "operator_waits"), (4, "D", "future"), (5, "C", "code"), (6, "A", "doubled"),
    ]  # fmt: skip


def test_what_looks_wrong_is_a_warning(enter):
    found = enter(
        row(operator="Bees Limited"), row("Bee Hall 2", desks=2, value=600_000),
        row("Bee Hall", "New Ltd", fresh_code()),
    )  # fmt: skip
    assert problems(found) == []
    assert warnings(found) == [
        (2, "B", "other_name"), (3, "H", "area_a_desk"), (3, "J", "yuan_in_wan"), (4, "A", "same_name"),
    ]  # fmt: skip


@pytest.mark.parametrize("existing", ["skip", "change"])
def test_what_is_registered_already_is_left_or_changed_as_one_chooses(enter, existing):
    enter(row(), on=date(2020, 1, 1), confirm=True)
    found = enter(row(), confirm=False)
    assert found.findings["counts"] == {"same": 1}
    found = enter(row(area=900), row("Second"), existing=existing, confirm=True)
    fate = "skipped" if existing == "skip" else "changed"
    assert found.findings["counts"] == {"new": 1, fate: 1}
    space = Space.objects.get(name="Bee Hall")
    assert space.floor_area == (800 if existing == "skip" else 900)
    assert Premises.objects.filter(space=space).count() == (1 if existing == "skip" else 2)


def test_nothing_is_recorded_where_the_register_changed_after_the_check(enter, cast):
    found = enter(row())
    enter(row(), confirm=True)
    found = carry_out(found, cast["ping.clerk"])
    assert (found.state, Space.objects.count()) == ("failed", 1)
    assert found.findings["failure"] == str(CHANGED_SINCE)


def test_a_confirmation_sent_twice_is_one_import(enter, cast):
    found, by, key = enter(row()), cast["ping.clerk"], uuid.uuid4()
    found.refresh_from_db()
    for _again in range(2):
        imports.confirm(found, by=by, version=found.version, request_key=key)
        jobs.run(found.pk)
    assert Space.objects.count() == 1


def test_a_worker_that_breaks_off_leaves_nothing_and_another_does_it_all(enter, cast, monkeypatch):
    found = enter(row(), row("Second"))
    found.refresh_from_db()
    imports.confirm(found, by=cast["ping.clerk"], version=found.version, request_key=uuid.uuid4())
    with monkeypatch.context() as patch:
        patch.setattr(imports, "note", broken)
        with pytest.raises(KeyboardInterrupt):
            jobs.run(found.pk)
    found.refresh_from_db()
    assert (found.state, Space.objects.count()) == ("running", 0)
    assert jobs.resume() == 0
    with time_machine.travel(timezone.now() + timedelta(minutes=4)):
        assert jobs.resume() == 1
        jobs.run(found.pk)
    found.refresh_from_db()
    assert (found.state, Space.objects.count()) == ("done", 2)


def broken(*_given):
    raise KeyboardInterrupt


# --- undoing --------------------------------------------------------------------------------------


def everything():
    return {
        "organisations": sorted(Organisation.objects.values_list("pk", flat=True)),
        "spaces": sorted(Space.objects.values_list("pk", "name", "floor_area")),
        **{name: sorted(map(str, model.objects.values_list("pk", "valid_from", "valid_until"))) for name, model in TABLES.items()},
    }  # fmt: skip


def test_undoing_takes_back_exactly_what_was_recorded(enter, cast):
    enter(row(), on=date(2020, 1, 1), confirm=True)
    before = everything()
    found = enter(
        row(area=900, desks=130), row("New Hall", "New Ltd", fresh_code()), existing="change", confirm=True
    )  # fmt: skip
    assert everything() != before
    done = imports.undo(found, by=cast["ping.clerk"])
    assert (done.state, everything()) == ("undone", before)
    assert Entry.objects.filter(verb="space_import_undone").count() == 2
    assert {one.kind for one in verify().faults} <= {"unanchored"}  # nothing is committed in a test


def test_what_was_built_on_stays_and_is_named(enter, cast):
    found = enter(row(), row("Second"), confirm=True)
    space = Space.objects.get(name="Second")
    operation = Operation("staff", "add", date(2026, 1, 1), {"name": "Wang"})
    actions.write(space, operation, by=cast["bees.operator_clerk"])
    before = everything()
    with pytest.raises(Refused, match="Second"):
        imports.undo(found, by=cast["ping.clerk"])
    found.refresh_from_db()
    assert (found.state, everything()) == ("done", before)


def test_after_a_day_nothing_is_undone(enter, cast):
    found = enter(row(), confirm=True)
    with (
        time_machine.travel(timezone.now() + timedelta(hours=25)),
        pytest.raises(Refused, match="24"),
    ):
        imports.undo(found, by=cast["ping.clerk"])


def test_files_are_deleted_after_thirty_days(enter):
    found = enter(row())
    assert default_storage.exists(f"{found.folder}/given")
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert jobs.expire() == 1
        assert jobs.expire() == 0
    found.refresh_from_db()
    assert found.state == "expired"
