"""Imports: files on their way into the register. They are the business of the organisation that sent them in."""

import uuid

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.imports.conftest import book
from tests.matrix.rows import APPLICANTS, OWN, Form, Secret, at, row
from tests.matrix.spaces import HEAD, code, prepared
from zhongchuang.imports import actions
from zhongchuang.imports.declaration import kind_of
from zhongchuang.imports.models import Import

THEIRS = at(APPLICANTS, OWN)
ENTERING = {(200, 403): at({"clerk", "reviewer"}, OWN), 200: at({"approver"}, OWN)}


def sent_in(world, owner, name="maple of Bees.xlsx"):
    space, file = prepared(world, owner), SimpleUploadedFile(name, book([["name"], ["Wang"]]))
    return actions.receive(file, by=world[HEAD], kind=kind_of("staff"), scope=space.code)


def checked(world, owner):
    found = sent_in(world, owner)
    return actions.assign(
        found, by=world[HEAD], columns=["name"], existing="skip", on=None, version=found.version
    )


def recorded(world, owner):
    found = checked(world, owner)
    actions.confirmed(found, by=world[HEAD], version=found.version)
    actions.run(found.pk)
    return found


def key(make):
    return lambda world, owner: make(world, owner).key


def newest(world, owner):
    return {"version": Import.objects.latest("pk").version, "request_key": str(uuid.uuid4())}


def columns(world, owner):
    found = Import.objects.latest("pk")
    return {"c0": "name", "existing": "skip", "on": "2026-01-01", "version": found.version}


def people(world, owner):
    return {"file": SimpleUploadedFile("staff.xlsx", book([["name"], ["Wang"]]))}


INTO = {"scope": code(prepared), "kind": "staff"}
ROWS = [
    row("imports:imports", otherwise=200),
    row(
        "imports:new", {"kind": "register"}, answers=ENTERING, otherwise=403,
        form=Form(by="ping.clerk", sends=people, entry="import_received"),
    ),
    row("imports:template", {"kind": "register"}, answers=ENTERING, otherwise=403),
    row("imports:into", {"scope": code(prepared)}, of=("bees",), answers={200: THEIRS}),
    row(
        "imports:new_into", INTO, of=("bees",), answers={200: THEIRS},
        form=Form(by=HEAD, of="bees", sends=people, entry="import_received"),
    ),
    row("imports:template_into", INTO, of=("bees",), answers={200: THEIRS}),
    row("imports:import", {"key": key(sent_in)}, of=("bees",), answers={302: THEIRS}),
    row("imports:import", {"key": key(checked)}, of=("bees",), answers={200: THEIRS}),
    row(
        "imports:columns", {"key": key(sent_in)}, of=("bees",), answers={200: THEIRS},
        form=Form(by=HEAD, of="bees", sends=columns, entry="import_checked"),
    ),
    row("imports:errors", {"key": key(checked)}, of=("bees",), answers={200: THEIRS}),
    row(
        "imports:confirm", {"key": key(checked)}, of=("bees",), post=True, answers={302: THEIRS},
        form=Form(by=HEAD, of="bees", sends=newest, entry="import_confirmed"),
    ),
    row("imports:progress", {"key": key(checked)}, of=("bees",), answers={200: THEIRS}),
    row(
        "imports:undo", {"key": key(recorded)}, of=("bees",), answers={200: THEIRS},
        form=Form(by=HEAD, of="bees", entry="import_undone"),
    ),
]  # fmt: skip
SECRETS = [Secret("maple of Bees", of="bees", seen=THEIRS, make=sent_in)]
