"""Evidence, letters, document numbers, and the pages of the audit log."""

import uuid

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext_lazy as _

from tests.files.conftest import pdf, picture
from tests.matrix.rows import (
    ABOVE,
    ADMINISTRATORS,
    ANYONE,
    APPLICANTS,
    COUNTY,
    OFFICIALS,
    OWN,
    Form,
    Secret,
    at,
    row,
)
from zhongchuang.records import actions
from zhongchuang.records.models import Content, Evidence, Letter
from zhongchuang.records.models.drafts import Place

OWNERS = ("bees", "jia", "assay", "founder")
WORKING = ANYONE - ADMINISTRATORS
FILES = at(WORKING, OWN) | at(OFFICIALS, COUNTY, ABOVE)
ONES_OWN = "what one has typed and not sent is nobody else's business"
NUMBERING = OFFICIALS - {"finance"}
IN_THE_LOG = "what the audit administrator is there to read"
HANDS = {
    "bees": "bees.operator_clerk",
    "jia": "jia.clerk",
    "assay": "assay.expert",
    "founder": "founder",
}


def name_of(owner):
    return f"lease of {owner.name}.jpg"


def handed_in(world, owner):
    short = next(one for one in OWNERS if world.owner(one) == owner)
    number = 20 + OWNERS.index(short)
    file = SimpleUploadedFile(name_of(owner), picture(size=(number, 20)))
    return actions.hand_in(file, by=world[HANDS[short]]).key


def letter(world, owner):
    actions.write([owner], key=uuid.uuid4(), title=_("Help"), text=_("Help"), url="/evidence/")
    return Letter.objects.filter(recipient=owner).latest("pk").pk


def number(world, owner):
    short = next(name for name, one in world.organisations.items() if one == owner)
    return actions.take_number("A", by=world[f"{short}.clerk"], title=f"paper of {owner.name}").pk


def with_numbers(world, owner):
    """A file in which personal numbers were found."""
    key = handed_in(world, owner)
    Content.objects.filter(evidence__key=key).update(look=Content.Look.FOUND)
    return key


def to_release(world, owner):
    """Such a file, which a clerk of the county asked to release."""
    key = with_numbers(world, owner)
    found = Evidence.objects.get(key=key)
    actions.ask_release(found, by=world["ping.clerk"], reason="agreed")
    return key


def place(world, owner):
    """Where the text of a form is kept: the form for document numbers, of a clerk."""
    clerk = owner or world.people["jia.clerk"]
    own = clerk.posts.first().organisation_id
    return Place(clerk.pk, own, "records.numbers", "", "/numbers/", "words of a draft")


def draft(world, owner):
    fields = {"title": ["words of a draft"]}
    return actions.save_draft(place(world, owner), fields, version=0, window="w").pk


def a_draft(world, owner):
    return {
        "draft": place(world, owner).signed,
        "draft_version": "0",
        "draft_window": "w",
        "title": "x",
    }


def a_file(world, owner):
    return {"file": SimpleUploadedFile("lease.pdf", pdf())}


ROWS = [
    row("records:evidence", otherwise=200, form=Form(by="bees.operator_clerk", sends=a_file, entry="handed_in")),
    row("records:file", {"key": handed_in}, of=OWNERS, answers={200: FILES}),
    row("records:download", {"key": handed_in}, of=OWNERS, answers={200: FILES}),
    row("records:thumbnail", {"key": handed_in}, of=OWNERS, answers={200: FILES}),
    row("records:show", {"key": handed_in}, of=OWNERS, answers={200: FILES}),
    row(
        "records:withdraw", {"key": handed_in}, of=("bees", "jia"),
        answers={
            200: at(APPLICANTS | OFFICIALS, OWN),
            403: at(OFFICIALS, COUNTY, ABOVE),
        },
        form=Form(by="bees.operator_head", of="bees", entry="withdrawn"),
    ),
    row(
        "records:withdraw", {"key": handed_in}, of=("assay", "founder"),
        answers={200: at({"founder"}, OWN), 403: at({"agency_lead", "expert"}, OWN) | at(OFFICIALS, COUNTY, ABOVE)},
    ),
    row(
        "records:drafts",
        otherwise=200,
        form=Form(by="jia.clerk", sends=a_draft, answer=302, no_entry=ONES_OWN),
    ),
    row(
        "records:discard",
        {"pk": draft},
        of=("jia.clerk",),
        post=True,
        answers={302: at(ANYONE, OWN)},
        form=Form(by="jia.clerk", of="jia.clerk", no_entry=ONES_OWN),
    ),
    row("records:letters", otherwise=200),
    row(
        "records:read_all", post=True, otherwise=302,
        form=Form(by="founder", no_entry="that one has read one's own letters is nobody else's business"),
    ),
    row(
        "records:read", {"pk": letter}, of=("bees.operator_clerk", "founder"), post=True,
        answers={302: at(ANYONE, OWN)},
        form=Form(by="founder", of="founder", no_entry="that one has read one's own letters is nobody else's business"),
    ),
    row(
        "records:numbers", answers={200: at(NUMBERING, OWN)}, otherwise=403,
        form=Form(by="jia.clerk", sends={"word": "A", "title": "a paper"}, entry="taken", texts=("word", "title")),
    ),
    row(
        "records:void", {"pk": number}, of=("jia", "guild"),
        answers={200: at(NUMBERING, OWN), 403: at({"finance"}, OWN)},
        form=Form(by="jia.clerk", of="jia", sends={"reason": "twice"}, entry="voided", texts=("reason",)),
    ),
    row(
        "records:ask_release",
        {"key": with_numbers},
        of=("bees",),
        answers={
            200: at(NUMBERING, COUNTY, ABOVE),
            403: at({"finance"}, COUNTY, ABOVE) | at(APPLICANTS, OWN),
        },
        form=Form(
            by="ping.clerk", of="bees", sends={"reason": "agreed"}, entry="release_asked", texts=("reason",)
        ),
    ),
    row(
        "records:decide_release",
        {"key": to_release},
        of=("bees",),
        answers={
            200: at({"reviewer", "approver"}, COUNTY, ABOVE),
            403: at({"clerk", "finance"}, COUNTY, ABOVE) | at(APPLICANTS, OWN),
        },
        form=Form(by="ping.reviewer", of="bees", entry="released"),
    ),
    row("records:audit", answers={200: at({"audit_admin"})}),
    row(
        "records:audit_export", post=True, answers={200: at({"audit_admin"})},
        form=Form(by="zhe.audit_admin", entry="exported", answer=200),
    ),
    row(
        "records:audit_check", post=True, answers={200: at({"audit_admin"})},
        form=Form(by="zhe.audit_admin", entry="verified", answer=200),
    ),
]  # fmt: skip

SECRETS = [
    *(
        Secret(f"lease of {name}", of=of, seen=FILES, make=handed_in)
        for of, name in (
            ("bees", "Bees Ltd"),
            ("jia", "Department of Jia"),
            ("assay", "Assay agency"),
            ("founder", "founder"),
        )
    ),
    Secret("words of a draft", of="jia.clerk", seen=at(ANYONE, OWN), make=draft),
    Secret("paper of Department of Jia", of="jia", seen=at(WORKING, OWN), make=number),
]
