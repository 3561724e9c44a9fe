"""Every address × every role × where one stands: who may open what, and that looking changes nothing (S-01, S-08)."""

from http import HTTPStatus

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse

from tests.matrix.asking import address, ask
from tests.matrix.routes import ROUTES, ROWS, SECRETS
from tests.matrix.rows import ABOVE, COUNTY, OWN, SIGN_IN, at
from zhongchuang.organisations.models import Role, User
from zhongchuang.organisations.models.people import ADMINISTRATORS
from zhongchuang.page import errors

LOG = {
    "records:audit",
    "records:audit_export",
    "procedures:file",
    "procedures:filled_form",
    "procedures:case_filled",
}
pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
NOT_THIS_WAY, UNREADABLE = 405, 400


@pytest.fixture(scope="module")
def secrets(world, django_db_blocker):
    """The things whose words stand on pages for some alone; they lie there while all pages are opened."""
    with django_db_blocker.unblock(), transaction.atomic():
        for secret in SECRETS:
            secret.make(world, world.owner(secret.of))
        yield [(secret, world.owner(secret.of)) for secret in SECRETS]
        transaction.set_rollback(True)


DRAWN = set()


@pytest.fixture(autouse=True)
def missing_pages_are_drawn_once(monkeypatch):
    """The page of 404 says the same whatever is asked for: each person is shown it once, then its status alone."""
    whole = errors.problem

    def once(request, status, **more):
        if status != HTTPStatus.NOT_FOUND or more or request.user.pk not in DRAWN:
            DRAWN.add(request.user.pk)
            return whole(request, status, **more)
        return HttpResponse(status=status)

    monkeypatch.setattr(errors, "problem", once)


def test_every_address_has_a_row():
    named = {row.name for row in ROWS}
    assert [route.missing for name, route in ROUTES.items() if name not in named] == []


def test_every_row_has_an_address():
    gone = {row.name for row in ROWS} - set(ROUTES)
    assert gone == set(), "These rows of tests/matrix name no address of the site: take them away."


def test_every_role_looks_at_every_thing(world):
    owners = {of for row in ROWS for of in row.of if of}
    roles = {viewer.role for of in owners for viewer, _place in world.around(world.owner(of))}
    assert roles >= set(Role.values)


def readers(secret, row):
    """Who may read a secret on a page: in the log also the audit administrators whose reach it lies in."""
    return secret.seen | at({"audit_admin"}, OWN, COUNTY, ABOVE) if row.name in LOG else secret.seen


def leaked(text, viewer, secrets, row):
    """Secrets in an answer that this viewer may not read."""
    return [
        f"shows “{secret.words}”"
        for secret, owner in secrets
        if secret.words in text
        and viewer.name.partition(":")[0] not in secret.told
        and (viewer.role, viewer.place_of(owner)) not in readers(secret, row)
    ]


def seen(answer):
    """The status; where it leads to the sign-in, that."""
    to_sign_in = answer.response.get("Location", "").startswith("/account/login/")
    return SIGN_IN if to_sign_in else answer.status


def statuses(row, expected, *, visitor):
    """What GET, and what POST may be answered with where it must not succeed; None where it may do as it likes."""
    if row.post:
        get = SIGN_IN if visitor and expected == SIGN_IN else NOT_THIS_WAY
        return get, set(expected) if isinstance(expected, tuple) else {expected}
    refused = expected == SIGN_IN or (isinstance(expected, int) and expected >= 400)
    return expected, {expected, NOT_THIS_WAY, UNREADABLE} if refused else None


def faults_of(row, route, keys, viewer, place, secrets):
    """What is wrong with the answers to one viewer: another status than declared, a write by GET, a secret."""
    url, visitor = address(row, route, keys), viewer.user is None
    expected = row.visitor if visitor else row.expected(viewer.role, place)
    get, post = statuses(row, expected, visitor=visitor)
    got = ask(viewer.client, url)
    either = get if isinstance(get, tuple) else (get,)
    faults = [] if seen(got) in either else [f"GET is answered by {seen(got)}, not {get}"]
    faults += [f"GET writes to {table}" for table in sorted(got.wrote)]
    faults += leaked(got.text, viewer, secrets, row)
    if post is not None:
        sent = ask(viewer.client, url, post={})
        faults += (
            [] if seen(sent) in post else [f"POST is answered by {seen(sent)}, not {expected}"]
        )
        if sent.status >= 400:
            faults += [f"POST is refused and writes to {table}" for table in sorted(sent.wrote)]
        faults += leaked(sent.text, viewer, secrets, row)
    return faults


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.name}-{'-'.join(row.of)}")
def test_each_role_gets_what_its_row_says(world, secrets, row):
    route = ROUTES.get(row.name)
    if route is None:
        pytest.skip("the test above says so")
    wrong = {}
    for of in row.of:
        owner = world.owner(of)
        keys = row.made(world, owner)
        for viewer, place in [*world.around(owner), (world.visitor, "outside")]:
            for fault in faults_of(row, route, keys, viewer, place, secrets):
                who = f"{viewer.role if viewer.user else 'visitor'} {place}"
                wrong.setdefault(f"{fault}, of {of or 'nobody'}", {}).setdefault(who, viewer.name)
    told = [
        f"{fault}: {', '.join(f'{w} ({n})' for w, n in who.items())}"
        for fault, who in wrong.items()
    ]
    assert not told, f"{row.name}\n" + "\n".join(told)


BUSINESS = {"records:file", "records:audit", "organisations:confirm", "organisations:organisation"}


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row.name in BUSINESS], ids=lambda row: row.name
)
def test_an_account_that_calls_itself_superuser_opens_nothing_more(world, monkeypatch, row):
    monkeypatch.setattr(User, "is_superuser", True, raising=False)
    monkeypatch.setattr(User, "is_staff", True, raising=False)
    owner = world.owner(row.of[0])
    keys = row.made(world, owner)
    faults = [
        (viewer.name, faults_of(row, ROUTES[row.name], keys, viewer, place, []))
        for viewer, place in world.around(owner)
        if viewer.role in ADMINISTRATORS
    ]
    assert [one for one in faults if one[1]] == []


def test_there_is_no_way_in_beside_these_pages():
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    assert {field.name for field in User._meta.fields} & {"is_superuser", "is_staff"} == set()
