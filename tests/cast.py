"""Two of everything: provinces, cities, counties, their departments and people, operators with head and clerk."""

from dataclasses import dataclass, field

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from zhongchuang.organisations.access import Acting
from zhongchuang.organisations.forms import NOTICE_VERSION
from zhongchuang.organisations.models import Organisation, Post, Region, Role, User
from zhongchuang.organisations.models.people import ADMINISTRATORS, OFFICIALS

TREE = {
    # code: name, level, parent
    "000000": ("Nation", "national", None),
    "330000": ("Zhe", "province", "000000"),
    "330100": ("Hang", "city", "330000"),
    "330106": ("West Lake", "county", "330100"),
    "330400": ("Jia", "city", "330000"),
    "330482": ("Ping", "county", "330400"),
    "330481": ("Hai", "county", "330400"),
    "330400G1": ("Xiu Zone", "zone", "330400"),
    "430000": ("Xiang", "province", "000000"),
    "430100": ("Chang", "city", "430000"),
    "430104": ("Lu", "county", "430100"),
}
DEPARTMENTS = {
    "zhe": "330000", "jia": "330400", "ping": "330482", "hai": "330481",
    "xiang": "430000", "chang": "430100", "lu": "430104",
}  # fmt: skip
OPERATORS = {
    # the last digit of each code is its check digit
    "bees": ("330482", "91330482MA28A00016"),
    "ants": ("330482", "91330482MA28A00029"),
    "kites": ("330481", "91330481MA28A0003X"),
    "owls": ("430104", "91430104MA28A0004P"),
}
PASSWORD = "a long way from Ping to Lu"


@dataclass
class Cast:
    """People by name, such as `ping.reviewer` or `bees.operator_head`; everything else by its short name."""

    regions: dict = field(default_factory=dict)
    organisations: dict = field(default_factory=dict)
    people: dict = field(default_factory=dict)

    def __getitem__(self, name):
        return self.acting(name)

    def acting(self, name):
        """Who this person is in an action: freshly read, in the one post they hold."""
        user = User.objects.get(pk=self.people[name].pk)
        return Acting(user, next(iter(user.current_posts), None), "192.0.2.1")

    def post(self, name):
        return self.people[name].posts.get()

    def person(self, name, *, organisation=None, role=None):
        """A new person, with a post if a role is given."""
        user = User.objects.create_user(
            f"{name}@example.org", PASSWORD, name=name, notice=NOTICE_VERSION
        )
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        self.people[name] = user
        if role:
            Post.objects.create(user=user, organisation=organisation, role=role)
        return user


def build_regions(cast):
    for code, (name, level, parent) in TREE.items():
        above = cast.regions.get(parent)
        path = f"{above.path if above else '/'}{code}/"
        region = Region.objects.create(
            code=code, name=name, full_name=name, level=level, parent=above, path=path
        )
        cast.regions[code] = region


def build_departments(cast):
    made = {
        short: Organisation(
            name=f"Department of {cast.regions[code].name}", kind="department", region=cast.regions[code],
            level=cast.regions[code].level, competent=True, state="confirmed",
        )
        for short, code in DEPARTMENTS.items()
    }  # fmt: skip
    add(cast, made, sorted(OFFICIALS | ADMINISTRATORS))


def build_operators(cast):
    made = {
        short: Organisation(
            name=f"{short.title()} Ltd", kind="operator", region=cast.regions[code], credit_code=credit_code, state="confirmed",
        )
        for short, (code, credit_code) in OPERATORS.items()
    }  # fmt: skip
    add(cast, made, [Role.OPERATOR_HEAD, Role.OPERATOR_CLERK])


def add(cast, organisations, roles):
    """Organisations by their short names, each with a person in every role: few statements, as nearly every test begins with them."""
    Organisation.objects.bulk_create(organisations.values())
    cast.organisations |= organisations
    held = [(short, role) for short in organisations for role in roles]
    password = make_password(PASSWORD)
    users = User.objects.bulk_create(
        User(email=f"{short}.{role}@example.org", password=password, name=f"{short}.{role}", notice=NOTICE_VERSION)
        for short, role in held
    )  # fmt: skip
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )
    Post.objects.bulk_create(
        Post(user=user, organisation=organisations[short], role=role)
        for user, (short, role) in zip(users, held, strict=True)
    )
    cast.people |= {user.name: user for user in users}


@pytest.fixture
def cast(db):
    cast = Cast()
    build_regions(cast)
    build_departments(cast)
    build_operators(cast)
    cast.person("founder", role=Role.FOUNDER)
    return cast
