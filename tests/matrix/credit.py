"""Credit records: officials of the place and above read them, the operator its own; deciders enter them, and another decider answers what the operator asks."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.imports.conftest import book
from tests.matrix.rows import ABOVE, APPLICANTS, COUNTY, OFFICIALS, OWN, Form, Secret, at, row
from tests.matrix.spaces import registered
from zhongchuang.credit import actions
from zhongchuang.credit.models import Record, Request

DECIDERS = {"reviewer", "approver"}
READ = at(OFFICIALS, COUNTY, ABOVE) | at(APPLICANTS, OWN)
ENTERED = {"matter": "other_bad", "basis": "No. 3", "words": "figures of a plover", "day": date(2026, 3, 2)}  # fmt: skip


def record(world, owner):
    """A record of the city, entered by its clerk's file, so that both deciders may answer."""
    return Record.objects.create(
        operator=owner, space=registered(world, owner), department=world["jia.clerk"].organisation, by=world["jia.clerk"].user,
        **ENTERED,
    )  # fmt: skip


def code(world, owner):
    return record(world, owner).code


def asked(world, owner):
    actions.ask(record(world, owner), by=world["bees.operator_head"], kind="repair", words="mended by a plover")  # fmt: skip
    return Request.objects.latest("pk")


def request_key(world, owner):
    return asked(world, owner).key


def operator(world, owner):
    return owner.pk


def listed(world, owner):
    return {"file": SimpleUploadedFile("rows.xlsx", book([["matter"], ["x"]]))}


BRINGING_IN = {(200, 403): at({"reviewer"}, OWN), 200: at({"approver"}, OWN)}
READING_ON = READ - at(DECIDERS, ABOVE)
"""The city keeps the record: of the deciders above the county its own answer, and end it where it was a mistake."""
ROWS = [
    row("credit:records", otherwise=200),
    row(
        "credit:export", answers={200: at(OFFICIALS)}, otherwise=403, post=True,
        form=Form(by="jia.clerk", entry="register_exported", answer=200),
    ),
    row("credit:record", {"code": code}, of=("bees",), answers={200: READ}),
    row(
        "credit:enter", {"pk": operator}, of=("bees",),
        answers={200: at(DECIDERS, COUNTY, ABOVE), 403: at(OFFICIALS - DECIDERS, COUNTY, ABOVE)},
        form=Form(by="jia.reviewer", of="bees", sends=ENTERED | {"day": "2026-03-02"}, entry="credit_recorded", texts=("basis", "words")),
    ),
    row(
        "credit:ask", {"code": code}, of=("bees",), answers={200: at(APPLICANTS, OWN), 403: at(OFFICIALS, COUNTY, ABOVE)},
        form=Form(by="bees.operator_head", of="bees", sends={"kind": "repair", "words": "mended"}, entry="credit_request_made", texts=("words",)),
    ),
    row(
        "credit:answer", {"key": request_key}, of=("bees",), answers={(200, 403): at(DECIDERS, ABOVE), 403: READING_ON},
        form=Form(by="jia.reviewer", of="bees", sends={"granted": "no", "words": "not mended"}, entry="credit_request_answered", texts=("words",)),
    ),
    row(
        "credit:end", {"code": code}, of=("bees",), answers={(200, 403): at(DECIDERS, ABOVE), 403: READING_ON},
        form=Form(by="jia.reviewer", of="bees", sends={"words": "the wrong operator"}, entry="credit_corrected", texts=("words",)),
    ),
    row(
        "imports:new", {"kind": "credit_records"}, answers=BRINGING_IN, otherwise=403,
        form=Form(by="zhe.reviewer", sends=listed, entry="import_received"),
    ),
]  # fmt: skip
SECRETS = [
    Secret("figures of a plover", of="bees", seen=READ, make=record),
    Secret("mended by a plover", of="bees", seen=READ, make=asked),
]
