"""Every address that takes a POST: whose form it is, what it changes, what it leaves in the audit chain (S-02, S-08, M-03)."""

import copy
import re

import pytest
import time_machine
from django.apps import apps
from django.core.cache import cache
from django.db import models
from django.forms.models import BaseModelForm
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.matrix.asking import address, ask, browser, sent_by
from tests.matrix.routes import ROUTES, ROWS
from tests.matrix.snapshot import difference, snapshot
from zhongchuang.audit.models import Entry
from zhongchuang.records.models import Draft
from zhongchuang.sealed.actions import sealed_fields
from zhongchuang.sealed.forms import IdentityField, MobileField

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
WITH_FORM = [row for row in ROWS if row.form]
EACH = pytest.mark.parametrize("row", WITH_FORM, ids=lambda row: f"{row.name}-{row.form.of}")
NOT_THIS_WAY = 405
SHORT = 4
"""Letters of a word that may stand anywhere by chance."""
EXTRA = {
    "action_send": "", "amount": "9999999", "approved": "on", "approved_by": "1", "by": "1", "competent": "on",
    "confirmed": "on", "created": "2031-01-01", "decided": "2031-01-01", "delegated_by": "1", "grade": "A",
    "groups": "1", "handed_in_by": "1", "id": "1", "is_active": "", "is_staff": "on", "is_superuser": "on",
    "kind": "department", "level": "national", "number": "1", "operator": "1", "organisation_id": "1",
    "permissions": "1", "pk": "1", "post": "1", "rank": "1", "score": "100", "state": "confirmed", "status": "approved",
    "user": "1", "user_id": "1", "user_permissions": "1", "version": "999", "verified": "on",
}  # fmt: skip


@pytest.fixture
def still():
    """The clock stands, so that a request done twice does the same."""
    with time_machine.travel(timezone.now(), tick=False):
        yield


@pytest.fixture
def ready(world, row):
    """The address of a form, its sender's browser, and what is sent; the thing is made for it."""
    form, owner = row.form, world.owner(row.form.of)
    url = address(row, ROUTES[row.name], row.made(world, owner))
    client = browser(world, form.by).client
    return url, client, sent_by(form, world, owner, ask(client, url).text)


def opener(world, row):
    """Somebody who may open the page of a row, with the address; nobody where the page is open to none."""
    for of in row.of:
        owner = world.owner(of)
        url = address(row, ROUTES[row.name], row.made(world, owner))
        for viewer, place in world.around(owner):
            if row.expected(viewer.role, place) in {200, 302}:
                return viewer, url
        if row.visitor in {200, 302}:
            return world.visitor, url
    return None, ""


@pytest.mark.parametrize("name", sorted(set(ROUTES) - {row.name for row in WITH_FORM}))
def test_an_address_without_a_form_takes_no_post(world, name):
    found = [opener(world, row) for row in ROWS if row.name == name]
    statuses = {ask(viewer.client, url, post={}).status for viewer, url in found if viewer}
    assert statuses <= {NOT_THIS_WAY}, (
        f"{name} takes a POST. Let its view take GET alone (require_safe), or say in its row who sends what and which"
        f" entry it leaves in the audit chain: form=Form(by=…, sends=…, entry=…), in tests/matrix/{ROUTES[name].app}.py."
    )


@EACH
def test_a_form_leaves_its_entry_in_the_audit_chain(world, row, ready):
    url, client, sends = ready
    before = Entry.objects.count()
    answer = ask(
        client, url, post=sends,
        look=lambda _answer: set(Entry.objects.filter(number__gt=before).values_list("verb", flat=True)),
    )  # fmt: skip
    form = row.form
    shown = answer.response.context.get("form") if answer.response.context else None
    assert answer.status == form.answer, getattr(shown, "errors", answer.text[:500])
    assert bool(form.entry) != bool(form.no_entry), (
        "Say which entry it leaves, or why it leaves none."
    )
    assert not form.entry or form.entry in answer.looked


@EACH
def test_without_its_entry_nothing_else_is_written(world, row, ready):
    if not row.form.entry:
        pytest.skip(row.form.no_entry)
    url, client, sends = ready
    before = snapshot()
    answer = ask(
        client, url, post=sends, refused="audit_entry",
        look=lambda _answer: difference(before, snapshot()),
    )  # fmt: skip
    assert (answer.status, answer.looked) == (500, [])


def sealed_texts(sends):
    """What of the fields came to lie in a sealed field of any table."""
    found = set()
    for field in sealed_fields():
        values = field.model._base_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True)  # fmt: skip
        found |= {one.plain() for one in values if one}
    return {str(one) for one in sends.values() if len(str(one)) > SHORT} & found


