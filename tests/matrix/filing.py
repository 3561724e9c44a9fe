"""Titles: their register is open to everybody; those concerned take the certificate or end a title."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.imports.conftest import book
from tests.matrix.imports import ENTERING
from tests.matrix.procedures import handed_in
from tests.matrix.rows import (
    ABOVE,
    ADMINISTRATORS,
    APPLICANTS,
    OFFICIALS,
    OWN,
    Form,
    at,
    public,
    row,
)
from tests.procedures.conftest import lettered
from tests.procedures.needs import why
from zhongchuang.filing.models import Title
from zhongchuang.procedures import actions
from zhongchuang.procedures.models import Case
from zhongchuang.spaces.models import Space

STEPS = (("jia", "consent"), ("ping", "recommend"), ("zhe", "grant"))


def given(world, owner):
    """A title of a space, granted by the province; its name is not the secret one, for titles are public."""
    case = handed_in(world, owner)
    Space.objects.filter(pk=case.space_id).update(name="published hall")
    case = Case.objects.get(pk=case.pk)
    for short, move in STEPS:
        first, *others = case.at.hands
        lettered(case, world[f"{short}.{first}"])
        actions.move(case, "propose", by=world[f"{short}.{first}"], version=case.version, proposed=move, words="looked at", despite=why(case, move))  # fmt: skip
        for hand in others:
            actions.move(case, "sign", by=world[f"{short}.{hand}"], version=case.version)
    return Title.objects.get(case=case)


def code(world, owner):
    return given(world, owner).code


def list_of_titles(world, owner):
    return {"file": SimpleUploadedFile("titles.xlsx", book([["number"], ["1"]]))}


def renewed(world, owner):
    """The key of the draft of a renewal: the title of the space ends soon."""
    title, soon = given(world, owner), timezone.localdate() + timedelta(days=30)
    Title.objects.filter(pk=title.pk).update(until=soon, since=soon - timedelta(days=400))
    return actions.begin(title.space, "zhejiang-2016", "filing", by=world["bees.operator_head"]).key


def file_before(world, owner):
    """A file of the case before the newest, which was begun just before."""
    return Case.objects.latest("pk").follows.attachments.filter(slot="fund").first().evidence.key


ANYONE_ELSE = {"otherwise": 403}
GRANTING = at({"approver"}, ABOVE)
"""The province granted it: of the approvers above the county one is right."""
ROWS = [
    public("filing:titles", limited=True),
    public("filing:title", {"code": code}, of=("bees",), limited=True),
    public("filing:picture", {"code": code}, of=("bees",), limited=True),
    row("filing:certificate", {"code": code}, of=("bees",), answers={200: at(APPLICANTS, OWN), (200, 404): at(OFFICIALS | ADMINISTRATORS | {"expert"}, ABOVE)}),
    row(
        "filing:revoke", {"code": code}, of=("bees",), answers={(200, 403): GRANTING}, **ANYONE_ELSE,
        form=Form(by="zhe.approver", of="bees", sends={"words": "left its premises"}, entry="title_revoked", texts=("words",)),
    ),
    row(
        "filing:give_up", {"code": code}, of=("bees",), answers={200: at({"operator_head"}, OWN)}, **ANYONE_ELSE,
        form=Form(by="bees.operator_head", of="bees", sends={"words": "moved"}, entry="title_given_up", texts=("words",)),
    ),
    row(
        "procedures:again", {"key": renewed, "slot": "fund", "file": file_before}, of=("bees",), answers={302: at(APPLICANTS, OWN)}, post=True,
        form=Form(by="bees.operator_head", of="bees", entry="case_file_added"),
    ),
    row(
        "imports:new", {"kind": "titles"}, answers=ENTERING, otherwise=403,
        form=Form(by="zhe.clerk", sends=list_of_titles, entry="import_received"),
    ),
    row("imports:new", {"kind": "bans"}, answers=ENTERING, otherwise=403),
]  # fmt: skip
SECRETS = []
