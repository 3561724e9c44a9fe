"""Every operation × every role × where one stands: who may do what; to outsiders a foreign thing does not exist (S-01)."""

from dataclasses import dataclass

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

from tests.api.conftest import CHANGED, OPENED, Asker, lease, person, program, register
from tests.files.conftest import pdf
from tests.matrix.asking import CHANGED_BY_LOOKING, Recorder
from zhongchuang.api.urls import api
from zhongchuang.audit.models import Entry
from zhongchuang.ledgers.actions import write_down
from zhongchuang.organisations.models import Role
from zhongchuang.organisations.models.people import ADMINISTRATORS, APPLICANTS, OFFICIALS
from zhongchuang.services.models import Event
from zhongchuang.spaces import actions
from zhongchuang.spaces.actions.versions import Operation
from zhongchuang.spaces.models import Space

pytestmark = pytest.mark.django_db
OWN, COUNTY, ABOVE, ELSEWHERE = "own", "county", "above", "elsewhere"
PLACES = {"bees": OWN, "ping": COUNTY, "jia": ABOVE, "zhe": ABOVE}
"""Where an organisation stands, seen from Bees Ltd of Ping county; every other one stands elsewhere."""

PROGRAM = "program"
DECIDE = {Role.REVIEWER, Role.APPROVER}
LOOK_AFTER = {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN}


def at(roles, *places):
    return frozenset((str(role), place) for role in roles for place in places)


ALL = (OWN, COUNTY, ABOVE, ELSEWHERE)
EVERYBODY = at([*Role.values, PROGRAM], *ALL)
RUN_IT = at([*APPLICANTS, PROGRAM], OWN)
LOOK_ON = at(OFFICIALS, COUNTY, ABOVE)
READ_ALONG = at([PROGRAM], COUNTY, ABOVE)
SEE_IT = RUN_IT | LOOK_ON | READ_ALONG
DECIDED = {200: at(DECIDE, COUNTY), 403: (RUN_IT | LOOK_ON) - at(DECIDE, COUNTY)}
DONE_BY_OWN = {200: RUN_IT, 403: LOOK_ON}


@dataclass(frozen=True)
class Row:
    """Status to those who get it; whoever stands in no line gets `otherwise`, and a visitor 401."""

    path: str
    answers: dict
    otherwise: int = 404
    visitor: int = 401
    sends: dict | None = None
    writes: bool = False

    def expected(self, viewer):
        if viewer is None:
            return self.visitor
        role, place, reads_only = viewer
        if self.writes and reads_only:
            return 403
        found = [status for status, pairs in self.answers.items() if (role, place) in pairs]
        assert len(found) < 2
        return found[0] if found else self.otherwise


def reads(path, seen=SEE_IT, **more):
    return Row(path, {200: seen}, **more)


def writes(path, answers, **more):
    return Row(path, answers, writes=True, **more)


NEW = {
    "name": "新空间",
    "kind": "space",
    "opened": "2020-03-01",
    "region": "330482",
    "address": "1 号",
}
SITE = {
    "table": "premises",
    "verb": "add",
    "on": "2026-09-01",
    "values": {"name": "B 座", "floor_area": "50"},
    "reason": "扩建",
}
EVENT = {"title": "路演", "kind": "roadshow", "day": "2026-05-01"}
ROWS = {
    "list_regions": reads("regions/", EVERYBODY, visitor=200),
    "one_region": reads("regions/330482/", EVERYBODY, visitor=200),
    "list_organisations": reads("organisations/", EVERYBODY),
    "one_organisation": reads("organisations/{bees}/", SEE_IT | at(LOOK_AFTER, COUNTY, ABOVE)),
    "list_spaces": reads("spaces/", EVERYBODY),
    "register_space": writes(
        "spaces/", {201: at(APPLICANTS, *ALL) | at([PROGRAM], *ALL)}, otherwise=403, sends=NEW
    ),
    "one_space": reads("spaces/{space}/"),
    "list_rows": reads("spaces/{space}/rows/"),
    "submit_space": writes("spaces/{draft}/submit/", {200: RUN_IT}),
    "take_back_space": writes("spaces/{submitted}/take-back/", DONE_BY_OWN),
    "confirm_space": writes("spaces/{submitted}/confirm/", DECIDED),
    "return_space": writes("spaces/{submitted}/return/", DECIDED, sends={"reason": "请补正"}),
    "change_space": writes(
        "spaces/{space}/changes/", {202: RUN_IT, 403: LOOK_ON}, sends=SITE
    ),
    "list_facts": reads("spaces/{space}/facts/"),
    "list_rows_behind": reads("spaces/{space}/facts/floor_area/rows/"),
    "list_ledgers": reads("spaces/{space}/ledgers/"),
    "list_lines": reads("spaces/{space}/ledgers/events/"),
    "write_line": writes(
        "spaces/{space}/ledgers/events/", {201: RUN_IT, 403: LOOK_ON}, sends={"values": EVENT}
    ),
    "one_line": reads("ledgers/events/{line}/"),
    "correct_line": writes(
        "ledgers/events/{line}/correct/", DONE_BY_OWN, sends={"version": 1, "values": {"attendance": 3}}
    ),
    "strike_line": writes(
        "ledgers/events/{line}/strike/", DONE_BY_OWN, sends={"version": 1, "reason": "重复"}
    ),
    "list_changes": reads("changes/", EVERYBODY),
    "one_change": reads("changes/{change}/"),
    "confirm_change": writes("changes/{change}/confirm/", DECIDED),
    "refuse_change": writes("changes/{change}/refuse/", DECIDED, sends={"answer": "请附合同"}),
    "withdraw_change": writes("changes/{change}/withdraw/", DONE_BY_OWN),
    "list_evidence": reads("evidence/", EVERYBODY),
    "hand_in": writes(
        "evidence/", {403: at(ADMINISTRATORS, *ALL)}, otherwise=201, sends={"file": None}
    ),
    "one_evidence": reads("evidence/{file}/"),
    "download": reads("evidence/{file}/download/"),
    "withdraw": writes("evidence/{file}/withdraw/", DONE_BY_OWN),
}  # fmt: skip
OF_THE_LISTS = {
    "list_spaces": ("code", "space", SEE_IT),
    "list_changes": ("key", "change", SEE_IT),
    "list_evidence": ("key", "file", SEE_IT),
    "list_organisations": ("id", "bees", SEE_IT | at(LOOK_AFTER, COUNTY, ABOVE)),
}