NUMBERS = {MobileField: "13912345678", IdentityField: "33048219900307123X"}


def numbers_of(page):
    """A number for each entry of the form that takes one."""
    form = page.response.context and page.response.context.get("form")
    fields = getattr(form, "fields", {}).items()
    return {form.add_prefix(name): NUMBERS[type(one)] for name, one in fields if type(one) in NUMBERS}  # fmt: skip


@EACH
def test_what_a_form_brings_to_a_sealed_field_stands_in_no_entry_and_no_draft(world, row, ready):
    url, client, sends = ready
    sends = numbers_of(ask(client, url)) | sends
    before = Entry.objects.count()

    def told(_answer):
        entries = Entry.objects.filter(number__gt=before).values_list("details", "subject_label")
        return sealed_texts(sends), str(list(entries))

    sealed, entries = ask(client, url, post=sends, look=told).looked
    assert [one for one in sealed if one in entries] == []
    if not sealed or "draft" not in sends:
        return
    kept = ask(
        client, reverse("records:drafts"), post=sends, headers={"X-Draft": "1"},
        look=lambda _answer: str(list(Draft.objects.values())),
    ).looked  # fmt: skip
    assert [one for one in sealed if one in kept] == []


def plausible(field):
    """Something that a forger would send for a column."""
    if isinstance(field, models.BooleanField):
        return "on"
    if isinstance(field, models.ForeignKey):
        return str(field.related_model._base_manager.values_list("pk", flat=True).first() or 1)
    if isinstance(field, models.DateTimeField | models.DateField):
        return "2031-01-01"
    if field.choices:
        return str(list(dict(field.flatchoices))[-1])
    return "424242"


def forged(page, sends, done):
    """The same fields with others that the page does not ask for: usual names, and every column of what changed."""
    labels = {label for label, *_rest in done}
    columns = [
        field
        for model in apps.get_models()
        if model._meta.label_lower in labels
        for field in model._meta.fields
    ]
    extra = dict(EXTRA)
    for field in columns:
        extra[field.name] = extra[field.attname] = plausible(field)
    own = set(re.findall(r'name="([^"]+)"', page)) | set(sends)
    return {name: value for name, value in extra.items() if name not in own} | sends


@EACH
def test_fields_that_a_page_does_not_ask_for_change_nothing(world, row, ready, still):
    url, client, sends = ready
    before = snapshot()
    page = ask(client, url).text

    def done(_answer):
        return difference(before, snapshot())

    plain = ask(client, url, post=again(sends), look=done)
    more = ask(client, url, post=forged(page, again(sends), plain.looked), look=done)
    assert more.status == plain.status
    assert [line for line in more.looked if line not in plain.looked] == []
    assert len(more.looked) == len(plain.looked)


def again(sends):
    """The fields once more; a file is read from its start, and nothing was counted before."""
    cache.clear()
    for value in sends.values():
        if hasattr(value, "seek"):
            value.seek(0)
    return dict(sends)


@EACH
def test_a_form_of_another_site_is_refused(world, row, ready):
    if row.form.why_open:
        pytest.skip(row.form.why_open)
    url, client, sends = ready
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    strict.cookies = copy.deepcopy(client.cookies)
    token = "a" * 32
    # The signed place of a draft stands in one's own page alone: no other site can send it.
    theirs = {name: value for name, value in sends.items() if name != "draft"}
    strict.cookies["csrftoken"] = token
    with_token = again(theirs) | {"csrfmiddlewaretoken": token}
    tries = {
        "without a token": (again(theirs), {}),
        "with another token": (again(theirs) | {"csrfmiddlewaretoken": "b" * 32}, {}),
        "from another site": (with_token, {"headers": {"origin": "https://evil.example"}}),
    }
    before = snapshot()
    for how, (fields, more) in tries.items():
        answer = ask(
            strict, url, post=again(fields), look=lambda _a: difference(before, snapshot()), **more
        )
        assert (how, answer.status, answer.looked) == (how, 403, [])
    ours = ask(
        strict,
        url,
        post=again(sends) | {"csrfmiddlewaretoken": token},
        headers={"origin": "http://testserver"},
    )
    assert ours.status == row.form.answer


def test_no_form_takes_the_columns_of_its_model_unasked():
    taken = [
        f"{form.__module__}.{form.__qualname__}"
        for form in every_subclass(BaseModelForm)
        if form.__module__.startswith("zhongchuang.")
        and form._meta.model
        and (form._meta.fields is None or form._meta.fields == "__all__" or form._meta.exclude)
    ]
    assert taken == [], "Name the fields of these forms one by one."


def every_subclass(kind):
    for one in kind.__subclasses__():
        yield one
        yield from every_subclass(one)
