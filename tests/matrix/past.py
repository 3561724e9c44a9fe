"""Past evaluations and grants: officials of the place and above read them, the operator its own; who brought them in puts them right."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.imports.conftest import book
from tests.matrix.imports import ENTERING
from tests.matrix.rows import ABOVE, APPLICANTS, COUNTY, OFFICIALS, OWN, Form, Secret, at, row
from tests.matrix.spaces import registered
from zhongchuang.past.models import Evaluation, Grant

READ = at(OFFICIALS, COUNTY, ABOVE) | at(APPLICANTS, OWN)
LOOK = at(OFFICIALS, COUNTY, ABOVE)
TYPED = {"year": "2024", "programme": "evaluation of spaces", "basis": "No. 31", "day": "2025-05-20", "reason": "misprint"}  # fmt: skip
TEXTS = ("programme", "basis", "note", "reason")


def common(world, owner):
    space = registered(world, owner)
    return {
        "space": space, "operator": space.operator, "department": world["jia.clerk"].organisation, "by": world["jia.clerk"].user,
        "year": 2024, "programme": "heron evaluation", "basis": "No. 31", "day": date(2025, 5, 20),
    }  # fmt: skip


def evaluation(world, owner):
    return Evaluation.objects.create(**common(world, owner), grade="good", result="good")


def grant(world, owner):
    return Grant.objects.create(**common(world, owner), recipient_kind="person", recipient="heron fisher", personal_amount="777123.45")  # fmt: skip


def key(make):
    return lambda world, owner: make(world, owner).code


def kind(name):
    return lambda _world, _owner: name


def listed(world, owner):
    return {"file": SimpleUploadedFile("rows.xlsx", book([["year"], ["2024"]]))}


MINE = {(200, 403): at({"clerk", "reviewer", "approver"}, ABOVE), 403: at({"finance"}, ABOVE) | at(OFFICIALS, COUNTY) | at(APPLICANTS, OWN)}  # fmt: skip
"""The city brought them in: of those above the county its people put them right."""
ROWS = [
    row("past:records", {"kind": kind("evaluations")}, otherwise=200),
    row("past:records", {"kind": kind("grants")}, otherwise=200),
    row(
        "past:export", {"kind": kind("evaluations")}, answers={200: at(OFFICIALS)}, otherwise=403, post=True,
        form=Form(by="jia.clerk", entry="register_exported", answer=200),
    ),
    row("past:record", {"kind": kind("evaluations"), "code": key(evaluation)}, of=("bees",), answers={200: READ}),
    row("past:record", {"kind": kind("grants"), "code": key(grant)}, of=("bees",), answers={200: READ}),
    row(
        "past:correct", {"kind": kind("evaluations"), "code": key(evaluation)}, of=("bees",), answers=MINE,
        form=Form(by="jia.clerk", of="bees", sends=TYPED | {"grade": "passed"}, entry="past_row_put_right", texts=(*TEXTS, "grade", "period", "evaluator")),
    ),
    row(
        "past:correct", {"kind": kind("grants"), "code": key(grant)}, of=("bees",), answers=MINE,
        form=Form(by="jia.clerk", of="bees", sends=TYPED | {"recipient_kind": "operator"}, entry="past_row_put_right", texts=(*TEXTS, "payer")),
    ),
    row(
        "past:reveal", {"code": key(grant)}, of=("bees",), answers={200: LOOK, 403: at(APPLICANTS, OWN)},
        form=Form(by="ping.clerk", of="bees", sends={"field": "personal_amount", "reason": "seen"}, entry="revealed", answer=200),
    ),
    row(
        "imports:new", {"kind": "past_evaluations"}, answers=ENTERING, otherwise=403,
        form=Form(by="zhe.clerk", sends=listed, entry="import_received"),
    ),
    row("imports:new", {"kind": "past_grants"}, answers=ENTERING, otherwise=403),
]  # fmt: skip
SECRETS = [Secret("heron evaluation", of="bees", seen=READ, make=evaluation), Secret("heron fisher", of="bees", seen=READ, make=grant)]  # fmt: skip
