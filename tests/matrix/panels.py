"""Experts' opinions: named by whose turn it is, written by the expert alone, read by officials; the applicant reads no names."""

import itertools

from django.utils import timezone

from tests.matrix.admission import registered
from tests.matrix.procedures import LOOK_ON, READ
from tests.matrix.rows import ABOVE, COUNTY, OWN, Form, Secret, at, row
from zhongchuang.gap.packs import all_packs
from zhongchuang.panels import actions
from zhongchuang.procedures.actions.applying import kept
from zhongchuang.procedures.models import Case, RuleVersion

numbers = itertools.count(5000001)
CLERKS = at({"clerk"}, COUNTY)
EXPERT = at({"expert"}, OWN)


def at_review(world, owner):
    """A case of Xuchang's rules at its step of review, as if the county of the owner were the city that reviews."""
    space = registered(world, owner)
    pack = all_packs()["xuchang-2016"]
    case = Case.objects.create(
        rules=RuleVersion.of(pack), pack=pack.id, procedure="filing", space=space, operator=space.operator,
        begun_by=world["bees.operator_head"].user, number=f"2026-{next(numbers)}", state="running", step="review",
        role="clerk", department=world.organisations["ping"], submitted=timezone.now(), arrived=timezone.now(),
    )  # fmt: skip
    kept(case, by=world["bees.operator_head"], at=timezone.now(), day=timezone.localdate())
    return case


def seat(world, owner, **more):
    """A seat of the expert of the world: its owner, or the one of all."""
    case = at_review(world, world.owner("bees"))
    return actions.name(case, by=world["ping.clerk"], expert=world.people["expert"])


def seat_beside(world, owner):
    return seat(world, owner)


def given(world, owner):
    held = seat(world, owner)
    return actions.give(held, by=world["expert"], version=held.version, conclusion="yes", words="words of a whinchat")  # fmt: skip


def key(make):
    return lambda world, owner: make(world, owner).key


def file_of(world, owner):
    return "6f1d2b0c-0000-4000-8000-00000000dead"


OPINION = {"conclusion": "yes", "words": "it is enough", "free": "on"}
NOBODY_BEFORE = (
    "nobody gave an opinion before, so nobody is asked again (tests/panels/test_panel.py)"
)
ROWS = [
    row("panels:seats", otherwise=200),
    row(
        "panels:panel", {"key": key(at_review)}, of=("bees",), answers={200: LOOK_ON},
        form=Form(by="ping.clerk", of="bees", sends=lambda world, owner: {"expert": str(world.people["expert"].pk)}, entry="expert_named"),
    ),
    row(
        "panels:draw", {"key": key(at_review)}, of=("bees",), answers={302: CLERKS, 403: LOOK_ON - CLERKS}, post=True,
        form=Form(by="ping.clerk", of="bees", entry="expert_named"),
    ),
    row(
        "panels:again", {"key": key(at_review)}, of=("bees",), answers={302: CLERKS, 403: LOOK_ON - CLERKS}, post=True,
        form=Form(by="ping.clerk", of="bees", no_entry=NOBODY_BEFORE),
    ),
    row("panels:seat", {"key": key(seat)}, of=("expert",), answers={200: EXPERT}),
    row("panels:file", {"key": key(seat), "file": file_of}, of=("expert",), answers={404: EXPERT}),
    row(
        "panels:give", {"key": key(seat)}, of=("expert",), answers={200: EXPERT},
        form=Form(by="expert", of="expert", sends=OPINION, entry="expert_opinion_given", texts=("words",)),
    ),
    row(
        "panels:recuse", {"key": key(seat)}, of=("expert",), answers={200: EXPERT},
        form=Form(by="expert", of="expert", sends={"words": "a cousin works there"}, entry="expert_recused", texts=("words",)),
    ),
    row(
        "panels:take_out", {"key": key(seat_beside)}, of=("bees",), answers={200: CLERKS, 403: LOOK_ON - CLERKS},
        form=Form(by="ping.clerk", of="bees", sends={"words": "cannot be reached"}, entry="expert_taken_out", texts=("words",)),
    ),
]  # fmt: skip
SECRETS = [
    Secret(
        "words of a whinchat", of="bees", seen=at(READ, COUNTY, ABOVE), make=given, told=("expert",)
    ),
]
