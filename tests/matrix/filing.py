"""Titles: their register is open to everybody; those concerned take the certificate or end a title."""

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
        actions.move(case, "propose", by=world[f"{short}.{first}"], version=case.version, proposed=move, words="looked at")  # fmt: skip
        for hand in others:
            actions.move(case, "sign", by=world[f"{short}.{hand}"], version=case.version)
    return Title.objects.get(case=case)


def code(world, owner):
    return given(world, owner).code


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
]  # fmt: skip
SECRETS = []
