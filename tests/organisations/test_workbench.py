"""The workbench: what waits, counted as it is listed, for the post one acts in."""

import random
import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from zhongchuang.organisations import actions
from zhongchuang.organisations.access import Acting
from zhongchuang.organisations.models import Post
from zhongchuang.organisations.todos import ToDo, all_todos
from zhongchuang.records.models import Letter


def register(cast, count, first=0):
    for number in range(first, count):
        head = cast.person(f"new{number}")
        actions.register_operator(
            head, name=f"New {number}", code=f"TEST{number}", region=cast.regions["330482"], by=None
        )


@pytest.mark.parametrize("count", [0, 1, 3])
def test_the_heading_counts_what_the_list_shows(client, cast, count):
    register(cast, count)
    client.force_login(cast.people["ping.reviewer"])
    page = client.get("/workbench/").content.decode()
    todo = re.search(r'<ul class="todo">(.*?)</ul>', page, re.DOTALL)
    shown = len(re.findall("<li>", todo[1])) if todo else 0
    heading = re.search(r"<h1>(.*?)</h1>", page)[1]
    assert (shown, heading, len(all_todos(cast["ping.reviewer"]))) == (
        count, f"您有 {count} 件待办", count,
    )  # fmt: skip


def test_only_who_may_decide_has_it_to_do(cast):
    register(cast, 1)
    who = [
        "ping.reviewer",
        "ping.approver",
        "ping.clerk",
        "hai.reviewer",
        "jia.reviewer",
        "founder",
    ]
    assert [len(all_todos(cast[name])) for name in who] == [1, 1, 0, 0, 0, 0]


@pytest.mark.parametrize("page", ["/workbench/", "/organisations/waiting/"])
def test_a_list_asks_the_database_as_often_for_three_rows_as_for_one(client, cast, page):
    client.force_login(cast.people["ping.reviewer"])
    register(cast, 1)
    client.get(page)
    one = queries_of(client, page)
    register(cast, 3, first=1)
    assert queries_of(client, page) == one


def queries_of(client, page):
    with CaptureQueriesContext(connection) as found:
        client.get(page)
    return len(found)


def test_the_list_of_people_asks_as_often_for_many_as_for_few(client, cast):
    client.force_login(cast.people["ping.security_admin"])
    page = f"/organisations/{cast.organisations['ping'].pk}/"
    client.get(page)  # the first request of a session also notes when it began
    few = queries_of(client, page)
    for number in range(3):
        cast.person(f"extra{number}", organisation=cast.organisations["ping"], role="clerk")
    assert queries_of(client, page) == few


def test_visitors_are_led_to_the_sign_in(client, cast):
    assert client.get("/workbench/").url == "/account/login/?next=/workbench/"


def test_who_holds_no_post_sees_an_empty_workbench(client, cast):
    person = cast.person("nobody")
    client.force_login(person)
    assert client.get("/workbench/").status_code == 200
    assert all_todos(Acting(AnonymousUser())) == []


def test_every_page_offers_the_other_posts(client, cast):
    Post.objects.create(
        user=cast.people["ping.clerk"], organisation=cast.organisations["hai"], role="reviewer"
    )
    client.force_login(cast.people["ping.clerk"])
    page = client.get("/help/").content.decode()
    assert re.findall(r'class="linkbtn">(.*?)</button>', page) == ["Department of Hai – 审核人"]


@pytest.mark.parametrize("seed", range(8))
def test_every_count_is_the_length_of_its_list(client, cast, seed):
    chance = random.Random(seed)  # noqa: S311 -- a different mixture each time
    registrations, letters = chance.randrange(4), chance.randrange(6)
    register(cast, registrations)
    for number in range(letters):
        Letter.objects.create(
            recipient=cast.people["ping.reviewer"], key=str(number), title=f"Letter {number}"
        )
    client.force_login(cast.people["ping.reviewer"])
    answer = client.get("/workbench/")
    page = answer.content.decode()
    rail = re.search(r'id="notices">(.*?)</section>', page, re.DOTALL)[1]
    counted = re.search(r'<span class="count">(\d+)</span>', page)
    assert len(answer.context["todos"]) == page.count('<div class="when') == registrations
    assert (int(counted[1]) if counted else 0, rail.count("<li>")) == (letters, letters)


@pytest.mark.parametrize(("days", "look"), [(-1, "late"), (0, "warn"), (400, "")])
def test_a_thing_to_do_says_how_long_there_is(days, look):
    due = timezone.localdate() + timedelta(days=days)
    assert ToDo("t", "a", "/", "b", due).left.look == look
    assert ToDo("t", "a", "/", "b").left is None
