"""Services: those who see a space see its mentors; its operator writes."""

import itertools
import uuid
from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.files.conftest import picture
from tests.matrix.residents import MERGING
from tests.matrix.rows import Form, Secret, public, row
from tests.matrix.spaces import EDITED, HEAD, LOOK_ON, RUN_IT, code, prepared, registered
from zhongchuang.ledgers.actions import write_down
from zhongchuang.residents.actions import take_in
from zhongchuang.services import actions, merges
from zhongchuang.services.models import Event
from zhongchuang.spaces.actions import submit
from zhongchuang.spaces.models import Space

numbers = itertools.count(1)
READ = {200: RUN_IT | LOOK_ON}


def mentor(world, owner):
    space = registered(world, owner)
    return actions.appoint(
        space,
        by=world[HEAD],
        name="nightjar",
        employer=f"of {space.code}",
        day=date(2025, 3, 1),
        mobile="13800001111",
    ).mentor


def key(world, owner):
    return mentor(world, owner).pk


def merged_key(world, owner):
    goes, stays = mentor(world, owner), mentor(world, owner)
    return merges.merge(goes, stays, by=world[HEAD], reason="the same").pk


# --- sign-up and check-in -------------------------------------------------------------------------


def hall(world, owner):
    """A space whose name everybody may read: its operator puts events of it before the public."""
    space = prepared(world, owner, name="hall of Bees")
    submit(space, by=world[HEAD])
    return space


def event(world, owner):
    """An event of today that is not open for sign-up."""
    space = hall(world, owner)
    return write_down(
        Event, space, by=world[HEAD], day=timezone.localdate(), title="curlew", kind="salon", attendance=None
    )  # fmt: skip


def opening(world, owner):
    until = timezone.now() + timedelta(hours=1)
    return actions.open_signup(event(world, owner), by=world[HEAD], until=until, seats=30)


def attendee(world, owner):
    return actions.sign_up(
        opening(world, owner), by=world[HEAD], request_key=uuid.uuid4(), name="kittiwake",
        mobile=f"139{next(numbers):08d}",
    )  # fmt: skip


def came(world, owner):
    """The event of somebody who checked in."""
    person = attendee(world, owner)
    actions.tick(person, by=world[HEAD])
    return person.opening.event.key


def ticked(world, owner):
    person = attendee(world, owner)
    actions.tick(person, by=world[HEAD])
    return person.pk


def of(make, read):
    return lambda world, owner: read(make(world, owner))


EVENT_KEY = {"key": of(event, lambda one: one.key)}
OPENING_KEY = {"key": of(opening, lambda one: one.event.key)}
ATTENDEE = {"pk": of(attendee, lambda one: one.pk)}
OWN_ONLY = {200: RUN_IT}
"""Who signed up is shown to the operator alone."""


def photograph(world, owner):
    return {"chosen": SimpleUploadedFile("hall.jpg", picture())}


# --- sessions asked for ---------------------------------------------------------------------------


def stay(world, space):
    return take_in(
        space, by=world[HEAD], kind="team", name=f"godwit {next(numbers)}", day=date(2025, 3, 1), stage="",
        desks=1, founder="", founder_kind="",
    )  # fmt: skip


def asking(world, owner):
    advisor = mentor(world, owner)
    space = advisor.appointments.get().space
    return actions.ask_for(
        space,
        by=world[HEAD],
        mentor=advisor,
        resident=stay(world, space).resident,
        topic="whimbrel",
    )


def agreed(world, owner):
    one = asking(world, owner)
    return actions.agree(one, by=world[HEAD], version=one.version, day=timezone.localdate())


def held(world, owner):
    one = agreed(world, owner)
    return actions.hold(one, by=world[HEAD], version=one.version, day=timezone.localdate())


def asked_of(world, owner):
    """A space with a mentor and a resident, to ask there."""
    space = mentor(world, owner).appointments.get().space
    stay(world, space)
    return space.code


def asks(world, owner):
    """The newest space: it was made for the address just before."""
    space = Space.objects.latest("pk")
    return {
        "mentor": space.appointment_lines.get().mentor_id,
        "resident": space.stay_lines.get().resident_id,
        "topic": "pricing",
    }


