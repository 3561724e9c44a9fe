"""One's own data, and what people ask about theirs."""

import uuid

from tests.matrix.rows import ANYONE, COUNTY, OWN, Form, Secret, at, row
from zhongchuang.privacy import actions
from zhongchuang.privacy.models import DataRequest

WHO = "bees.operator_clerk"
SEEN = at(ANYONE, OWN) | at({"system_admin"}, COUNTY)


def asked(world, owner):
    """A request of the owner, which the county answers; nobody asks twice while one waits."""
    waiting = DataRequest.objects.open().filter(user=owner).first()
    return (
        waiting.pk
        if waiting
        else actions.ask(
            owner, by=world[WHO], kind="access", text="pebble of mine", request_key=uuid.uuid4()
        ).pk
    )


ROWS = [
    row(
        "privacy:my_data", otherwise=200,
        form=Form(by=WHO, sends={"kind": "copy", "text": "all of it"}, entry="data_asked_for", texts=("text",)),
    ),
    row(
        "privacy:export", post=True, otherwise=200,
        form=Form(by=WHO, answer=200, entry="data_exported"),
    ),
    row("privacy:notice", otherwise=200, form=Form(by=WHO, entry="notice_agreed")),
    row("privacy:requests", otherwise=200),
    row(
        "privacy:request", {"pk": asked}, of=(WHO,), answers={200: SEEN},
        form=Form(by="ping.system_admin", of=WHO, sends={"done": "yes", "text": "sent"}, entry="data_answered", texts=("text",)),
    ),
]  # fmt: skip
SECRETS = [Secret("pebble of mine", of=WHO, seen=SEEN, make=asked)]
