"""Signs of false data: officials of the place and those above read them, the department answers; the operator is asked by it."""

from tests.matrix.rows import ABOVE, COUNTY, Form, Secret, at, row
from tests.matrix.spaces import LOOK_ON, registered
from zhongchuang.signs.models import Sign

TOLD = {"area": "160", "desks": "80", "share": "magpie"}


def sign(world, owner):
    space = registered(world, owner)
    return Sign.objects.create(rule="area_per_desk", key="share", space=space, found=TOLD)


def key(world, owner):
    return sign(world, owner).pk


ROWS = [
    row("signs:signs", otherwise=200),
    row("signs:sign", {"pk": key}, of=("bees",), answers={200: LOOK_ON}),
    row(
        "signs:answer", {"pk": key}, of=("bees",),
        answers={
            (200, 403): at({"clerk", "reviewer"}, COUNTY, ABOVE),
            200: at({"approver"}, COUNTY, ABOVE),
            403: at({"finance"}, COUNTY, ABOVE),
        },
        form=Form(by="ping.reviewer", of="bees", sends={"answer": "explained", "note": "seen"}, entry="sign_answered", texts=("note",)),
    ),
]  # fmt: skip
SECRETS = [Secret("magpie", of="bees", seen=LOOK_ON, make=sign)]
