"""Applications and figures that residents hand in: the form is open to everyone, who applied is seen by the operator alone."""

import itertools
import re
from datetime import date

from django_q.models import OrmQ

from tests.matrix.rows import ANYONE, OWN, Form, Secret, at, public, row
from tests.matrix.spaces import HEAD, RUN_IT, code, fresh, prepared
from zhongchuang.admission import actions
from zhongchuang.admission.models import Application
from zhongchuang.residents import actions as residents
from zhongchuang.residents.models import Resident
from zhongchuang.spaces import actions as spaces

numbers = itertools.count(1)
OURS = {200: RUN_IT}
NOBODY_YET = "counts for nothing until the code from the letter is entered"
SENDS = {
    "kind": "team", "name": "siskin", "product": "sensors", "contact": "Lark", "mobile": "13800001111",
    "email": "lark@example.org", "agreed": "on",
}  # fmt: skip
TEXTS = ("name", "product", "contact")


def registered(world, owner):
    """A space with a name that stands on its public page."""
    space = prepared(world, owner, name="aspen of Bees")
    spaces.submit(space, by=world[HEAD])
    spaces.confirm(fresh(space), by=world["ping.reviewer"])
    return fresh(space)


def called(world, owner):
    space = registered(world, owner)
    given = dict.fromkeys(("selection", "admission", "graduation", "elimination"), "three people")
    actions.set_call(space, by=world[HEAD], version=1, is_open=True, question="", **given)
    return space


def begun(world, owner, email="lark@example.org", name="twite"):
    space = called(world, owner if owner in world.organisations.values() else world.owner("bees"))
    number = next(numbers)
    given = {
        name: value for name, value in SENDS.items() if name not in ("agreed", "name", "email")
    }
    return actions.begin(
        space, key=f"6f1d2b0c-0000-4000-8000-{number:012d}", ip=f"192.0.2.{number}", name=name,
        email=email.replace("@", f"+{number}@") if email == "lark@example.org" else email, **given,
    )  # fmt: skip


def last_code():
    body = OrmQ.objects.order_by("-pk").first().task["args"][1]
    return re.search(r"(?m)^\s+(\d{6})$", body)[1]


def entered(world, owner):
    return {"code": last_code()}


def applied(world, owner, **more):
    return actions.confirm_address(begun(world, owner, **more), code=last_code(), by=None)


def unmistakable(world, owner):
    return applied(world, owner, name="linnet")


def admitted(world, owner):
    it = applied(world, owner)
    return actions.admit(it, by=world[HEAD], version=it.version, words="come on Monday")


def own(world, owner):
    """An application of a person, by the address that this person confirmed."""
    return applied(world, owner, email=owner.email)


def moved_in(world, owner):
    it = own(world, owner)
    actions.admit(it, by=world[HEAD], version=it.version, words="")
    actions.move_in(
        it, by=world[HEAD], seen=it.version, kind="team", name=f"twite {it.pk}", day=date(2023, 3, 1),
        stage="nursery", desks=2, founder="", founder_kind="",
    )  # fmt: skip
    it = Application.objects.get(pk=it.pk)
    it.claimed_by = owner
    it.save()
    return it


def asked(world, owner):
    space = registered(world, owner)
    stay = residents.take_in(
        space, by=world[HEAD], kind="team", name="brambling", day=date(2023, 3, 1), stage="nursery", desks=2,
        founder="", founder_kind="",
    )  # fmt: skip
    (one,) = actions.ask(
        space, by=world[HEAD], year=2024, addresses=[(stay.resident, "wren@example.org")]
    )
    return one


def handed(world, owner):
    it = asked(world, owner)
    return actions.give(it, by=None, version=1, giver="redstart", staff=5)


def staying(world, owner):
    return asked(world, owner).space


def key(make):
    return lambda world, owner: make(world, owner).key


def secret(make):
    return lambda world, owner: make(world, owner).secret.plain()


def new_one(world, owner):
    return {f"email_{Resident.objects.latest('pk').pk}": "wren@example.org"}


def alone(world, owner):
    """A space in which a resident stays whom nobody asked."""
    space = registered(world, owner)
    residents.take_in(
        space, by=world[HEAD], kind="team", name="brambling", day=date(2023, 3, 1), stage="nursery", desks=2,
        founder="", founder_kind="",
    )  # fmt: skip
    return space


