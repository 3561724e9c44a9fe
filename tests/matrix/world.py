"""The world of the matrix: two or more of everything, a person for each role at each organisation, all signed in."""

import time
from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from tests.cast import Cast, build_departments, build_operators, build_regions
from zhongchuang.organisations.access import POST_IN_SESSION, ROLES_AT, Acting
from zhongchuang.organisations.models import Organisation, Post, Role, User
from zhongchuang.organisations.models.people import ADMINISTRATORS, OFFICIALS
from zhongchuang.organisations.signin import BEGAN, SEEN

OWN, SIBLING, COUNTY, ABOVE, BELOW, FOREIGN = (
    "own",
    "sibling",
    "county",
    "above",
    "below",
    "foreign",
)
PLACES = (OWN, SIBLING, COUNTY, ABOVE, BELOW, FOREIGN)
"""Where a viewer stands, seen from the owner of a thing: at the owner itself; beside it in the same province;
the department that is competent for it; further up; below it; in another province, or at no organisation at all.
On a page that belongs to nobody: own at some organisation, foreign at none."""

NOBODY = "nobody"
"""Signed in, without any post."""
ROLES = frozenset({*Role.values, NOBODY})
MORE = {
    # short: kind, code of the region
    "hang": ("department", "330100"),
    "guild": ("alliance", "330400"),
    "assay": ("agency", "330400"),
    "gauge": ("agency", "430100"),
}
UNDECIDED = {"wasps": ("pending", "9133048205"), "moths": ("refused", "9133048206")}
INSIDE = {OWN, COUNTY, ABOVE}
"""From here two people of a role look at a thing, the nearest and the farthest; from outside one."""


@dataclass
class Viewer:
    """A person with a browser, acting in one post; without a person a visitor."""

    name: str
    client: Client
    user: object = None
    post: Post | None = None

    @property
    def role(self):
        return self.post.role if self.post else NOBODY

    @property
    def organisation(self):
        return self.post.organisation if self.post else None

    @cached_property
    def acting(self):
        return Acting(self.user or AnonymousUser(), self.post, "192.0.2.1")

    def place_of(self, owner):
        """Where this person stands, seen from the owner of a thing: an organisation or a person."""
        if owner is None:
            return OWN if self.organisation else FOREIGN
        if isinstance(owner, User):
            if owner == self.user:
                return OWN
            owner = next((post.organisation for post in owner.posts.all()), None)
            if owner is not None and owner == self.organisation:
                return SIBLING
        own = self.organisation
        if own is None or owner is None:
            return FOREIGN
        return OWN if own == owner else place_between(own, owner)


def place_between(own, owner):
    here, there = own.region.path, owner.region.path
    if own.is_department and there.startswith(here):
        nearest = Organisation.objects.competent_for(owner.region) == own
        return COUNTY if nearest else ABOVE
    if owner.is_department and here.startswith(there):
        return BELOW
    province = here.split("/")[:3]
    return SIBLING if province == there.split("/")[:3] else FOREIGN


class World(Cast):
    """The cast of all tests with what the matrix needs beside it."""

    def __init__(self):
        super().__init__()
        self.viewers = []
        self.visitor = Viewer("visitor", Client(raise_request_exception=False))

    def owner(self, short):
        """An organisation or a person by name; None where a page belongs to nobody."""
        return self.organisations.get(short) or self.people.get(short)

    def viewer(self, name):
        return next(one for one in self.viewers if one.name == name)

    def around(self, owner):
        """Who looks at a thing of this owner: of each role in each place one or two, and all with two posts."""
        groups = {}
        for viewer in self.viewers:
            groups.setdefault((viewer.role, viewer.place_of(owner)), []).append(viewer)
        for (_role, place), alike in groups.items():
            ends = [alike[0].name, alike[-1].name] if place in INSIDE else [alike[0].name]
            for viewer in alike:
                if viewer.name in ends or ":" in viewer.name:
                    yield viewer, place

    def sign_in(self, name, user, post=None):
        """A browser in which this person gave the password just now."""
        client = Client(raise_request_exception=False)
        client.force_login(user)
        session = client.session
        record_authentication(
            SimpleNamespace(session=session), user, "password", reauthenticated=True
        )
        session[BEGAN] = session[SEEN] = time.time()
        if post:
            session[POST_IN_SESSION] = post.pk
        session.save()
        self.viewers.append(Viewer(name, client, user, post))

    def double(self, name, *posts):
        """A person with several posts, who looks once in each of them."""
        user = self.person(name)
        for organisation, role in posts:
            post = Post.objects.create(
                user=user, organisation=self.organisations[organisation], role=role
            )
            self.sign_in(f"{name}:{organisation}", user, post)


def build():
    world = World()
    build_regions(world)
    build_departments(world)
    build_operators(world)
    for short, (kind, code) in MORE.items():
        region = world.regions[code]
        one = Organisation.objects.create(
            name=f"{short.title()} {kind}", kind=kind, region=region, state="confirmed",
            competent=kind == "department", level=region.level if kind == "department" else "",
        )  # fmt: skip
        world.organisations[short] = one
        roles = OFFICIALS | ADMINISTRATORS if kind == "department" else ROLES_AT[kind]
        for role in sorted(roles):
            world.person(f"{short}.{role}", organisation=one, role=role)
    for short, (state, code) in UNDECIDED.items():
        one = Organisation.objects.create(
            name=f"{short.title()} Ltd", kind="operator", region=world.regions["330482"],
            credit_code=code, state=state,
        )  # fmt: skip
        world.organisations[short] = one
        world.person(f"{short}.operator_head", organisation=one, role=Role.OPERATOR_HEAD)
    for name in ("founder", "founder2"):
        world.person(name, role=Role.FOUNDER)
    for name in ("mentor", "mentor2"):
        world.person(name, role=Role.MENTOR)
    world.person("expert", role=Role.EXPERT)
    world.person("nobody")
    world.person("former", organisation=world.organisations["ping"], role="clerk")
    world.people["former"].posts.update(until=timezone.now())
    posts = Post.objects.current().select_related("organisation__region")
    held = {post.user_id: post for post in posts}
    for name, user in list(world.people.items()):
        world.sign_in(name, user, held.get(user.pk))
    world.double("two-clerks", ("ping", "clerk"), ("lu", "clerk"))
    world.double("two-heads", ("bees", "operator_head"), ("owls", "operator_head"))
    return world