class World:
    """The things of Bees Ltd, and everybody who asks for them, each as (role, place, whether they only read)."""

    def __init__(self, cast):
        space, submitted = register(cast), register(cast, "蜂巢二期", by=None)
        draft = actions.register(
            by=cast["bees.operator_head"], kind="space", opened=OPENED, name="蜂巢三期",
            region=cast.regions["330482"], address="3 号",
        )  # fmt: skip
        site = {"name": "A 座", "floor_area": 600}
        actions.write(
            draft, Operation("premises", "add", OPENED, site), by=cast["bees.operator_head"]
        )
        larger = Operation(
            "premises", "revise", CHANGED, {"floor_area": 900}, space.premises_rows.get().series
        )
        change = actions.write(space, larger, by=cast["bees.operator_head"], reason="扩建")
        event = write_down(
            Event, space, by=cast["bees.operator_clerk"], title="沙龙", kind="salon", day=OPENED
        )
        self.keys = {
            "bees": cast.organisations["bees"].pk, "space": space.code, "draft": draft.code,
            "submitted": submitted.code, "change": str(change.key), "file": str(lease(cast).key),
            "line": str(event.key),
        }  # fmt: skip
        assert Space.objects.get(pk=draft.pk).state == "draft"
        self.askers = {name: self.person(cast, name) for name in cast.people}
        for short in ("bees", "owls", "ping", "jia", "xiang"):
            self.askers[f"program of {short}"] = self.program(cast, short)
        self.askers["visitor"] = (None, Asker())

    def person(self, cast, name):
        post = cast.people[name].posts.get()
        place = PLACES.get(name.partition(".")[0], ELSEWHERE)
        return (post.role, place, False), person(cast, name)

    def program(self, cast, short):
        place = PLACES.get(short, ELSEWHERE)
        only_reads = cast.organisations[short].is_department
        return (PROGRAM, place, only_reads), program(cast, short)


@pytest.fixture
def world(cast, settings):
    settings.API_RATE = 10**9
    return World(cast)


def asked(row, asker, keys):
    path = row.path.format(**keys)
    if not row.writes:
        return asker.get(path)
    sends = row.sends
    if sends and "file" in sends:
        sends = {"file": SimpleUploadedFile("lease.pdf", pdf())}
    return asker.post(path, sends)


def test_every_operation_has_a_row():
    operations = {
        operation.view_func.__name__
        for router in api._get_bound_routers()
        for view in router.path_operations.values()
        for operation in view.operations
    }
    assert operations == set(ROWS)


def test_each_role_gets_what_its_row_says(world):
    wrong = {}
    for name, row in ROWS.items():
        for who, (viewer, asker) in world.askers.items():
            with transaction.atomic():
                got = asked(row, asker, world.keys).status_code
                transaction.set_rollback(True)
            if got != row.expected(viewer):
                wrong.setdefault(f"{name}: {got}, not {row.expected(viewer)}", []).append(who)
    assert wrong == {}


def test_looking_writes_nothing_and_what_is_done_leaves_an_entry(world):
    people = {who: asker for who, (_viewer, asker) in world.askers.items() if "program" not in who}
    for name, row in ROWS.items():
        doers = (who for who in people if row.expected(world.askers[who][0]) < 300)
        who, recorder, before = next(doers), Recorder(), Entry.objects.count()
        with transaction.atomic():
            with connection.execute_wrapper(recorder):
                asked(row, people[who], world.keys)
            entries = Entry.objects.count() - before
            transaction.set_rollback(True)
        wrote = bool(recorder.tables - set(CHANGED_BY_LOOKING))
        assert (name, wrote, entries > 0) == (name, row.writes, row.writes)


def test_lists_hold_a_thing_for_those_alone_who_see_it(world):
    for name, (field_name, key, seen) in OF_THE_LISTS.items():
        holding = {
            who
            for who, (viewer, asker) in world.askers.items()
            if viewer
            and world.keys[key]
            in [one[field_name] for one in asker.get(ROWS[name].path).json()["items"]]
        }
        expected = {
            who for who, (viewer, _asker) in world.askers.items() if viewer and viewer[:2] in seen
        }
        assert (name, holding) == (name, expected)
