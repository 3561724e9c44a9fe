"""A form is carried out once, and never over what another person wrote meanwhile."""

import uuid

import pytest
from django import forms
from django.db import connection, models, transaction
from django.test import Client, RequestFactory
from django.test.utils import isolate_apps

from tests.records.test_drafts import hidden_in
from zhongchuang.audit.actions import log
from zhongchuang.records.actions import change
from zhongchuang.records.forms import Seen
from zhongchuang.records.models import DocumentNumber, Versioned
from zhongchuang.records.views.requests import send


@pytest.fixture
def clerk(cast):
    client = Client()
    client.force_login(cast.people["zhe.clerk"])
    return client


def test_a_form_sent_twice_is_carried_out_once_and_answered_alike(clerk):
    form = hidden_in(clerk.get("/numbers/")) | {"word": "ZK", "title": "x"}
    answers = [clerk.post("/numbers/", form) for _ in range(3)]
    assert [(one.status_code, one.headers["Location"]) for one in answers] == [
        (302, "/numbers/")
    ] * 3
    assert DocumentNumber.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_thirty_equal_posts_at_once_are_carried_out_once(clerk, at_once):
    form = hidden_in(clerk.get("/numbers/")) | {"word": "ZK", "title": "x"}
    cookies = clerk.cookies

    def post(_):
        browser = Client()
        browser.cookies = cookies
        answer = browser.post("/numbers/", form)
        return answer.status_code, answer.headers.get("Location")

    assert at_once(30, post) == [(302, "/numbers/")] * 30
    assert DocumentNumber.objects.count() == 1


def test_what_can_be_done_only_once_is_still_answered_alike(clerk):
    clerk.post("/numbers/", hidden_in(clerk.get("/numbers/")) | {"word": "ZK", "title": "x"})
    path = f"/numbers/{DocumentNumber.objects.get().pk}/void/"
    form = hidden_in(clerk.get(path)) | {"reason": "mistyped"}
    assert [clerk.post(path, form).status_code for _ in range(2)] == [302, 302]
    other = form | {"request_key": str(uuid.uuid4())}
    assert clerk.post(path, other).status_code == 409


def test_a_form_opened_for_another_organisation_is_not_carried_out(cast, clerk):
    form = hidden_in(clerk.get("/numbers/")) | {"word": "ZK", "title": "x"}
    post = cast.people["zhe.clerk"].posts.create(
        organisation=cast.organisations["jia"], role="clerk"
    )
    clerk.post(f"/posts/{post.pk}/take/")
    answer = clerk.post("/numbers/", form)
    assert (answer.status_code, answer.context["form"]["title"].value()) == (409, "x")
    assert DocumentNumber.objects.count() == 0


class PlanForm(Seen):
    text = forms.CharField(label="Text")
    kind = forms.ChoiceField(label="Kind", choices=[("a", "first kind"), ("b", "second kind")])


@pytest.fixture
def plan(transactional_db):
    with isolate_apps("zhongchuang.records"):

        class Plan(Versioned):
            text = models.CharField(max_length=50)
            kind = models.CharField(max_length=1, default="a")

            class Meta:
                app_label = "records"

    with connection.schema_editor() as editor:
        editor.create_model(Plan)
    yield Plan.objects.create(text="as it was")
    with connection.schema_editor() as editor:
        editor.delete_model(Plan)


@pytest.fixture
def sends(plan, cast, rf: RequestFactory):
    """`sends("zhe.clerk", text="x")` is the answer to the form on which this person saw the first version."""

    @transaction.atomic
    def act(*, by, version, **values):
        row = type(plan).objects.get(pk=plan.pk)
        old = {name: getattr(row, name) for name in values}
        change(row, version=version, **values)
        log(row, "changed", by=by.who, old=old, new=values)
        return "/done/"

    def one(who, *, version=1, **fields):
        given = {"version": version, "request_key": str(uuid.uuid4()), "kind": "a"} | fields
        request = rf.post("/plan/", given)
        request.user, request.session = cast.people[who], {}
        request._messages = type("Quiet", (list,), {"add": lambda *_: None})()
        request.display = type("Display", (), {"language": "en", "html_language": "en"})
        me = cast[who]
        return send(
            request, PlanForm(request.POST), lambda **values: act(by=me, **values),
            purpose="plan", done="Done.", page={"template": "records/form.html"},
        )  # fmt: skip

    return one


def test_who_comes_second_keeps_the_text_and_reads_what_the_first_changed(sends, plan):
    assert sends("zhe.clerk", text="the first", kind="b").status_code == 302
    answer = sends("zhe.approver", text="the second")
    page = answer.content.decode()
    plan.refresh_from_db()
    assert (answer.status_code, plan.text, plan.version) == (409, "the first", 2)
    assert 'value="the second"' in page
    assert "<b>Text</b>：<del>as it was</del> → <ins>the first</ins>" in page
    assert "<b>Kind</b>：<del>first kind</del> → <ins>second kind</ins>" in page
    assert "zhe.clerk" in page
    assert 'name="version" value="2"' in page


def test_what_is_sent_again_goes_over_it_knowingly(sends, plan):
    sends("zhe.clerk", text="the first")
    assert sends("zhe.approver", version=2, text="the second").status_code == 302
    plan.refresh_from_db()
    assert (plan.text, plan.version) == ("the second", 3)


def test_only_the_changes_since_are_told(sends):
    sends("zhe.clerk", text="one")
    sends("zhe.clerk", version=2, text="two")
    sends("zhe.clerk", version=3, text="three")
    page = sends("zhe.approver", version=2, text="mine").content.decode()
    assert "<del>two</del> → <ins>three</ins>" in page
    assert "<del>one</del> → <ins>two</ins>" in page
    assert "as it was" not in page
