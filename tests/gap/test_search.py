"""Packs, conditions and facts are found by words, articles, numbers and initials."""

import pytest
from django.utils import translation

from zhongchuang.gap.search import search_rules

DESKS = "\u5de5\u4f4d"
SIXTH = "\u7b2c\u516d\u6761"
STATE_COUNCIL = "\u56fd\u529e\u53d1\u30142016\u30157\u53f7"
TORCH = "\u56fd\u79d1\u706b\u5b57\u30142017\u3015120\u53f7"


def titles(query):
    return ["".join(part for part, _found in hit.title) for hit in search_rules(query)]


@pytest.fixture(autouse=True)
def chinese():
    with translation.override("zh-hans"):
        yield


def test_initials_find_a_word():
    assert any(DESKS in title for title in titles("gw")[:5])


def test_a_chinese_word_is_marked_where_it_stands():
    hit = search_rules(DESKS)[0]
    assert (DESKS, True) in hit.title


def test_an_article_finds_its_conditions():
    assert all(hit.kind == "condition" for hit in search_rules(f"{SIXTH}(\u4e09)"))
    assert search_rules(f"{SIXTH}(\u4e09)")


def test_a_document_number_finds_its_pack_in_either_kind_of_brackets():
    for query in (
        TORCH,
        TORCH.replace("\u3014", "[").replace("\u3015", "]"),
        TORCH.replace("\u3014", "\uff08").replace("\u3015", "\uff09"),
    ):
        assert search_rules(query)[0].url.startswith("/packs/national-2017/")


@pytest.mark.parametrize("query", [STATE_COUNCIL, "", "   ", "xyzzy", f"{DESKS} xyzzy"])
def test_what_is_not_there_is_not_found(query):
    assert search_rules(query) == []


def test_a_document_that_is_not_there_gives_a_page_with_advice(client):
    page = client.get("/search/", {"q": STATE_COUNCIL}).content.decode()
    assert STATE_COUNCIL in page
    assert '<a href="/packs/">' in page


def test_a_hostile_query_neither_breaks_nor_takes_long():
    assert search_rules("(" * 10_000) == []
    assert search_rules("<script>\u202e\x00") == []


@pytest.mark.django_db
def test_every_address_that_is_found_exists(client):
    for query in ("gw", DESKS, "2016", "share"):
        for url in {hit.url.partition("#")[0] for hit in search_rules(query)}:
            assert client.get(url).status_code == 200
