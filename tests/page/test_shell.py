import re

import pytest

PAGES = [
    "/",
    "/packs/",
    "/search/?q=help",
    "/help/",
    "/display/",
    "/sitemap/",
    "/privacy/",
    "/accessibility/",
    "/nothing-here/",
]


@pytest.fixture(params=PAGES)
def text(request, client):
    return client.get(request.param).content.decode()


def test_no_page_has_script_or_style_inside(text):
    assert re.findall(r"<style|<script(?![^>]* src=)|\sstyle=|\son[a-z]+=|javascript:", text) == []


def test_every_link_leads_somewhere(client, db, text):
    targets = {t.split("#")[0] for t in re.findall(r'<a [^>]*href="([^"]*)"', text)}
    dead = {t for t in targets - {""} if client.get(t.replace("&amp;", "&")).status_code >= 400}
    assert dead == set()


def test_every_page_names_the_site_and_its_column(text):
    assert re.search(r'<meta name="SiteName" content="[^"]+">', text)
    assert re.search(r'<meta name="ColumnName" content="[^"]+">', text)


def test_every_page_says_what_its_column_is_about(text):
    named = ("Description", "Keywords", "Type")
    assert [
        n for n in named if not re.search(f'<meta name="Column{n}" content="[^"]+">', text)
    ] == []


@pytest.mark.parametrize("path", ["/help/", "/privacy/", "/accessibility/"])
def test_an_article_names_its_title_day_and_source(client, path):
    text = client.get(path).content.decode()
    title = re.search(r'<meta name="ArticleTitle" content="([^"]+)">', text)[1]
    assert f"<h1>{title}</h1>" in text
    assert re.search(r'<meta name="PubDate" content="\d{4}-\d\d-\d\d">', text)
    assert re.search(r'<meta name="ContentSource" content="[^"]+">', text)


def test_a_rule_pack_names_the_authority_as_its_source(client, db):
    text = client.get("/packs/hunan-2016/").content.decode()
    assert re.search(r'<meta name="ContentSource" content="\u6e56\u5357[^"]+">', text)


def test_headers_forbid_what_no_page_needs(client):
    answer = client.get("/")
    policy = set(answer["Content-Security-Policy"].split("; "))
    assert policy == {
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    }
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"


def test_the_footer_shows_what_is_configured_and_nothing_else(client, settings):
    settings.SITE = settings.SITE | {"host": "Office A", "code": "", "icp": "ICP 1"}
    text = client.get("/").content.decode()
    assert ("Office A" in text, "ICP 1" in text, "SiteIDCode" in text) == (True, True, False)
    settings.SITE = settings.SITE | {"mark": "https://example.org/mark"}
    assert 'href="https://example.org/mark"' in client.get("/").content.decode()
    settings.SITE = settings.SITE | {"code": "3304000001"}
    assert '<meta name="SiteIDCode" content="3304000001">' in client.get("/").content.decode()
