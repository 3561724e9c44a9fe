"""Shanghai beside the cast: the city, a district, the alliance that receives for it, an operator, a space with its title (SH-1, SH-2, SH-3)."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.files.conftest import pdf
from tests.procedures.conftest import lettered
from tests.procedures.needs import why
from zhongchuang.filing.models import Title
from zhongchuang.organisations import actions as organisations
from zhongchuang.organisations.models import Organisation, Region
from zhongchuang.organisations.models.people import ADMINISTRATORS, OFFICIALS
from zhongchuang.procedures import actions
from zhongchuang.procedures.models import Case
from zhongchuang.records.actions import hand_in
from zhongchuang.spaces import actions as register
from zhongchuang.spaces.actions.versions import Operation
from zhongchuang.spaces.models import Space

CITY, DISTRICT = ("310000", "Hu", "province"), ("310115", "Pu", "county")
OPERATORS = {"cranes": "91310115MA28A0001D", "herons": "91310115MA28A00026"}
STEPS = (("pu", "recommend"), ("league", "consent"), ("hu", "grant"))
"""Who takes the steps of a filing and of a change, with the move that leads on."""


@pytest.fixture
def shanghai(cast):
    """The departments `hu` and `pu`, the alliance `league` with its delegation, the operators `cranes` and `herons`."""
    build(cast)
    return cast


def build(cast):
    above = cast.regions["000000"]
    for code, name, level in (CITY, DISTRICT):
        above = cast.regions[code] = Region.objects.create(
            code=code, name=name, full_name=name, level=level, parent=above, path=f"{above.path}{code}/"
        )  # fmt: skip
    for short, code in (("hu", "310000"), ("pu", "310115")):
        organisation(cast, short, "department", code, sorted(OFFICIALS | ADMINISTRATORS), level=cast.regions[code].level, competent=True)  # fmt: skip
    organisation(cast, "league", "alliance", "310000", ("clerk", "reviewer"))
    for short, code in OPERATORS.items():
        organisation(cast, short, "operator", "310115", ("operator_head", "operator_clerk"), credit_code=code)  # fmt: skip
    organisations.delegate(
        cast.organisations["hu"], cast.organisations["league"], by=cast["hu.approver"], powers=["filings"],
        since=timezone.localdate(),
    )  # fmt: skip


def organisation(cast, short, kind, code, roles, **more):
    made = Organisation.objects.create(
        name=f"{short.title()} {kind}", kind=kind, region=cast.regions[code], state="confirmed", **more
    )  # fmt: skip
    cast.organisations[short] = made
    for role in roles:
        cast.person(f"{short}.{role}", organisation=made, role=role)


@pytest.fixture
def in_shanghai(shanghai, registered):
    """`in_shanghai()` is a registered space of Cranes."""

    def one(name="浦江众创空间", **more):
        return registered(name, who="cranes.operator_head", region="310115", by="pu.reviewer", **more)  # fmt: skip

    return one


def completed(cast, case, who):
    """Every entry in words where it is empty, every material with a file."""
    case = Case.objects.get(pk=case.pk)
    texts = {one.id: case.entries.get(one.id) or f"说明 {one.id}" for one in case.course.entries()}
    actions.write(case, by=cast[who], version=case.version, **texts)
    for material in case.course.materials:
        if material.required and not case.attachments.filter(slot=material.id).exists():
            file = hand_in(SimpleUploadedFile(f"{material.id}.pdf", pdf()), by=cast[who])
            actions.attach(case, by=cast[who], slot=material.id, evidence=file)
    return case


def submitted(cast, case, who="cranes.operator_head"):
    case = completed(cast, case, who)
    return actions.hand_in(case, by=cast[who], version=case.version, promised=True, at=timezone.now())  # fmt: skip


def stepped(cast, case, department, move, words="已核对"):
    """The first hand at a department proposes a move, the second signs it."""
    case = Case.objects.get(pk=case.pk)
    first, second = case.at.hands
    if move == case.at.forward:
        lettered(case, cast[f"{department}.{first}"])
    actions.move(case, "propose", by=cast[f"{department}.{first}"], version=case.version, proposed=move, words=words, despite=why(case, move))  # fmt: skip
    return actions.move(case, "sign", by=cast[f"{department}.{second}"], version=case.version)


def granted(cast, case):
    for department, move in STEPS:
        case = stepped(cast, case, department, move)
    return Case.objects.get(pk=case.pk)


@pytest.fixture
def titled_in_shanghai(shanghai, in_shanghai):
    """`titled_in_shanghai()` is the title of a space that the city filed."""

    def one(space=None):
        space = space or in_shanghai()
        case = actions.begin(space, "shanghai-2016", "filing", by=shanghai["cranes.operator_head"])
        return Title.objects.get(case=granted(shanghai, submitted(shanghai, case)))

    return one


@pytest.fixture
def asked_for(shanghai):
    """`asked_for(space, floor_area=900)` asks for a change of the site of a space, or of its particulars."""

    def one(
        space, table="premises", *, on=date(2026, 9, 1), reason="二楼投入使用", files=(), **values
    ):
        series = getattr(space, f"{table}_rows").filter(valid_until=None).get().series
        return register.write(
            Space.objects.get(pk=space.pk), Operation(table, "revise", on, values, series),
            by=shanghai["cranes.operator_head"], reason=reason, evidence=files,
        )  # fmt: skip

    return one
