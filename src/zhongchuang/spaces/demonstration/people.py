"""Departments, alliances and other organisations of the demonstration, and everyone who holds a post."""

from datetime import date

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext as _

from zhongchuang.audit.actions import log
from zhongchuang.audit.models import Who
from zhongchuang.demo.province import code_of, stem_of
from zhongchuang.organisations.access import Acting
from zhongchuang.organisations.actions import (
    accept,
    appoint_first,
    bring_in,
    confirm,
    delegate,
    invite,
    refuse,
    register_founder,
    register_operator,
)
from zhongchuang.organisations.models import Invitation, Organisation, Post, Role, User
from zhongchuang.organisations.models.people import ADMINISTRATORS
from zhongchuang.spaces.demonstration.world import address, data

PROVINCE = (Role.CLERK, Role.REVIEWER, Role.APPROVER, Role.FINANCE)
CITY = (Role.CLERK, Role.REVIEWER, Role.APPROVER)
COUNTY = (Role.CLERK, Role.REVIEWER, Role.APPROVER)
STEP_OF_OPERATORS = 400
"""Operators take their names from further on in the list than their spaces."""


# --- departments ----------------------------------------------------------------------------------


def departments(world, progress):
    """Of the provinces, their cities, the counties and zones in them; each with its people."""
    places = data("places")
    for province in places["provinces"]:
        code = province["code"]
        progress(_("departments and people: %(province)s") % {"province": world.regions[code]})
        first_of_province(world, code)
        for city in places["cities"]:
            if city["code"][:2] == code[:2]:
                of_city(world, city)
        for county in places["direct"]:
            if county["code"][:2] == code[:2]:
                below(world, county["code"], COUNTY)
    for one in places["above"]:
        first_of_province(world, one["code"], name=one["name"])
        for district in one["districts"]:
            below(world, district, COUNTY)


def of_city(world, city):
    """A city's department with those of its counties and zones."""
    below(world, city["code"], CITY)
    if city.get("administrators"):
        for role in sorted(ADMINISTRATORS):
            post(world, role, city["code"], world.departments[city["code"]])
    for part in city["parts"]:
        tour = data("places")["tour"]["county"]
        below(world, part, PROVINCE if part == tour else COUNTY)


def first_of_province(world, code, *, name=""):
    """A province's department, which the platform itself establishes with its three administrators."""
    region = world.regions[code]
    name = name or data("places")["provincial_department"] % {"place": region.name}
    roles = sorted(ADMINISTRATORS)
    appoint_first(region, name, {role: address(f"{role}.{code}") for role in roles})
    for role in roles:
        take(world, role, code)
    world.departments[code] = world.acting(Role.SYSTEM_ADMIN, code).organisation
    for role in PROVINCE:
        post(world, role, code, world.departments[code])


def below(world, code, roles):
    """A department that the province enters, with its people."""
    region, admin = world.regions[code], world.acting(Role.SYSTEM_ADMIN, f"{code[:2]}0000")
    world.departments[code] = bring_in(
        name=data("places")["department"] % {"place": region.name},
        kind=Organisation.Kind.DEPARTMENT, region=region, competent=True, by=admin,
    )  # fmt: skip
    for role in roles:
        post(world, role, code, world.departments[code])


def post(world, role, place, organisation, *, by=None):
    """Invite someone to a post, by the security administrator of the province unless said otherwise; they accept."""
    by = by or world.acting(Role.SECURITY_ADMIN, f"{organisation.region.code[:2]}0000")
    invite(organisation, by=by, email=address(f"{role}.{place}"), name=world.name(), role=role)
    return take(world, role, place)


def take(world, role, place):
    """Accept the invitation that lies open. The account has no password yet, so nobody can sign in with it."""
    invitation = Invitation.objects.open().select_related("organisation__region")
    found = invitation.get(email=address(f"{role}.{place}"))
    held = accept(found, by=Who(), name=world.name(), password=None)
    world.people[f"{role}.{place}"] = Acting(held.user, held)
    return held


# --- everyone else --------------------------------------------------------------------------------


def others(world):
    """The alliance with its powers, agency, bank, provider, investor, expert, mentor, founder."""
    for one in data("places")["organisations"]:
        code = one["region"]
        made = bring_in(
            name=one["name"], kind=one["kind"], region=world.regions[code],
            credit_code=next_code(world), by=world.acting(Role.SYSTEM_ADMIN, f"{code[:2]}0000"),
        )  # fmt: skip
        world.organisations[one["mail"]] = made
        for role in one["roles"]:
            post(world, role, one["mail"], made)
    lead = world.acting(Role.AGENCY_LEAD, "agency")
    post(world, Role.EXPERT, "agency", lead.organisation, by=lead)
    powers(world)
    register_founder(account(world, "founder"), by=Who())
    mentor(account(world, "mentor"))


def powers(world):
    """What departments delegate to the alliances of their region, until the end of next year (ZJ-10, SH-2)."""
    for one in data("places")["organisations"]:
        if one.get("powers"):
            delegate(
                world.departments[one["region"]], world.organisations[one["mail"]], powers=one["powers"],
                since=date(world.today.year, 1, 1), until=date(world.today.year + 2, 1, 1),
                by=world.acting(Role.APPROVER, one["region"]),
            )  # fmt: skip


@transaction.atomic
def mentor(user):
    """A mentor's post; the register of mentors, from which it will come, is still to be built."""
    held = Post.objects.create(user=user, role=Role.MENTOR)
    log(held, "post_given", by=None, given={"user": user.pk, "role": held.role})


def account(world, local):
    """A person who registered by themselves."""
    user = User.objects.create_user(address(local), None, name=world.name())
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


# --- operators ------------------------------------------------------------------------------------


def next_code(world):
    """The next credit code from a range that no office hands out."""
    world.codes += 1
    return code_of(world.codes)


def registered(world, number, region):
    """An operator as its head registers it; it waits for the department of its region."""
    name = stem_of(STEP_OF_OPERATORS + number) + world.dice.pick(data("words")["firms"])
    head = account(world, f"head.{number}")
    return register_operator(head, name=name, code=next_code(world), region=region, by=Who())


def operator(world, number, region):
    """A confirmed operator with head and clerk."""
    made = registered(world, number, region)
    confirm(made, by=world.decider(region))
    head = made.posts.select_related("user", "organisation__region").get()
    by = world.people[f"head.{number}"] = Acting(head.user, head)
    mail = address(f"clerk.{number}")
    invite(made, by=by, email=mail, name=world.name(), role=Role.OPERATOR_CLERK)
    offered = Invitation.objects.open().select_related("organisation__region").get(email=mail)
    held = accept(offered, by=Who(), name=world.name(), password=None)
    world.people[f"clerk.{number}"] = Acting(held.user, held)
    world.operators[number] = made
    return made


def waiting_operators(world, first):
    """Two registrations that wait for the county of the tour, and one that was sent back."""
    region = world.regions[data("places")["tour"]["county"]]
    made = [registered(world, first + place, region) for place in range(3)]
    refuse(made[2], by=world.decider(region), reason=data("words")["unconfirmed"])