WORDS = {"words": "the team is small"}
ROWS = [
    public("admission:calls", limited=True),
    public(
        "admission:apply", {"code": code(called)}, of=("bees",), limited=True,
        form=Form(by="visitor", of="bees", sends=SENDS, no_entry=NOBODY_YET, texts=TEXTS),
    ),
    public(
        "admission:follow", {"token": secret(begun)}, of=("bees",),
        form=Form(by="visitor", of="bees", sends=entered, entry="application_handed_in"),
    ),
    public("admission:again", {"token": secret(begun)}, of=("bees",), post=True, otherwise=302, visitor=302,
           form=Form(by="visitor", of="bees", no_entry=NOBODY_YET)),
    public(
        "admission:take_back", {"token": secret(applied)}, of=("bees",),
        form=Form(by="visitor", of="bees", sends={"version": 1}, entry="application_taken_back"),
    ),
    public(
        "admission:give", {"token": secret(asked)}, of=("bees",),
        form=Form(by="visitor", of="bees", sends={"version": 1, "staff": "5", "giver": "Lark"}, entry="figures_handed_in", texts=("giver",)),
    ),
    row("admission:mine", otherwise=200),
    row(
        "admission:claim", {"key": key(own)}, of=("founder",), answers={302: at(ANYONE, OWN)}, post=True,
        form=Form(by="founder", of="founder", entry="application_claimed"),
    ),
    row(
        "admission:begin_own", {"key": key(moved_in)}, of=("founder",), answers={302: at(ANYONE, OWN)}, post=True,
        form=Form(by="founder", of="founder", sends={"period": "2025"}, entry="figures_asked"),
    ),
    row("admission:applications", {"code": code(called)}, of=("bees",), answers=OURS),
    row(
        "admission:call", {"code": code(called)}, of=("bees",), answers=OURS,
        form=Form(by=HEAD, of="bees", sends={"is_open": "on", "admission": "three people", "version": 2}, entry="call_set", texts=("selection", "admission", "graduation", "elimination", "question")),
    ),
    row("admission:poster", {"code": code(called)}, of=("bees",), answers=OURS),
    row("admission:qr", {"code": code(called)}, of=("bees",), answers=OURS),
    row("admission:application", {"key": key(applied)}, of=("bees",), answers=OURS),
    row(
        "admission:interview", {"key": key(applied)}, of=("bees",), answers=OURS,
        form=Form(by=HEAD, of="bees", sends=WORDS, entry="application_interview", texts=("words",)),
    ),
    row(
        "admission:admit", {"key": key(applied)}, of=("bees",), answers=OURS,
        form=Form(by=HEAD, of="bees", sends=WORDS, entry="application_admitted", texts=("words",)),
    ),
    row(
        "admission:refuse", {"key": key(applied)}, of=("bees",), answers=OURS,
        form=Form(by=HEAD, of="bees", sends=WORDS, entry="application_refused", texts=("words",)),
    ),
    row(
        "admission:take_in", {"key": key(admitted)}, of=("bees",), answers=OURS,
        form=Form(by=HEAD, of="bees", sends={"kind": "team", "name": "siskin", "founder": "Lark", "day": "2025-03-01", "stage": "nursery", "desks": "2"}, entry="application_moved_in", texts=("name", "founder", "product")),
    ),
    row(
        "admission:reveal", {"key": key(applied)}, of=("bees",), answers=OURS,
        form=Form(by=HEAD, of="bees", sends={"field": "mobile", "reason": "call"}, entry="revealed", answer=200),
    ),
    row("admission:all_figures", {"code": code(staying)}, of=("bees",), answers=OURS),
    row(
        "admission:ask", {"code": code(alone)}, of=("bees",), answers=OURS,
        form=Form(by=HEAD, of="bees", sends=new_one, entry="figures_asked"),
    ),
    row("admission:figures", {"key": key(handed)}, of=("bees",), answers=OURS),
    row(
        "admission:confirm", {"key": key(handed)}, of=("bees",), answers=OURS,
        form=Form(by=HEAD, of="bees", entry="figures_confirmed"),
    ),
    row(
        "admission:return", {"key": key(handed)}, of=("bees",), answers=OURS,
        form=Form(by=HEAD, of="bees", sends=WORDS, entry="figures_returned", texts=("words",)),
    ),
    row(
        "admission:renew", {"key": key(asked)}, of=("bees",), answers=OURS,
        form=Form(by=HEAD, of="bees", entry="figures_address_renewed"),
    ),
    row(
        "admission:cancel", {"key": key(asked)}, of=("bees",), answers=OURS,
        form=Form(by=HEAD, of="bees", entry="figures_cancelled"),
    ),
]  # fmt: skip
SECRETS = [
    Secret("linnet", of="bees", seen=RUN_IT, make=unmistakable),
    Secret("redstart", of="bees", seen=RUN_IT, make=handed),
]
