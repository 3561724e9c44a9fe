"""Visits to a site in Hunan: planned and made by officials of the province, read by those of the reach, once confirmed by the operator."""

from datetime import date, datetime, timedelta

import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.files.conftest import pdf, picture
from tests.matrix.procedures import LOOK_ON, READ
from tests.matrix.rows import ABOVE, COUNTY, Form, Secret, at, row
from tests.matrix.spaces import RUN_IT
from tests.procedures.needs import AS_STATED, NOT_SEEN, meet, why
from zhongchuang.procedures import actions as cases
from zhongchuang.procedures.models import Case
from zhongchuang.records.actions import hand_in
from zhongchuang.spaces import actions as register
from zhongchuang.spaces.actions.versions import Operation
from zhongchuang.spaces.models import Space
from zhongchuang.visits import actions
from zhongchuang.visits.checklist import lines
from zhongchuang.visits.models import Photograph, Visit

HEAD, FIRST, SECOND = "owls.operator_head", "xiang.clerk", "xiang.reviewer"
OPENED = date(2024, 1, 1)
OPEN_YEAR = 2027
"""Applications are taken in June; what comes after is done on the day of the test."""
CLERKS, REVIEWERS = (at({role}, ABOVE) for role in ("clerk", "reviewer"))
"""Of those above the county one works for the province, which visits; the other for the city."""
VISITORS = {(200, 403): CLERKS | REVIEWERS, 403: (LOOK_ON - CLERKS - REVIEWERS) | RUN_IT}
HOLDER = {(200, 403): CLERKS, 403: (LOOK_ON - CLERKS) | RUN_IT}


def space_of(world, owner):
    space = register.register(by=world[HEAD], kind="space", opened=OPENED, name="Owl space", region=owner.region, address="1")  # fmt: skip
    site = Operation("premises", "add", OPENED, {"name": "A", "floor_area": 600, "desks": 80, "tenure": "rented"})  # fmt: skip
    register.write(space, site, by=world[HEAD])
    register.submit(space, by=world[HEAD])
    register.confirm(Space.objects.get(pk=space.pk), by=world["lu.reviewer"])
    return Space.objects.get(pk=space.pk)


def handed_in(world, owner):
    by = world[HEAD]
    space = space_of(world, owner)
    with time_machine.travel(datetime(OPEN_YEAR, 6, 10, tzinfo=timezone.get_current_timezone())):
        case = cases.begin(space, "hunan-2016", "recognition", by=by)
        cases.write(case, by=by, version=case.version, **{one.id: f"our {one.id}" for one in case.course.entries()})  # fmt: skip
        file = hand_in(SimpleUploadedFile("proof.pdf", pdf()), by=by)
        for material in case.course.materials:
            if material.required:
                cases.attach(case, by=by, slot=material.id, evidence=file)
        cases.hand_in(case, by=by, version=case.version, promised=True, at=timezone.now())
    Case.objects.filter(pk=case.pk).update(arrived=timezone.now(), submitted=timezone.now())
    return Case.objects.get(pk=case.pk)


def at_inspection(world, owner):
    case = handed_in(world, owner)
    for department, move in (("chang", "recommend"), ("xiang", "conclude")):
        case = meet(case, world[f"{department}.clerk"])
        case = cases.move(case, "propose", by=world[f"{department}.clerk"], version=case.version, proposed=move, words="yes", despite=why(case, move))  # fmt: skip
        case = cases.move(case, "sign", by=world[f"{department}.approver"], version=case.version)
    return Case.objects.get(pk=case.pk)


def people(world):
    return [world[FIRST].user, world[SECOND].user]


def planned(world, owner):
    """An announced visit that has begun."""
    ahead = timezone.now() + timedelta(hours=1)
    visit = actions.plan(at_inspection(world, owner), by=world[FIRST], begins=ahead, place="A", visitors=people(world))  # fmt: skip
    Visit.objects.filter(pk=visit.pk).update(begins=timezone.now() - timedelta(hours=1))
    return Visit.objects.get(pk=visit.pk)


def filled(world, owner):
    visit = planned(world, owner)
    found = {one.key: AS_STATED if one.is_stated else NOT_SEEN for one in lines(visit.case, visit.case.handed_in.facts)}  # fmt: skip
    return actions.write(visit, by=world[FIRST], version=visit.version, found=found)


REPORT = {"result": "fits", "words": "all there", "present": "Wu", "read_out": True}


def closed(world, owner, **more):
    visit = filled(world, owner)
    return actions.close(visit, by=world[FIRST], version=visit.version, **(REPORT | more))


def confirmed(world, owner, **more):
    visit = closed(world, owner, **more)
    return actions.confirm(visit, by=world[SECOND], version=visit.version)


