"""Applications by the Zhejiang rules: begun, complete, handed in."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.files.conftest import pdf
from tests.procedures.needs import meet, why
from zhongchuang.procedures import actions
from zhongchuang.procedures.models import Case
from zhongchuang.records.actions import hand_in

SHANGHAI = ZoneInfo("Asia/Shanghai")
HUNAN = {"who": "owls.operator_head", "pack": "hunan-2016", "procedure": "recognition"}


@pytest.fixture
def file_of(cast):
    """`file_of("bees.operator_head", "lease.pdf")` is a file of that person's organisation."""

    def one(who, name="proof.pdf"):
        return hand_in(SimpleUploadedFile(name, pdf()), by=cast[who])

    return one


@pytest.fixture
def begun(cast, registered):
    """`begun()` is the draft of a filing for a registered space."""

    def one(space=None, *, who="bees.operator_head", pack="zhejiang-2016", procedure="filing"):
        return actions.begin(space or registered(), pack, procedure, by=cast[who])

    return one


@pytest.fixture
def complete(cast, begun, file_of):
    """`complete()` is a draft in which nothing is missing."""

    def one(case=None, *, who="bees.operator_head", **more):
        case = case or begun(who=who, **more)
        texts = {entry.id: f"说明 {entry.id}" for entry in case.course.entries()}
        actions.write(case, by=cast[who], version=case.version, **texts)
        for material in case.course.materials:
            if material.required:
                actions.attach(case, by=cast[who], slot=material.id, evidence=file_of(who, f"{material.id}.pdf"))  # fmt: skip
        return case

    return one


@pytest.fixture
def handed_in(cast, complete):
    """`handed_in()` is a filing that waits at its first step."""

    def one(case=None, *, who="bees.operator_head", **more):
        case = complete(case, who=who, **more)
        return actions.hand_in(case, by=cast[who], version=case.version, promised=True, at=timezone.now())  # fmt: skip

    return one


def lettered(case, by):
    """What the step of a case needs, met by whose turn it is: the letter, and whatever else."""
    meet(case, by)


@pytest.fixture
def step(cast):
    """`step(case, "jia", "consent")`: the first hand at a department makes or proposes a move, the others sign it."""

    def one(case, department, move, words="已核对", judged=None):
        case = Case.objects.get(pk=case.pk)
        first, *others = case.at.hands
        how = {"name": "propose", "proposed": move} if others else {"name": move}
        if move == case.at.forward:
            lettered(case, cast[f"{department}.{first}"])
        actions.move(case, by=cast[f"{department}.{first}"], version=case.version, words=words, judged=judged, despite=why(case, move), **how)  # fmt: skip
        for hand in others:
            actions.move(case, "sign", by=cast[f"{department}.{hand}"], version=case.version)
        return case

    return one


@pytest.fixture
def on_notice(cast, registered, handed_in, step, time_machine):
    """A recognition in Hunan that was handed in within its window and stands at its public notice."""
    time_machine.move_to(datetime(2027, 6, 10, 9, tzinfo=SHANGHAI))
    space = registered("湘江众创空间", who="owls.operator_head", region="430104", by="lu.reviewer")
    case = handed_in(space=space, **HUNAN)
    while case.at.hands:
        here = next(n for n, one in cast.organisations.items() if one == case.department)
        case = step(case, here, case.at.forward)
    return case
