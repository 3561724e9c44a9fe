"""Public notices and objections: open to everybody; who objected is opened by the officials of the department alone."""

import itertools
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.files.conftest import picture
from tests.matrix.admission import NOBODY_YET, entered, last_code, registered
from tests.matrix.procedures import LOOK_ON, READ
from tests.matrix.rows import ABOVE, Form, Secret, at, public, row
from tests.matrix.spaces import HEAD, RUN_IT
from zhongchuang.gap.packs import all_packs
from zhongchuang.objections import actions
from zhongchuang.objections.models import Exhibit, Objection
from zhongchuang.procedures.models import Case, RuleVersion

numbers = itertools.count(1)
SENDS = {
    "kind": "person", "name": "wagtail", "phone": "13800001111", "email": "wagtail@example.org", "place": "whole",
    "grounds": "it is smaller", "agreed": "on",
}  # fmt: skip
PREPARING, SIGNING = at({"clerk", "reviewer"}, ABOVE), at({"approver"}, ABOVE)
"""The province holds the notice: of the two departments above the county the objection exists for one."""
OFFICIALS = {(200, 404): PREPARING | SIGNING}
SIGNS = {(200, 404): SIGNING, (403, 404): PREPARING}


def on_notice(world, owner):
    """A case on notice at the province, by rules whose window is shut today; written as it then stands."""
    space, now = registered(world, owner), timezone.now()
    number = f"2026-{9000000 + next(numbers)}"
    return Case.objects.create(
        rules=RuleVersion.of(all_packs()["hunan-2016"]), pack="hunan-2016", procedure="recognition", space=space,
        operator=space.operator, begun_by=world[HEAD].user, number=number, state="running", step="notice", submitted=now,
        arrived=now, due=timezone.localdate() + timedelta(days=9), department=world.organisations["zhe"],
    )  # fmt: skip


def begun(world, owner, **words):
    given = {name: value for name, value in SENDS.items() if name != "agreed"} | words
    number = next(numbers)
    return actions.begin(
        on_notice(world, owner), key=f"6f1d2b0c-0000-4000-9000-{number:012d}", ip=f"198.51.100.{number}",
        **given | {"email": f"wagtail+{number}@example.org"},
    )  # fmt: skip


def received(world, owner, **words):
    it = begun(world, owner, **words)
    return actions.confirm_address(it, code=last_code(), by=None, at=timezone.now())


def proposed(world, owner, answer="rejected"):
    it = received(world, owner)
    return actions.propose(it, by=world["zhe.clerk"], version=it.version, answer=answer, words="it is not so")  # fmt: skip


def upheld(world, owner):
    it = proposed(world, owner, "upheld")
    actions.sign(it, by=world["zhe.approver"], version=it.version)
    return Objection.objects.get(pk=it.pk)


def telling(world, owner):
    return received(world, owner, name="fieldfare", grounds="words of a goldcrest")


def showing(world, owner):
    """One with a file whose name is unmistakable."""
    it = received(world, owner)
    file = SimpleUploadedFile("song of a wryneck.jpg", picture(size=(50, 30)))
    actions.add_file(it, file, by=None, ip="198.51.100.8")
    return it


def key(make):
    return lambda world, owner: make(world, owner).key


def secret(make):
    return lambda world, owner: make(world, owner).secret.plain()


def number(world, owner):
    return on_notice(world, owner).number


def evidence(world, owner):
    return {"file": SimpleUploadedFile("proof.jpg", picture(size=(40, 30)))}


def shows(make):
    """An objection to which a file was added."""

    def one(world, owner):
        it = make(world, owner)
        actions.add_file(it, evidence(world, owner)["file"], by=None, ip="198.51.100.7")
        return it

    return one


def newest(world, owner):
    """The file that was added just before."""
    return Exhibit.objects.latest("pk").key


ANSWER = {"answer": "rejected", "words": "it is not so"}
WORDS = {"words": "it is not so"}
ROWS = [
    public("objections:notice", {"name": number}, of=("bees",), limited=True),
    public(
        "objections:object", {"name": number}, of=("bees",), limited=True,
        form=Form(by="visitor", of="bees", sends=SENDS, no_entry=NOBODY_YET, texts=("name", "grounds")),
    ),
    public(
        "objections:follow", {"token": secret(begun)}, of=("bees",),
        form=Form(by="visitor", of="bees", sends=entered, entry="objection_received"),
    ),
    public("objections:again", {"token": secret(begun)}, of=("bees",), post=True, otherwise=302, visitor=302,
           form=Form(by="visitor", of="bees", no_entry=NOBODY_YET)),
    public("objections:files", {"token": secret(begun)}, of=("bees",),
           form=Form(by="visitor", of="bees", sends=evidence, no_entry=NOBODY_YET)),
    public("objections:files", {"token": secret(received)}, of=("bees",),
           form=Form(by="visitor", of="bees", sends=evidence, entry="objection_file_added")),
    public("objections:take_out", {"token": secret(shows(begun)), "key": newest}, of=("bees",), post=True, otherwise=302,
           visitor=302, form=Form(by="visitor", of="bees", no_entry=NOBODY_YET)),
    row("objections:exhibit", {"key": key(shows(received)), "exhibit": newest}, of=("bees",), answers=OFFICIALS),
    row("objections:objection", {"key": key(received)}, of=("bees",), answers=OFFICIALS),
    row(
        "objections:look_into", {"key": key(received)}, of=("bees",), post=True, answers={(302, 404): PREPARING | SIGNING},
        form=Form(by="zhe.clerk", of="bees", entry="objection_examined"),
    ),
    row(
        "objections:propose", {"key": key(received)}, of=("bees",), answers={(200, 404): PREPARING, (403, 404): SIGNING},
        form=Form(by="zhe.clerk", of="bees", sends=ANSWER, entry="objection_proposed", texts=("words",)),
    ),
    row(
        "objections:sign", {"key": key(proposed)}, of=("bees",), answers=SIGNS,
        form=Form(by="zhe.approver", of="bees", entry="objection_answered"),
    ),
    row(
        "objections:send_back", {"key": key(proposed)}, of=("bees",), answers=SIGNS,
        form=Form(by="zhe.approver", of="bees", sends=WORDS, entry="objection_sent_back", texts=("words",)),
    ),
    row(
        "objections:reveal", {"key": key(received)}, of=("bees",), answers=OFFICIALS,
        form=Form(by="zhe.clerk", of="bees", sends={"field": "name", "reason": "call"}, entry="revealed", answer=200),
    ),
    row(
        "objections:settle", {"key": lambda world, owner: upheld(world, owner).case.key, "name": "reopen"}, of=("bees",),
        answers={(200, 403): SIGNING, 403: (LOOK_ON - SIGNING) | RUN_IT},
        form=Form(by="zhe.approver", of="bees", sends=WORDS, entry="case_moved", texts=("words",)),
    ),
]  # fmt: skip
SECRETS = [
    Secret("words of a goldcrest", of="bees", seen=at(READ, ABOVE), make=telling),
    Secret("song of a wryneck", of="bees", seen=at(READ, ABOVE), make=showing),
    Secret("fieldfare", of="bees", seen=frozenset(), make=telling),
]