def come_back(world, owner):
    """A confirmed visit whose case was returned and handed in again."""
    visit = confirmed(world, owner)
    case = Case.objects.get(pk=visit.case_id)
    case = cases.move(case, "return", by=world[FIRST], version=case.version, pins=[("whole", "more")])  # fmt: skip
    with time_machine.travel(datetime(OPEN_YEAR, 6, 20, tzinfo=timezone.get_current_timezone())):
        cases.hand_in(case, by=world[HEAD], version=case.version, promised=True, at=timezone.now())
    return visit


def pictured(world, owner):
    visit = planned(world, owner)
    file = hand_in(SimpleUploadedFile("hall.jpg", picture()), by=world[FIRST])
    actions.photograph(visit, by=world[FIRST], evidence=file, caption="the hall")
    return visit


def unmistakable(world, owner):
    return confirmed(world, owner, internal="words of a firecrest")


def key(make):
    return lambda world, owner: make(world, owner).key


def newest(world, owner):
    """The photograph that was taken just before."""
    return Photograph.objects.latest("pk").pk


def plan_of(world, owner):
    return {"begins": "2031-01-01T09:00", "place": "A", "visitors": [str(one.pk) for one in people(world)]}  # fmt: skip


def a_photograph(world, owner):
    return {"file": SimpleUploadedFile("desk.jpg", picture()), "caption": "desks", "line": ""}


AREA = "fact:floor_area"
ROWS = [
    row(
        "visits:plan", {"key": key(at_inspection)}, of=("owls",), answers=HOLDER,
        form=Form(by=FIRST, of="owls", sends=plan_of, entry="visit_planned", texts=("others", "ready", "why")),
    ),
    row("visits:visit", {"key": key(planned)}, of=("owls",), answers={200: LOOK_ON | RUN_IT}),
    row("visits:visit", {"key": key(confirmed)}, of=("owls",), answers={200: LOOK_ON | RUN_IT}),
    row(
        "visits:shift", {"key": key(planned)}, of=("owls",), answers=VISITORS,
        form=Form(by=FIRST, of="owls", sends={"begins": "2031-01-01T09:00", "why": "rain"}, entry="visit_moved", texts=("why",)),
    ),
    row(
        "visits:cancel", {"key": key(planned)}, of=("owls",), answers=VISITORS,
        form=Form(by=FIRST, of="owls", sends={"why": "rain"}, entry="visit_cancelled", texts=("why",)),
    ),
    row("visits:calendar", {"key": key(planned)}, of=("owls",), answers={200: LOOK_ON | RUN_IT}),
    row(
        "visits:checklist", {"key": key(planned)}, of=("owls",), answers=VISITORS,
        form=Form(by=FIRST, of="owls", sends={f"found.{AREA}": "differs", f"words.{AREA}": "less"}, entry="visit_written", texts=(f"words.{AREA}",)),
    ),
    row(
        "visits:photograph", {"key": key(planned)}, of=("owls",), answers=VISITORS,
        form=Form(by=FIRST, of="owls", sends=a_photograph, entry="visit_photographed", texts=("caption",)),
    ),
    row("visits:picture", {"key": key(pictured), "pk": newest}, of=("owls",), answers={200: LOOK_ON}),
    row("visits:small", {"key": key(pictured), "pk": newest}, of=("owls",), answers={200: LOOK_ON}),
    row(
        "visits:remove", {"key": key(pictured), "pk": newest}, of=("owls",), post=True,
        answers={(302, 403): CLERKS | REVIEWERS, 403: LOOK_ON - CLERKS - REVIEWERS},
        form=Form(by=FIRST, of="owls", entry="visit_photograph_removed"),
    ),
    row(
        "visits:close", {"key": key(filled)}, of=("owls",), answers=VISITORS,
        form=Form(
            by=FIRST, of="owls", sends={"result": "fits", "words": "all there", "present": "Wu", "read_out": "on"}, entry="visit_closed",
            texts=("words", "internal", "present", "present_role", "unsigned"),
        ),
    ),
    row(
        "visits:confirm", {"key": key(closed)}, of=("owls",), answers={(200, 403): REVIEWERS, 403: (LOOK_ON - REVIEWERS) | RUN_IT},
        form=Form(by=SECOND, of="owls", entry="visit_confirmed"),
    ),
    row(
        "visits:reopen", {"key": key(closed)}, of=("owls",), answers={(200, 403): REVIEWERS, 403: (LOOK_ON - REVIEWERS) | RUN_IT},
        form=Form(by=SECOND, of="owls", sends={"why": "one line lacks"}, entry="visit_reopened"),
    ),
    row(
        "visits:retake", {"key": key(come_back)}, of=("owls",), answers=HOLDER,
        form=Form(by=FIRST, of="owls", sends={"words": "the site is the same"}, entry="visit_retaken", texts=("words",)),
    ),
    row("visits:printed", {"key": key(closed)}, of=("owls",), answers={200: LOOK_ON}),
    row("visits:printed", {"key": key(confirmed)}, of=("owls",), answers={200: LOOK_ON | RUN_IT}),
]  # fmt: skip
SECRETS = [
    Secret("words of a firecrest", of="owls", seen=at(READ, COUNTY, ABOVE), make=unmistakable),
]
