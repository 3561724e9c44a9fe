"""Whatever text comes in, by form, address, file name or header: no page breaks, and what is kept is what was sent (S-09, S-15, B-03)."""

import io
import re
from urllib.parse import quote, urlencode, urljoin, urlsplit

import pytest
from django.core.cache import cache

from tests.cast import PASSWORD
from tests.matrix.asking import address, ask, browser, sent_by
from tests.matrix.naughty import ALL, LINKS
from tests.matrix.routes import ROUTES, ROWS
from tests.matrix.snapshot import difference, snapshot
from tests.matrix.test_forms import opener
from zhongchuang.page.paging import Page

pytestmark = pytest.mark.django_db
FIELDS = [(row, field) for row in ROWS if row.form for field in row.form.texts]
ASKED = [
    "q", "next", "older", "newer", "from", "page", "who", "verb", "subject", "since", "until", "size", "language",
    "contrast", "set", "rules", "data", "on", "name", "state", "region", "kind", "sort", "floor_area", "desks",
]  # fmt: skip
ROUNDS = 3
TYPED = re.compile(r"<(?:str|slug|path|uuid):\w+>")


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()


def kept(text, done):
    """Whether a text stands in a row that was written, as it was sent; spaces around it may go."""
    written = [
        line for line in done if not isinstance(line, str)
    ]  # the others are rows that are gone
    values = [value for _label, _key, columns in written for value in columns.values()]
    inside = [one for value in values if isinstance(value, dict) for one in value.values()]
    return text.strip() in values + inside


@pytest.mark.any_database
@pytest.mark.parametrize(("row", "field"), FIELDS, ids=lambda one: getattr(one, "name", one))
def test_a_text_is_kept_as_it_was_sent_or_refused(world, row, field):
    form, owner = row.form, world.owner(row.form.of)
    url = address(row, ROUTES[row.name], row.made(world, owner))
    client, before = browser(world, form.by).client, snapshot()
    wrong = []

    def written(answer):
        went = form.entry and answer.status == form.answer
        return difference(before, snapshot(answer.wrote)) if went else []

    start, page = FIELDS.index((row, field)), ask(client, url).text
    for text in ALL[start % 4 :: 4] if form.entry else ALL[start % 8 :: 8]:
        cache.clear()
        sends = sent_by(form, world, owner, page) | {field: text}
        answer = ask(client, url, post=sends, look=written)
        if answer.status >= 500 or (answer.looked and not kept(text, answer.looked)):
            wrong.append((answer.status, text[:60]))
        shown = answer.response.context.get("form") if answer.response.context else None
        if answer.status == 200 and form.answer == 302 and shown is not None and not shown.errors:
            wrong.append(("neither taken nor refused", text[:60]))
    assert wrong == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.name}-{'-'.join(row.of)}")
def test_a_page_answers_whatever_its_address_asks_for(world, row):
    viewer, url = opener(world, row)
    if viewer is None or row.post:
        pytest.skip("open to none, or to a POST alone")
    start = ROWS.index(row)
    wrong = []
    for number in range(ROUNDS):
        asked = {
            name: ALL[(start * 7 + number * 29 + place) % len(ALL)][:2000]
            for place, name in enumerate(ASKED)
        }
        status = ask(viewer.client, f"{url.partition('?')[0]}?{urlencode(asked)}").status
        wrong += [(status, asked)] if status >= 500 else []
    assert wrong == []


KEYS = ['["2024-01-01", 1]', "[null, null]", "[]", "{}", "1", '["x", "y"]', '["9999-12-31T23:59:59", -1]',
        '["2024-01-01T00:00:00Z", 99999999999999999999]', '["2024-01-01", "\\u0000"]', "[" * 5000, "[NaN, 1]", "[1e999, 1]"]  # fmt: skip


@pytest.mark.parametrize(
    "row", [row for row in ROWS if not row.post], ids=lambda row: f"{row.name}-{'-'.join(row.of)}"
)
def test_a_list_begins_anew_where_its_place_was_tampered_with(world, row):
    viewer, url = opener(world, row)
    page = ask(viewer.client, url) if viewer else None
    if page is None or (
        "older=" not in page.text
        and not isinstance((page.response.context or {}).get("page"), Page)
    ):
        pytest.skip("no list by pages")
    for name in ("older", "newer"):
        for key in KEYS:
            assert (
                key,
                ask(viewer.client, f"{url.partition('?')[0]}?{urlencode({name: key})}").status,
            ) == (key, 200)


def search_fields(page):
    """Names of the fields of the forms on a page that change its address."""
    forms = re.findall(r"<form[^>]*>.*?</form>", page, re.DOTALL)
    asking = [
        form
        for form in forms
        if not re.search(r'method="post"', form.partition(">")[0], re.IGNORECASE)
    ]
    return sorted({name for form in asking for name in re.findall(r'name="([^"]+)"', form)})


