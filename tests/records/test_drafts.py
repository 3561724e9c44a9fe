"""What people type is kept while they type it, belongs to them alone, and goes when it is sent."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tests.cast import PASSWORD
from zhongchuang.organisations.actions import register_operator
from zhongchuang.records.actions import forget_drafts
from zhongchuang.records.models import DocumentNumber, Draft

PATH = "/numbers/"


def hidden_in(answer):
    """The hidden fields of the page's form, as its browser would send them."""
    fields = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', answer.content.decode())
    return {name: value for name, value in fields if name != "csrfmiddlewaretoken"}


def value_of(answer, name):
    return answer.context["form"][name].value()


@pytest.fixture
def signed_in(cast):
    def one(name, **more):
        client = Client(**more)
        client.force_login(cast.people[name])
        return client

    return one


@pytest.fixture
def clerk(signed_in):
    return signed_in("zhe.clerk")


def save(client, form, **fields):
    return client.post("/drafts/", form | fields, headers={"X-Draft": "1"})


def test_a_draft_fills_the_form_again_also_on_another_machine(clerk, signed_in):
    form = hidden_in(clerk.get(PATH))
    saved = save(clerk, form, word="ZK", title="half a ti")
    assert re.fullmatch(r"\d\d:\d\d:\d\d", saved.json()["saved"])
    reopened = signed_in("zhe.clerk").get(PATH)
    assert (value_of(reopened, "word"), value_of(reopened, "title")) == ("ZK", "half a ti")
    assert "draft-note" in reopened.content.decode()
    assert value_of(signed_in("zhe.approver").get(PATH), "title") is None


def test_a_window_saves_again_and_again_even_where_an_answer_was_lost(clerk):
    form = hidden_in(clerk.get(PATH))
    assert save(clerk, form, title="a").json()["version"] == 1
    assert save(clerk, form, title="ab").json()["version"] == 2
    assert Draft.objects.get().fields["title"] == ["ab"]


@pytest.mark.django_db(transaction=True)
def test_saves_of_one_window_that_arrive_at_once_are_no_conflict(clerk, at_once):
    form, cookies = hidden_in(clerk.get(PATH)), clerk.cookies

    def one(number):
        browser = Client()
        browser.cookies = cookies
        return save(browser, form, title=str(number)).status_code

    assert at_once(10, one) == [200] * 10
    assert Draft.objects.get().version == 10


def test_of_two_windows_the_second_is_told_what_the_first_saved(clerk):
    first, second = hidden_in(clerk.get(PATH)), hidden_in(clerk.get(PATH))
    save(clerk, first, title="first")
    answer = save(clerk, second, title="second")
    assert (answer.status_code, answer.json()["fields"]["title"]) == (409, ["first"])
    knowing = second | {"draft_version": answer.json()["version"]}
    assert save(clerk, knowing, title="second").status_code == 200
    assert Draft.objects.get().fields["title"] == ["second"]


def test_without_a_script_two_windows_keep_both(clerk):
    first, second = hidden_in(clerk.get(PATH)), hidden_in(clerk.get(PATH))
    clerk.post("/drafts/", first | {"title": "first"})
    assert clerk.post("/drafts/", second | {"title": "second"}).headers["Location"] == PATH
    page = clerk.get(PATH)
    assert value_of(page, "title") == "second"
    assert [value for _label, value in page.context["draft"].others] == ["first"]


def test_what_is_sent_is_no_draft_any_more(clerk):
    form = hidden_in(clerk.get(PATH)) | {"word": "ZK", "title": "whole"}
    save(clerk, form)
    assert clerk.post(PATH, form).status_code == 302
    assert (DocumentNumber.objects.count(), Draft.objects.count()) == (1, 0)
    assert save(clerk, form | {"draft_version": "1"}).status_code == 409


def test_what_was_refused_stays_a_draft(clerk):
    form = hidden_in(clerk.get(PATH)) | {"word": "", "title": "whole"}
    save(clerk, form)
    assert clerk.post(PATH, form).status_code == 200
    assert Draft.objects.count() == 1


def test_secrets_and_too_long_texts_are_not_kept(clerk):
    form = hidden_in(clerk.get(PATH))
    save(clerk, form, title="x", password1="s", id_number="s")
    kept = set(Draft.objects.get().fields)
    assert kept == {"title"}
    assert save(clerk, form, title="a\0b").status_code == 200
    assert Draft.objects.get().fields["title"] == ["ab"]
    answer = save(clerk, form, title="x" * 200_001)
    assert (answer.status_code, answer.json()["error"]) == (413, "draft_too_long")


def test_a_draft_is_saved_for_its_owner_alone(clerk, signed_in):
    form = hidden_in(clerk.get(PATH))
    assert save(signed_in("zhe.approver"), form, title="x").status_code == 403
    assert save(clerk, form | {"draft": form["draft"] + "x"}, title="x").status_code == 403
    assert save(clerk, form, title="x").status_code == 200
    pk = Draft.objects.get().pk
    assert signed_in("zhe.approver").post(f"/drafts/{pk}/discard/").status_code == 404
    assert clerk.post(f"/drafts/{pk}/discard/").headers["Location"] == PATH
    assert Draft.objects.count() == 0


