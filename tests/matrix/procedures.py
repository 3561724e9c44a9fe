"""Applications and their course: seen by the operator, and once handed in by the officials of the reach."""

from django.utils import timezone

from tests.matrix import records
from tests.matrix.rows import ABOVE, COUNTY, OWN, Form, Secret, at, public, row
from tests.matrix.spaces import HEAD, RUN_IT, code, registered
from zhongchuang.procedures import actions
from zhongchuang.procedures.models import Case
from zhongchuang.records.models import Evidence

READ = {"clerk", "reviewer", "approver"}
LOOK_ON = at(READ, COUNTY, ABOVE)
SEEN = {200: RUN_IT | LOOK_ON}
OURS = {200: RUN_IT}
CLERKS_ABOVE = at({"clerk"}, ABOVE)
"""The city takes the first step: of the clerks above the county one is right, the other at the wrong department."""
FIRST_STEP = {(200, 403): CLERKS_ABOVE, 403: (LOOK_ON - CLERKS_ABOVE) | RUN_IT}
GUIDE = {"pack": "zhejiang-2016", "procedure": "filing"}


def evidence(world, owner):
    return Evidence.objects.get(key=records.handed_in(world, owner))


def draft(world, owner):
    return actions.begin(registered(world, owner), "zhejiang-2016", "filing", by=world[HEAD])


def complete(world, owner, **words):
    case, by = draft(world, owner), world[HEAD]
    texts = {entry.id: f"our {entry.id}" for entry in case.course.entries()} | words
    actions.write(case, by=by, version=case.version, **texts)
    file = evidence(world, owner)
    for material in case.course.materials:
        if material.required:
            actions.attach(case, by=by, slot=material.id, evidence=file)
    return case


def handed_in(world, owner, **words):
    case = complete(world, owner, **words)
    return actions.hand_in(case, by=world[HEAD], version=case.version, promised=True, at=timezone.now())  # fmt: skip


def unmistakable(world, owner):
    return handed_in(world, owner, rules="words of a dunnock")


def refused(world, owner):
    case = handed_in(world, owner)
    actions.move(case, "propose", by=world["jia.clerk"], version=case.version, proposed="refuse", words="too small")  # fmt: skip
    return actions.move(case, "sign", by=world["jia.approver"], version=case.version)


def key(make):
    return lambda world, owner: make(world, owner).key


def file_of(world, owner):
    """The first file of the newest case, which was made just before."""
    return Case.objects.latest("pk").attachments.first().pk


def known_file(world, owner):
    return {"known": str(evidence(world, owner).key)}


def judged(world, owner):
    return {"words": "looked at"}


ROWS = [
    row("procedures:services", otherwise=200),
    row("procedures:queue", otherwise=200),
    public("procedures:guide", GUIDE, limited=True),
    public("procedures:notices", limited=True),
    row(
        "procedures:begin", GUIDE | {"code": code(registered)}, of=("bees",), answers={302: RUN_IT}, post=True,
        form=Form(by=HEAD, of="bees", entry="case_begun"),
    ),
    row("procedures:case", {"key": key(handed_in)}, of=("bees",), answers=SEEN),
    row("procedures:case", {"key": key(draft)}, of=("bees",), answers=OURS),
    row(
        "procedures:entries", {"key": key(draft), "section": "premises"}, of=("bees",), answers=OURS,
        form=Form(by=HEAD, of="bees", sends={"facilities": "open desks"}, entry="case_written", texts=("facilities",)),
    ),
    row(
        "procedures:material", {"key": key(draft), "slot": "fund"}, of=("bees",), answers=OURS,
        form=Form(by=HEAD, of="bees", sends=known_file, entry="case_file_added"),
    ),
    row(
        "procedures:remove", {"key": key(complete), "pk": file_of}, of=("bees",), answers={302: RUN_IT}, post=True,
        form=Form(by=HEAD, of="bees", entry="case_file_removed"),
    ),
    row(
        "procedures:check", {"key": key(complete)}, of=("bees",), answers=OURS,
        form=Form(by=HEAD, of="bees", sends={"promised": "on"}, entry="case_handed_in"),
    ),
    row("procedures:receipt", {"key": key(handed_in)}, of=("bees",), answers=SEEN),
    row(
        "procedures:withdraw", {"key": key(handed_in)}, of=("bees",), answers=OURS | {403: LOOK_ON},
        form=Form(by=HEAD, of="bees", sends={"words": "later"}, entry="case_withdrawn", texts=("words",)),
    ),
    row(
        "procedures:discard", {"key": key(draft)}, of=("bees",), answers=OURS,
        form=Form(by=HEAD, of="bees", entry="case_discarded"),
    ),
    row(
        "procedures:take", {"key": key(handed_in)}, of=("bees",), post=True,
        answers={(302, 403): CLERKS_ABOVE, 403: (LOOK_ON - CLERKS_ABOVE) | RUN_IT},
        form=Form(by="jia.clerk", of="bees", entry="case_taken"),
    ),
    row(
        "procedures:return", {"key": key(handed_in)}, of=("bees",), answers=FIRST_STEP,
        form=Form(by="jia.clerk", of="bees", sends={"wrong.0": "not a firm"}, entry="case_moved", texts=("wrong.0",)),
    ),
    row(
        "procedures:move", {"key": key(handed_in), "name": "consent"}, of=("bees",), answers=FIRST_STEP,
        form=Form(by="jia.clerk", of="bees", sends=judged, entry="case_moved", texts=("words",)),
    ),
    row("procedures:decision", {"key": key(refused)}, of=("bees",), answers=SEEN),
]  # fmt: skip
SECRETS = [
    Secret("words of a dunnock", of="bees", seen=LOOK_ON | at({"operator_head", "operator_clerk"}, OWN), make=unmistakable),
]  # fmt: skip