@pytest.mark.parametrize("row", [row for row in ROWS if row.name in {"portal:search", "records:audit", "spaces:register", "organisations:organisations"}],
                         ids=lambda row: row.name)  # fmt: skip
def test_a_search_finds_or_finds_nothing_whatever_is_searched_for(world, row):
    viewer, url = opener(world, row)
    url = url.partition("?")[0]
    fields = search_fields(ask(viewer.client, url).text)
    assert fields != []
    wrong = [
        (field, text[:60])
        for field in fields
        for text in ALL[:: 8 if row.name == "portal:search" else 3]
        if ask(viewer.client, f"{url}?{urlencode({field: text[:2000]})}").status not in {200, 400}
    ]
    assert wrong == []


TYPED_ROUTES = sorted(
    {route.pattern: route for route in ROUTES.values() if TYPED.search(route.pattern)}
)


@pytest.mark.parametrize("pattern", TYPED_ROUTES)
def test_an_address_with_any_text_in_it_is_found_or_not(world, pattern):
    clients = [world.visitor.client, world.viewer("ping.clerk").client]
    wrong, start = [], TYPED_ROUTES.index(pattern)
    for place, text in enumerate(ALL[start % 4 :: 4]):
        url = "/" + re.sub(r"<[^>]+>", lambda _f: quote(text[:200], safe=""), pattern)  # noqa: B023 -- used at once
        status = ask(clients[place % 2], url).status
        wrong += [(status, text[:60])] if status >= 500 else []
    assert wrong == []


@pytest.mark.parametrize("name", ["records:evidence", "gap:send"])
def test_a_file_may_be_called_anything(world, name):
    row = next(row for row in ROWS if row.name == name)
    client, url = browser(world, row.form.by).client, ROUTES[name].address({})
    wrong, page = [], ask(client, url).text
    for text in [*ALL[::8], "a" * 300 + ".pdf", ".pdf", "\u4f17" * 200 + ".PDF"]:
        cache.clear()
        sends = sent_by(row.form, world, None, page)
        file = io.BytesIO(sends["file"].read())
        file.name = text
        sends["file"] = file
        answer = ask(client, url, post=sends)
        wrong += [(answer.status, text[:60])] if answer.status >= 500 else []
    assert wrong == []


@pytest.mark.parametrize("text", ALL[::4], ids=range(len(ALL[::4])))
def test_what_a_browser_says_of_itself_breaks_no_sign_in(world, settings, text):
    settings.OWN_PROXIES = settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    sends = {"login": "ping.clerk@example.org", "password": PASSWORD}
    plain = re.sub(r"[\r\n]", " ", text).encode("utf-8").decode("latin-1")
    headers = {
        "user-agent": plain,
        "x-forwarded-for": plain,
        "accept-language": plain,
        "referer": plain,
    }
    assert ask(world.visitor.client, "/account/login/", post=sends, headers=headers).status < 500


def leads_off(location):
    """Whether a browser that stands on a page of the site leaves it for this address."""
    read = re.sub(r"[\t\r\n]", "", location).strip().replace("\\", "/")
    target = urlsplit(urljoin("http://testserver/account/login/", read))
    return target.scheme not in {"http", "https"} or target.netloc != "testserver"


@pytest.mark.any_database
@pytest.mark.parametrize(
    "row",
    [row for row in ROWS if row.form and row.form.answer == 302],
    ids=lambda row: f"{row.name}-{row.form.of}",
)
def test_a_form_never_leads_off_the_site(world, row):
    form, owner = row.form, world.owner(row.form.of)
    url = address(row, ROUTES[row.name], row.made(world, owner))
    client, wrong = browser(world, form.by).client, []
    page = ask(client, url).text
    for link in LINKS if ROUTES[row.name].app == "account" else LINKS[ROWS.index(row) % 9 :: 9]:
        cache.clear()
        sends = sent_by(form, world, owner, page) | {"next": link}
        answer = ask(client, f"{url}?{urlencode({'next': link})}", post=sends)
        wrong += (
            [link]
            if leads_off(answer.response.get("Location", "/")) or answer.status >= 500
            else []
        )
    assert wrong == []


@pytest.mark.any_database
@pytest.mark.parametrize(
    "row", [row for row in ROWS if not row.post], ids=lambda row: f"{row.name}-{'-'.join(row.of)}"
)
def test_a_page_never_leads_off_the_site(world, row):
    viewer, url = opener(world, row)
    if viewer is None:
        pytest.skip("open to none")
    start, wrong = ROWS.index(row), []
    everywhere = row.expected(viewer.role, "own") == 302 or row.name == "page:display"
    for link in LINKS if everywhere else LINKS[start % 15 :: 15]:
        joint = "&" if "?" in url else "?"
        answer = ask(viewer.client, f"{url}{joint}{urlencode({'size': 'elder', 'next': link})}")
        wrong += (
            [link]
            if leads_off(answer.response.get("Location", "/")) or answer.status >= 500
            else []
        )
    assert wrong == []