def test_a_draft_is_kept_for_a_year(clerk):
    save(clerk, hidden_in(clerk.get(PATH)), title="x")
    with time_machine.travel(timezone.now() + timedelta(days=366)):
        assert forget_drafts() == 0
    with time_machine.travel(timezone.now() + timedelta(days=401)):
        assert forget_drafts() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_drafts_costs_the_same(cast, clerk, count, django_assert_num_queries):
    for key in range(count):
        Draft.objects.create(
            user=cast.people["zhe.clerk"], organisation=cast.organisations["zhe"],
            purpose="p", key=key, path=PATH, title=f"Draft {key}", fields={}, window="",
        )  # fmt: skip
    clerk.get("/drafts/")
    with django_assert_num_queries(5):
        assert clerk.get("/drafts/").content.decode().count("<li><div><b>Draft") == count


# --- the session ends -----------------------------------------------------------------------------


def test_typing_on_after_the_session_is_told_and_stores_nothing(clerk):
    form = hidden_in(clerk.get(PATH))
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        assert save(clerk, form, title="late").status_code == 401
    assert Draft.objects.count() == 0


@pytest.mark.parametrize("ended", ["by time", "elsewhere"])
def test_a_form_sent_after_the_session_comes_back_through_the_sign_in(clerk, cast, ended):
    form = hidden_in(clerk.get(PATH)) | {"word": "ZK", "title": "a long text"}
    if ended == "elsewhere":
        clerk.cookies.clear()
    with time_machine.travel(timezone.now() + timedelta(minutes=31 if ended == "by time" else 0)):
        answer = clerk.post(PATH, form)
        assert answer.headers["Location"] == f"/account/login/?next={PATH}"
        assert DocumentNumber.objects.count() == 0
        sign_in = {"login": "zhe.clerk@example.org", "password": PASSWORD}
        again = clerk.post(answer.headers["Location"], sign_in, follow=True)
    assert again.redirect_chain == [(PATH, 302)]
    assert (value_of(again, "word"), value_of(again, "title")) == ("ZK", "a long text")


def test_another_account_that_signs_in_then_sees_nothing_of_it(clerk, signed_in):
    form = hidden_in(clerk.get(PATH)) | {"word": "ZK", "title": "a long text"}
    other = signed_in("zhe.approver")
    Client().post(PATH, form)
    assert value_of(other.get(PATH), "title") is None
    assert value_of(clerk.get(PATH), "title") == "a long text"


def test_a_form_with_an_old_key_is_shown_again_with_a_new_one(signed_in):
    clerk = signed_in("zhe.clerk", enforce_csrf_checks=True)
    form = hidden_in(clerk.get(PATH)) | {"word": "ZK", "title": "a long text"}
    answer = clerk.post(PATH, form | {"csrfmiddlewaretoken": "0" * 64})
    assert answer.headers["Location"] == PATH
    assert value_of(clerk.get(PATH), "title") == "a long text"
    assert clerk.post(PATH, {"word": "ZK"}).status_code == 403


def test_a_page_may_ask_how_long_it_has_without_making_it_longer(clerk):
    clerk.get(PATH)
    start = timezone.now()
    with time_machine.travel(start + timedelta(minutes=20)):
        assert 590 <= clerk.get("/session/").json()["left"] <= 601
    with time_machine.travel(start + timedelta(minutes=29)):
        assert clerk.get("/session/").json()["left"] <= 61
        assert clerk.post("/session/").json()["left"] >= 1799
    with time_machine.travel(start + timedelta(minutes=60)):
        assert clerk.get("/session/").json()["user"] is None


def test_one_goes_on_in_the_post_in_which_one_began(clerk, cast):
    other = cast.people["zhe.clerk"].posts.create(
        organisation=cast.organisations["jia"], role="clerk"
    )
    clerk.post(f"/posts/{other.pk}/take/")
    form = hidden_in(clerk.get(PATH)) | {"word": "ZK", "title": "a long text"}
    clerk.cookies.clear()
    answer = clerk.post(PATH, form)
    sign_in = {"login": "zhe.clerk@example.org", "password": PASSWORD}
    again = clerk.post(answer.headers["Location"], sign_in, follow=True)
    assert value_of(again, "title") == "a long text"
    assert again.context["acting"].organisation == cast.organisations["jia"]


def test_the_reason_of_a_refusal_is_kept_while_one_writes_it(signed_in, cast):
    wasps = register_operator(
        cast.person("wasp"), name="Wasps", code="TEST1", region=cast.regions["330482"], by=None
    )
    path, reviewer = f"/organisations/{wasps.pk}/refuse/", signed_in("ping.reviewer")
    form = hidden_in(reviewer.get(path))
    assert save(reviewer, form, reason="The licence is").status_code == 200
    assert value_of(reviewer.get(path), "reason") == "The licence is"
    assert reviewer.post(path, form | {"reason": ""}).status_code == 200
    assert Draft.objects.count() == 1
    assert reviewer.post(path, form | {"reason": "The licence has lapsed."}).status_code == 302
    assert Draft.objects.count() == 0
