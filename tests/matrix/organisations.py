"""Organisations and their people; signing up; one's own account as far as its pages are ours."""

import itertools

from django.utils import timezone

from tests.matrix.rows import (
    ABOVE,
    ANYONE,
    COUNTY,
    FOREIGN,
    OFFICIALS,
    OWN,
    SIBLING,
    Form,
    Secret,
    at,
    public,
    row,
)
from zhongchuang.organisations.actions.posts import LASTS, offer
from zhongchuang.organisations.actions.register import mark_of
from zhongchuang.organisations.models import Delegation, Organisation, User

ADMINS = {"system_admin", "security_admin"}
SEES = OFFICIALS | ADMINS
SEEN = at(ANYONE, OWN) | at(SEES, COUNTY, ABOVE)
ROLE_AT = {"operator": "operator_clerk", "department": "reviewer", "agency": "expert"}
PASSWORD = "nine ants on a wet leaf"
numbers = itertools.count(1)


def pk(world, owner):
    return owner.pk


def somebody(world, owner):
    """A new person with a post at the owner."""
    name = f"somebody{next(numbers)}"
    return world.person(name, organisation=owner, role=ROLE_AT[owner.kind])


def somebodys_post(world, owner):
    return somebody(world, owner).posts.get().pk


def somebodys_key(world, owner):
    return somebody(world, owner).pk


def closed(world, owner):
    person = somebody(world, owner)
    User.objects.filter(pk=person.pk).update(is_active=False)
    return person.pk


def own_post(world, owner):
    return owner.posts.first().pk


def offered(world, owner):
    return offer(
        owner, email=f"guest{next(numbers)}@example.org", name=f"guest of {owner.name}", role=ROLE_AT[owner.kind],
        until=None, post=granter(world, owner), lasts=LASTS,
    )  # fmt: skip


def granter(world, owner):
    short = next(name for name, one in world.organisations.items() if one == owner)
    who = {"operator": "operator_head", "department": "security_admin", "agency": "agency_lead"}
    return world.post(f"{short}.{who[owner.kind]}")


def invitation(world, owner):
    return offered(world, owner)[0].pk


def token(world, owner):
    return offered(world, owner)[1]


THE_SESSION = "the session alone notes that its reader is there"


def closed_one(world, owner):
    """The owner itself, closed a moment ago."""
    Organisation.objects.filter(pk=owner.pk).update(state="closed", decided=timezone.now())
    return owner.pk


def delegation(world, owner):
    alliance = Organisation.objects.create(
        name=f"Guild {next(numbers)}", kind="alliance", region=owner.region, state="confirmed"
    )
    return Delegation.objects.create(
        department=owner, alliance=alliance, powers=["surveys"], since=timezone.localdate()
    ).pk


def approvers_post(world, owner):
    return owner.posts.get(role="approver").pk


def powers_given(world, owner):
    return {
        "alliance": world.organisations["guild"].pk,
        "powers": ["filings"],
        "since": timezone.localdate(),
    }


def colleague(world, owner):
    return {"colleague": world.people["ping.clerk"].pk, "until": timezone.localdate()}


def changed(world, owner):
    return {"name": "New", "region": owner.region.code, "level": "county", "seen": mark_of(owner)}


ENTERED = {"kind": "alliance", "name": "Guild of Ping", "region": "330482"}
NEW_FOUNDER = {
    "name": "Fang", "email": "fang@example.org", "password1": PASSWORD, "password2": PASSWORD, "agreed": "on",
}  # fmt: skip
NEW_OPERATOR = NEW_FOUNDER | {
    "organisation": "Crickets Ltd", "credit_code": "91330482MA28A0005J", "region": "330482",
}  # fmt: skip
CORRECTED = {"organisation": "Moths Ltd", "credit_code": "91330482MA28A0006M", "region": "330482"}

