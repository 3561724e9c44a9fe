"""Applications of the demonstration, in every state, and figures that residents hand in; in one space."""

import tomllib
import uuid
from pathlib import Path

from zhongchuang.admission import actions
from zhongchuang.admission.actions.applications import hand_in
from zhongchuang.admission.models import Application, Call
from zhongchuang.residents.models import Stay

HERE = Path(__file__).parent
MOST = 3


def plays(space, by, dice, today):  # noqa: ARG001 -- every app is asked in the same way
    """The first space of the operator takes applications."""
    if Call.objects.exists():
        return []
    said = tomllib.loads((HERE / "plays.toml").read_text(encoding="utf-8"))
    actions.set_call(space, by=by, version=1, is_open=True, **said["call"])
    for number, one in enumerate(said["applications"]):
        applied(space, number, by=by, today=today, **one)
    figures(space, by=by, today=today, **said["figures"])
    return []


def applied(space, number, *, by, today, end, words="", **given):
    """One application on to the state in which it stands."""
    begun = Application.objects.create(
        space=space, call=Call.objects.current(space), request_key=uuid.uuid4(),
        mobile=f"1390000{number:04d}", email=f"applicant{number}@demo.example", **given,
    )  # fmt: skip
    it = hand_in(begun, by=None)
    match end:
        case "interview":
            actions.invite_to_talk(it, by=by, version=it.version, words=words)
        case "refused":
            actions.refuse(it, by=by, version=it.version, words=words)
        case "withdrawn":
            actions.take_back(it, by=None, version=it.version)
        case "admitted" | "moved_in":
            actions.admit(it, by=by, version=it.version, words=words)
    if end == "moved_in":
        names = ("kind", "name", "product", "desks", "founder_kind", "people")
        actions.move_in(
            it, by=by, seen=it.version, day=today, stage="nursery", founder=it.contact,
            **{name: getattr(it, name) for name in names},
        )  # fmt: skip


def figures(space, *, by, today, returned):
    """Three residents were asked for last year: one did not answer, one handed in, one is to correct."""
    stays = Stay.objects.standing().filter(space=space, until=None, day__year__lt=today.year)
    residents = [one.resident for one in stays.select_related("resident").order_by("pk")[:MOST]]
    pairs = [(one, f"{one.code}@demo.example") for one in residents]
    for number, it in enumerate(actions.ask(space, by=by, year=today.year - 1, addresses=pairs)):
        if number:
            actions.give(it, by=None, version=it.version, giver=it.resident.name, staff=8, income="360000", taxes=None)  # fmt: skip
        if number > 1:
            actions.return_(it, by=by, version=it.version, words=returned)
