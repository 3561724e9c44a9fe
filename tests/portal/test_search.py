import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.files.conftest import pdf
from zhongchuang.organisations import actions
from zhongchuang.organisations.models import Organisation
from zhongchuang.portal.search import find
from zhongchuang.records.actions import hand_in

PACKS = [
    {
        "id": "zhejiang-2016",
        "title": "\u6d59\u6c5f\u7701\u529e\u6cd5",
        "other_title": "Zhejiang: measures",
        "authority": "",
    }
]
PAGES = [("portal:help", "Help"), ("portal:privacy", "Privacy statement")]


@pytest.mark.parametrize("query", ["zhejiang", "ZHEJIANG 2016", "\u6d59\u6c5f", "zjs", "measures"])
def test_a_pack_is_found_by_name_number_or_initials(query):
    assert find(query, packs=PACKS, pages=PAGES) == {"pages": [], "packs": PACKS}


def test_a_page_is_found_by_its_name():
    assert find("priv", packs=PACKS, pages=PAGES)["pages"] == [
        {"url": "/privacy/", "label": "Privacy statement"}
    ]


@pytest.mark.parametrize("query", ["", "   ", "hunan", "zhejiang hunan"])
def test_what_does_not_match_is_not_found(query):
    assert find(query, packs=PACKS, pages=PAGES) == {"pages": [], "packs": []}


@pytest.mark.django_db
def test_a_hostile_query_is_shown_as_text(client):
    text = client.get("/search/", {"q": "<script>alert(1)</script>" * 50}).content.decode()
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


@pytest.fixture
def county(client, cast):
    """A reviewer of Ping; an operator there with a Chinese name, and one in another province."""
    for name, code in (("蜂巢创客", "330482"), ("蜂鸟创客", "430104")):
        actions.register_operator(
            cast.person(name), name=name, code=f"TEST{code}", region=cast.regions[code], by=None
        )
    Organisation.objects.filter(name__startswith="蜂").update(state="confirmed")
    client.force_login(cast.people["ping.reviewer"])
    return client


def found(client, query):
    groups = client.get("/search/", {"q": query}).context["groups"]
    return {str(name): [label for _url, label, _about in answers] for name, answers in groups}


@pytest.mark.parametrize("query", ["蜂巢", "fcck", "蜂 客", "TEST330482"])
def test_one_finds_what_one_may_see_by_name_number_or_initials(county, query):
    assert found(county, query) == {"机构名录": ["蜂巢创客"]}


def test_evidence_is_found_by_the_name_of_its_file(client, cast):
    upload = SimpleUploadedFile("租赁合同.pdf", pdf())
    hand_in(upload, by=cast["bees.operator_clerk"])
    answers = {}
    for who in ("bees.operator_clerk", "ping.reviewer", "ants.operator_clerk"):
        client.force_login(cast.people[who])
        answers[who] = [name for names in found(client, "zlht").values() for name in names]
    assert answers == {
        "bees.operator_clerk": ["租赁合同.pdf"], "ping.reviewer": ["租赁合同.pdf"],
        "ants.operator_clerk": [],
    }  # fmt: skip


def test_visitors_find_what_is_public(client, db):
    assert found(client, "蜂巢") == {}


def test_where_nothing_is_found_the_hotline_is_named(county, settings):
    settings.SITE = settings.SITE | {"phone": "12345"}
    assert "12345" in county.get("/search/", {"q": "xyzzy"}).content.decode().split("<main")[1]


def test_a_search_asks_the_database_as_often_for_three_rows_as_for_one(client, cast):
    client.force_login(cast.people["ping.reviewer"])
    client.get("/search/", {"q": "bees"})
    counts = []
    for query in ("bees", "ltd"):
        with CaptureQueriesContext(connection) as asked:
            client.get("/search/", {"q": query})
        counts.append(len(asked))
    assert counts[0] == counts[1]
