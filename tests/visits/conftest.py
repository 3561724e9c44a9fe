"""A recognition in Hunan that waits for the visit of the province."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.files.conftest import exif, picture
from tests.procedures.conftest import begun, complete, file_of, handed_in, step  # noqa: F401 -- fixtures
from tests.procedures.needs import AS_STATED, NOT_SEEN
from zhongchuang.procedures.models import Case
from zhongchuang.records.actions import hand_in
from zhongchuang.visits import actions
from zhongchuang.visits.checklist import lines

CLERK, SECOND, HEAD = "xiang.clerk", "xiang.reviewer", "owls.operator_head"
AREA = "fact:floor_area"
REPORT = {"result": "differs", "words": "面积与申报不符", "present": "王五", "present_role": "场地负责人", "read_out": True}  # fmt: skip


def again(row):
    return type(row).objects.get(pk=row.pk)


@pytest.fixture
def at_inspection(registered, handed_in, step, time_machine):  # noqa: F811 -- the fixtures above
    """`at_inspection()` is such a case; it is a morning in June."""
    time_machine.move_to(datetime(2027, 6, 10, 9, tzinfo=ZoneInfo("Asia/Shanghai")))

    def one(name="湘江众创空间"):
        space = registered(name, who=HEAD, region="430104", by="lu.reviewer")
        case = handed_in(space=space, who=HEAD, pack="hunan-2016", procedure="recognition")
        case = step(case, "chang", "recommend")
        return again(step(case, "xiang", "conclude"))

    return one


@pytest.fixture
def planned(cast):
    """`planned(case)` is a visit tomorrow at ten by a clerk and a reviewer."""

    def one(case, **more):
        ahead = timezone.now() + timedelta(days=1)
        fields = {"begins": ahead, "place": "A 座", "visitors": [cast[CLERK].user, cast[SECOND].user]}  # fmt: skip
        return actions.plan(Case.objects.get(pk=case.pk), by=cast[CLERK], **(fields | more))

    return one


@pytest.fixture
def going_on(at_inspection, planned, time_machine):
    """`going_on()` is a visit that has begun."""

    def one(case=None, **more):
        visit = planned(case or at_inspection(), **more)
        time_machine.move_to(visit.begins + timedelta(minutes=5))
        return visit

    return one


def all_as_stated(visit, **other):
    found = {one.key: AS_STATED if one.is_stated else NOT_SEEN for one in lines(visit.case, visit.case.handed_in.facts)}  # fmt: skip
    return found | other


DIFFERS = {AREA: {"found": "differs", "value": "580 m2", "words": "一楼已出租"}}


@pytest.fixture
def written(cast):
    """`written(visit)` is a visit at which the floor area was less than was stated."""

    def one(visit, **found):
        return actions.write(again(visit), by=cast[CLERK], version=again(visit).version, found=all_as_stated(again(visit), **(found or DIFFERS)))  # fmt: skip

    return one


@pytest.fixture
def closed(cast, going_on, written):
    """`closed()` is a visit that was reported by the clerk."""

    def one(visit=None, **report):
        visit = written(visit or going_on())
        return actions.close(visit, by=cast[CLERK], version=visit.version, **(REPORT | report))

    return one


@pytest.fixture
def confirmed(cast, closed):
    """`confirmed()` is a visit whose report the reviewer confirmed."""

    def one(visit=None, **report):
        visit = closed(visit, **report)
        return again(actions.confirm(visit, by=cast[SECOND], version=visit.version))

    return one


@pytest.fixture
def photo(cast):
    """`photo("desk.jpg")` is a photograph with hidden data, handed in by the clerk."""

    def one(name="photo.jpg", who=CLERK, size=(64, 48)):
        return hand_in(SimpleUploadedFile(name, picture(size=size, exif=exif())), by=cast[who])

    return one