ROWS = [
    public("organisations:session", form=Form(by="ping.clerk", answer=200, no_entry=THE_SESSION)),
    row("organisations:session_begun", otherwise=200),
    row("organisations:workbench", otherwise=200),
    row("organisations:own", answers={302: at(ANYONE, OWN)}, otherwise=200),
    row("organisations:waiting", otherwise=200),
    row(
        "organisations:correct", of=("moths",),
        answers={200: at({"operator_head"}, OWN), 409: at({"operator_head"}, SIBLING, FOREIGN)}, otherwise=403,
        form=Form(by="moths.operator_head", of="moths", sends=CORRECTED, entry="registration_corrected",
                  texts=("organisation", "region", "credit_code")),
    ),
    row("organisations:organisation", {"pk": pk}, of=("bees", "jia", "assay", "wasps"), answers={200: SEEN}),
    row(
        "organisations:invite", {"pk": pk}, of=("bees",),
        answers={
            200: at({"operator_head"}, OWN) | at({"security_admin"}, COUNTY, ABOVE),
            403: at({"operator_clerk"}, OWN) | at(SEES - {"security_admin"}, COUNTY, ABOVE),
        },
        form=Form(by="bees.operator_head", of="bees", entry="invited", texts=("name", "email"),
                  sends={"name": "Guo", "email": "guo@example.org", "role": "operator_clerk"}),
    ),
    row(
        "organisations:invite", {"pk": pk}, of=("jia",),
        answers={
            200: at({"security_admin"}, OWN, ABOVE),
            403: at(ANYONE - {"security_admin"}, OWN) | at(SEES - {"security_admin"}, ABOVE),
        },
    ),
    row(
        "organisations:confirm", {"pk": pk}, of=("wasps",),
        answers={
            200: at({"reviewer", "approver"}, COUNTY),
            403: at(SEES - {"reviewer", "approver"}, COUNTY) | at(SEES, ABOVE) | at(ANYONE, OWN),
        },
        form=Form(by="ping.reviewer", of="wasps", entry="operator_confirmed"),
    ),
    row(
        "organisations:refuse", {"pk": pk}, of=("wasps",),
        answers={
            200: at({"reviewer", "approver"}, COUNTY),
            403: at(SEES - {"reviewer", "approver"}, COUNTY) | at(SEES, ABOVE) | at(ANYONE, OWN),
        },
        form=Form(by="ping.reviewer", of="wasps", sends={"reason": "no licence"}, entry="operator_refused",
                  texts=("reason",)),
    ),
    row("organisations:organisations", otherwise=200),
    row(
        "organisations:bring_in", answers={200: at({"system_admin"}, OWN)}, otherwise=403,
        form=Form(by="jia.system_admin", sends=ENTERED, entry="organisation_established",
                  texts=("name", "region", "credit_code")),
    ),
    row(
        "organisations:change", {"pk": pk}, of=("ping", "assay"),
        answers={
            200: at({"system_admin"}, COUNTY, ABOVE),
            403: at(ANYONE, OWN) | at(SEES - {"system_admin"}, COUNTY, ABOVE),
        },
        form=Form(by="jia.system_admin", of="ping", sends=changed, entry="organisation_changed",
                  texts=("name", "region", "credit_code")),
    ),
    row(
        "organisations:change", {"pk": pk}, of=("bees",),
        answers={403: at(ANYONE, OWN) | at(SEES, COUNTY, ABOVE)},
    ),
    row(
        "organisations:close", {"pk": pk}, of=("ping", "assay"),
        answers={
            200: at({"system_admin"}, COUNTY, ABOVE),
            403: at(ANYONE, OWN) | at(SEES - {"system_admin"}, COUNTY, ABOVE),
        },
        form=Form(by="jia.system_admin", of="hai", sends={"reason": "merged"}, entry="organisation_closed",
                  texts=("reason",)),
    ),
    row(
        "organisations:close", {"pk": pk}, of=("bees",),
        answers={
            200: at({"reviewer", "approver"}, COUNTY),
            403: at(SEES - {"reviewer", "approver"}, COUNTY) | at(SEES, ABOVE) | at(ANYONE, OWN),
        },
    ),
    row(
        "organisations:reopen", {"pk": closed_one}, of=("gauge",),
        answers={
            200: at({"system_admin"}, COUNTY, ABOVE),
            403: at(ANYONE, OWN) | at(SEES - {"system_admin"}, COUNTY, ABOVE),
        },
        form=Form(by="chang.system_admin", of="gauge", entry="organisation_reopened"),
    ),
    row(
        "organisations:delegate", {"pk": pk}, of=("ping",),
        answers={
            200: at({"approver"}, OWN),
            403: at(ANYONE - {"approver"}, OWN) | at(SEES, COUNTY, ABOVE),
        },
        form=Form(by="ping.approver", of="ping", sends=powers_given, entry="powers_delegated"),
    ),
    row(
        "organisations:end_delegation", {"pk": delegation}, of=("hang",),
        answers={
            200: at({"approver"}, OWN),
            403: at(ANYONE - {"approver"}, OWN) | at(SEES, ABOVE),
        },
        form=Form(by="hang.approver", of="hang", entry="delegation_ended"),
    ),
    row(
        "organisations:stand_in", {"pk": approvers_post}, of=("ping",),
        answers={
            200: at({"approver"}, OWN),
            403: at(ANYONE - {"approver"}, OWN) | at(SEES, COUNTY, ABOVE),
        },
        form=Form(by="ping.approver", of="ping", sends=colleague, entry="stand_in_named"),
    ),
    public("account_signup"),
    public("organisations:join_founder", otherwise=302,
           form=Form(by="visitor", sends=NEW_FOUNDER, entry="founder_registered", texts=("name", "email"))),
    public("organisations:join_operator", otherwise=302,
           form=Form(by="visitor", sends=NEW_OPERATOR, entry="operator_registered",
                     texts=("name", "organisation", "region", "credit_code"))),
    public(
        "organisations:invitation", {"token": token}, of=("jia",),
        form=Form(by="visitor", of="jia", sends={"name": "Guo", "password": PASSWORD, "again": PASSWORD, "agreed": "on"},
                  entry="invitation_accepted", texts=("name",)),
    ),
    row(
        "organisations:withdraw", {"pk": invitation}, of=("bees",),
        answers={200: at({"operator_head"}, OWN), 403: at(ADMINS, COUNTY, ABOVE)},
        form=Form(by="bees.operator_head", of="bees", entry="invitation_withdrawn"),
    ),
    row(
        "organisations:withdraw", {"pk": invitation}, of=("jia",),
        answers={200: at({"security_admin"}, OWN, ABOVE), 403: at({"system_admin"}, OWN, ABOVE)},
    ),
    row(
        "organisations:take_post", {"pk": own_post}, of=("two-clerks", "ping.clerk"), post=True,
        answers={302: at(ANYONE, OWN)},
        form=Form(by="ping.clerk", of="ping.clerk", entry="post_taken"),
    ),
    row(
        "organisations:end_post", {"pk": somebodys_post}, of=("bees",),
        answers={
            200: at({"operator_head"}, OWN),
            403: at({"operator_clerk"}, OWN) | at(SEES, COUNTY, ABOVE),
        },
        form=Form(by="bees.operator_head", of="bees", entry="post_ended"),
    ),
    row(
        "organisations:end_post", {"pk": somebodys_post}, of=("jia",),
        answers={
            200: at({"security_admin"}, OWN, ABOVE),
            403: at(ANYONE - {"security_admin"}, OWN) | at(SEES - {"security_admin"}, ABOVE),
        },
    ),
    row(
        "organisations:close_account", {"pk": somebodys_key}, of=("bees", "jia", "assay"),
        answers={
            200: at({"system_admin"}, OWN, COUNTY, ABOVE),
            403: at({"security_admin"}, OWN, COUNTY, ABOVE) | at({"operator_head", "agency_lead"}, OWN),
        },
        form=Form(by="ping.system_admin", of="bees", entry="account_closed"),
    ),
    row(
        "organisations:open_account", {"pk": closed}, of=("bees", "jia", "assay"),
        answers={
            200: at({"system_admin"}, OWN, COUNTY, ABOVE),
            403: at({"security_admin"}, OWN, COUNTY, ABOVE) | at({"operator_head", "agency_lead"}, OWN),
        },
        form=Form(by="ping.system_admin", of="bees", entry="account_opened"),
    ),
    row(
        "organisations:profile", otherwise=200,
        form=Form(by="ping.clerk", sends={"name": "Ping", "language": "en"}, entry="profile_changed", texts=("name",)),
    ),
    row(
        "organisations:recovery_codes", otherwise=200,
        form=Form(by="ping.clerk", no_entry="without a second factor there is nothing to recover; with one it writes recovery_codes_made (tests/organisations/test_signin.py)", answer=200),
    ),
    row("organisations:second_factor_picture", otherwise=200),
]  # fmt: skip

SECRETS = [
    Secret(
        "guest of Bees Ltd",
        of="bees",
        seen=at({"operator_head"}, OWN) | at(ADMINS, COUNTY, ABOVE),
        make=offered,
    ),
    Secret("guest of Department of Jia", of="jia", seen=at(ADMINS, OWN, ABOVE), make=offered),
    Secret("Wasps Ltd", of="wasps", seen=SEEN, make=lambda world, owner: None),
]