ROWS = [
    row(
        "services:appoint", {"code": code(registered)}, of=("bees",), answers=EDITED,
        form=Form(by=HEAD, of="bees", sends={"name": "Lark", "day": "2025-03-01"}, entry="line_written", texts=("name", "employer", "position", "field")),
    ),
    row("services:same_mentors", {"code": code(registered)}, of=("bees",), answers=MERGING),
    row(
        "services:merge_mentors", {"pk": key, "into": key}, of=("bees",), answers=MERGING,
        form=Form(by=HEAD, of="bees", sends={"reason": "the same"}, entry="mentors_merged", texts=("reason",)),
    ),
    row(
        "services:take_mentors_apart", {"pk": merged_key}, of=("bees",), answers=MERGING,
        form=Form(by=HEAD, of="bees", sends={"reason": "two"}, entry="mentors_taken_apart", texts=("reason",)),
    ),
    row("services:mentor", {"pk": key}, of=("bees",), answers=READ),
    row(
        "services:change_mentor", {"pk": key}, of=("bees",), answers=EDITED,
        form=Form(by=HEAD, of="bees", sends={"name": "Lark"}, entry="mentor_changed", texts=("name", "employer", "position", "field")),
    ),
    row(
        "services:reveal", {"pk": key}, of=("bees",), answers=EDITED,
        form=Form(by=HEAD, of="bees", sends={"field": "mobile", "reason": "call"}, entry="revealed", answer=200),
    ),
    row(
        "services:open_signup", EVENT_KEY, of=("bees",), answers=EDITED,
        form=Form(by=HEAD, of="bees", sends={"audience": "everybody"}, entry="signup_opened", texts=("about",)),
    ),
    row(
        "services:change_opening", OPENING_KEY, of=("bees",), answers=OWN_ONLY,
        form=Form(by=HEAD, of="bees", sends={"audience": "everybody"}, entry="signup_changed", texts=("about",)),
    ),
    row("services:signups", OPENING_KEY, of=("bees",), answers=OWN_ONLY),
    row("services:poster", OPENING_KEY, of=("bees",), answers=OWN_ONLY),
    row(
        "services:take_over", {"key": came}, of=("bees",), answers={302: RUN_IT}, post=True,
        form=Form(by=HEAD, of="bees", sends={"version": "1"}, entry="line_corrected"),
    ),
    row(
        "services:photograph", EVENT_KEY, of=("bees",), answers=EDITED,
        form=Form(by=HEAD, of="bees", sends=photograph, entry="photograph_attached"),
    ),
    row(
        "services:tick", ATTENDEE, of=("bees",), answers={302: RUN_IT}, post=True,
        form=Form(by=HEAD, of="bees", entry="checked_in"),
    ),
    row(
        "services:untick", {"pk": ticked}, of=("bees",), answers={302: RUN_IT}, post=True,
        form=Form(by=HEAD, of="bees", entry="check_in_taken_back"),
    ),
    row(
        "services:reveal_mobile", ATTENDEE, of=("bees",), answers=OWN_ONLY,
        form=Form(by=HEAD, of="bees", sends={"field": "mobile", "reason": "call"}, entry="revealed", answer=200),
    ),
    public(
        "services:event", {"token": of(opening, lambda one: one.token)}, of=("bees",),
        form=Form(by="visitor", of="bees", sends={"name": "Lark", "mobile": "13912345678"}, entry="signed_up", texts=("name", "organisation")),
    ),
    public("services:mine", {"token": of(attendee, lambda one: one.token)}, of=("bees",)),
    public(
        "services:call_off", {"token": of(attendee, lambda one: one.token)}, of=("bees",),
        form=Form(by="visitor", of="bees", entry="signup_called_off"),
    ),
    public(
        "services:door", {"door": of(attendee, lambda one: one.opening.door)}, of=("bees",),
        form=Form(by="visitor", of="bees", sends={"who": "kittiwake"}, entry="checked_in", texts=("who",)),
    ),
    public(
        "services:walk_in", {"door": of(opening, lambda one: one.door)}, of=("bees",),
        form=Form(by="visitor", of="bees", sends={"name": "Lark"}, entry="walked_in", texts=("name", "organisation")),
    ),
    row("services:askings", {"code": code(registered)}, of=("bees",), answers=READ),
    row(
        "services:ask", {"code": asked_of}, of=("bees",), answers=EDITED,
        form=Form(by=HEAD, of="bees", sends=asks, entry="session_asked_for", texts=("topic", "wished")),
    ),
    row("services:asking", {"key": of(asking, lambda one: one.key)}, of=("bees",), answers=READ),
    row(
        "services:agree", {"key": of(asking, lambda one: one.key)}, of=("bees",), answers=EDITED,
        form=Form(by=HEAD, of="bees", sends={"day": "2026-01-05"}, entry="session_agreed", texts=("place",)),
    ),
    row(
        "services:decline", {"key": of(asking, lambda one: one.key)}, of=("bees",), answers=EDITED,
        form=Form(by=HEAD, of="bees", sends={"reason": "abroad"}, entry="session_declined", texts=("reason",)),
    ),
    row(
        "services:hold", {"key": of(agreed, lambda one: one.key)}, of=("bees",), answers=EDITED,
        form=Form(by=HEAD, of="bees", sends={"day": "2026-01-05"}, entry="session_held"),
    ),
    row(
        "services:rate", {"key": of(held, lambda one: one.key)}, of=("bees",), answers=EDITED,
        form=Form(by=HEAD, of="bees", sends={"rating": "5"}, entry="session_rated"),
    ),
]  # fmt: skip
SECRETS = [
    Secret("nightjar", of="bees", seen=RUN_IT | LOOK_ON, make=mentor),
    Secret("kittiwake", of="bees", seen=RUN_IT, make=attendee),
    Secret("whimbrel", of="bees", seen=RUN_IT | LOOK_ON, make=asking),
]
