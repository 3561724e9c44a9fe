import pytest

from zhongchuang.portal.search import find

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


def test_a_hostile_query_is_shown_as_text(client):
    text = client.get("/search/", {"q": "<script>alert(1)</script>" * 50}).content.decode()
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text
