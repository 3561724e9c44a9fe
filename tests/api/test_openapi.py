"""What the document says of the API holds for whatever may be sent, by each role (B-01); more of it with ZHONGCHUANG_FAULTS=full."""

import itertools
import json
import os

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.test import override_settings
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from schemathesis.checks import load_all_checks

from tests.api.conftest import CHANGED, Asker, lease, person, program, register
from tests.cast import Cast, build_departments, build_operators, build_regions
from zhongchuang.api.documents import schema_of
from zhongchuang.api.shapes import YEARS
from zhongchuang.api.urls import api
from zhongchuang.organisations.models import Role
from zhongchuang.spaces import actions
from zhongchuang.spaces.actions.versions import Operation
from zhongchuang.wsgi import application

pytestmark = pytest.mark.django_db
FULL = os.environ.get("ZHONGCHUANG_FAULTS") == "full"
ROLES = {
    "program of an operator": lambda cast: program(cast, "bees"),
    "program of a department": lambda cast: program(cast, "ping"),
    "operator": lambda cast: person(cast, "bees.operator_head"),
    "reviewer": lambda cast: person(cast, "ping.reviewer"),
    "clerk of the province": lambda cast: person(cast, "zhe.clerk"),
    "clerk of another province": lambda cast: person(cast, "xiang.clerk"),
    "audit administrator": lambda cast: person(cast, "ping.audit_admin"),
    "founder": lambda cast: person(cast, "founder"),
    "visitor": lambda cast: Asker(),
}
schemathesis.openapi.format("date", st.dates().filter(lambda day: day.year in YEARS).map(str))
load_all_checks()

# Valid in shape, but not in what it says: a region that does not exist, parts larger than the whole, a file of noise.
SAYS_MORE = ("register_space", "change_space", "hand_in")
ACCEPTED = ["2xx", "401", "403", "404", "409"]
CONFIG = {
    "checks": {"positive_data_acceptance": {"expected-statuses": ACCEPTED}},
    "operations": [
        {
            "include-operation-id": list(SAYS_MORE),
            "checks": {
                "positive_data_acceptance": {"expected-statuses": [*ACCEPTED, "413", "422"]}
            },
        }
    ],
}


def document(**phases):
    found = schemathesis.openapi.from_dict(
        json.loads(json.dumps(schema_of(api))),
        config=schemathesis.Config.from_dict(CONFIG | {"phases": phases}),
    )
    found.app = application
    return found


class Register(Cast):
    """Spaces in three states, a file, changes that wait and one that was decided: keys by the name of the parameter."""

    def __init__(self):
        super().__init__()
        self.keys, self.askers = {}, {}

    def build(self):
        build_regions(self)
        build_departments(self)
        build_operators(self)
        self.person("founder", role=Role.FOUNDER)
        mine, other = register(self), register(self, "蚂蚁众创空间", who="ants.operator_head")
        waiting = register(self, "蜂巢二期", by=None)
        changes = [self.change(space, who) for space, who in ((mine, "bees"), (other, "ants"))]
        self.keys = {
            "/api/spaces/": [one.code for one in (mine, other, waiting)],
            "/api/changes/": [str(one.key) for one in changes],
            "/api/evidence/": [str(lease(self).key)],
            "/api/organisations/": [self.organisations["bees"].pk],
            "/api/regions/": ["330482"],
        }
        self.askers = {role: make(self) for role, make in ROLES.items()}
        return self

    def change(self, space, short):
        site = space.premises_rows.get()
        asked = Operation("premises", "revise", CHANGED, {"floor_area": 900}, site.series)
        return actions.write(space, asked, by=self[f"{short}.operator_head"], reason="二楼投入使用")

    def lead_to_something(self, case, number):
        """Let every second request ask for a thing that exists; nobody guesses a cursor, which is signed."""
        (case.query or {}).pop("cursor", None)
        for name in [one for one in case.headers or () if one.lower() == "host"]:
            del case.headers[name]  # another site's name is refused before the API is asked
        for start, keys in self.keys.items():
            for name in {"code", "key", "pk"} & set(case.path_parameters or {}):
                if case.path.startswith(start) and number % 2:
                    case.path_parameters[name] = keys[number // 2 % len(keys)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("api")


@pytest.fixture(autouse=True)
def private_files(private_files, settings, folder):
    """The files of the register outlive a test."""
    settings.MEDIA_ROOT = folder / "files"


@pytest.fixture(scope="module")
def asked_of(django_db_setup, django_db_blocker, folder):
    """The register, built once inside a transaction that is never committed."""
    with (
        django_db_blocker.unblock(),
        override_settings(
            MEDIA_ROOT=folder / "files", INCOMING=folder / "incoming",
            PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        ),
        transaction.atomic(),
    ):  # fmt: skip
        yield Register().build()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def undisturbed(settings):
    """Nobody is held back, and a request leaves the connection of the test open."""
    settings.API_RATE = 10**9
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def examples(number):
    return settings(
        max_examples=number, deadline=None, database=None, derandomize=True,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip


def ask(case, asked_of, role, counted):
    is_valid = case.meta is None or not case.meta.generation.mode.is_negative
    if is_valid:
        asked_of.lead_to_something(case, next(counted))
    with transaction.atomic():
        case.call_and_validate(headers=asked_of.askers[role].headers)


COUNTED = itertools.count()


EVERY_CASE = document(
    coverage={"unexpected-methods": ["PUT", "DELETE"]}, fuzzing={"enabled": False}
)
RANDOM = document(coverage={"enabled": False})


@EVERY_CASE.parametrize()
@examples(1)
def test_every_case_of_the_document_is_answered_as_declared(case, asked_of):
    ask(case, asked_of, "program of an operator", COUNTED)


@pytest.mark.faults
@pytest.mark.parametrize("role", ROLES)
@RANDOM.parametrize()
@examples(500 if FULL else 3)
def test_each_role_is_answered_as_declared(case, asked_of, role):
    ask(case, asked_of, role, COUNTED)
