"""What every test may use: a private data folder, Chromium, and a few examples of hypothesis, or many on request."""

import importlib
import os
import shutil
from pathlib import Path

import pytest
from django.db import connection
from django.test import TransactionTestCase
from django.test.utils import setup_databases, teardown_databases
from hypothesis import HealthCheck
from hypothesis import settings as trying

from tests import template
from tests.cast import cast  # noqa: F401 -- a fixture for every test
from tests.registered import add, prepared, registered, signed_in  # noqa: F401 -- the same
from tests.shanghai import asked_for, in_shanghai, shanghai, titled_in_shanghai  # noqa: F401 -- the same
from zhongchuang.rulebooks.activated import end_request

ROOT = Path(__file__).parent.parent
USES_DATABASE = {"db", "transactional_db", "live_server"}
CHROMIUM_OPTIONS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

SLOW_ONES = [HealthCheck.too_slow, HealthCheck.data_too_large]

trying.register_profile("quick", max_examples=40, deadline=None, suppress_health_check=SLOW_ONES)
trying.register_profile(
    "thorough", max_examples=2000, deadline=None, suppress_health_check=SLOW_ONES
)
trying.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

# Playwright's own loop runs in the thread of the test, where Django would refuse to touch the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_modifyitems(items):
    for item in items:
        if item.get_closest_marker("django_db") or USES_DATABASE & set(item.fixturenames):
            item.add_marker("database")
        if "page" in item.fixturenames or "open_page" in item.fixturenames:
            item.add_marker("browser")


@pytest.fixture(autouse=True)
def private_files(settings, tmp_path):
    """Files of a test go to a folder of its own; static files keep their plain names."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.AUDIT_ANCHOR_FILE = tmp_path / "audit-anchors.log"
    settings.AUDIT_ARCHIVE = tmp_path / "audit-archive"
    settings.INCOMING = tmp_path / "incoming"
    settings.LETTER_FOLDER = tmp_path / "letters"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """SQLite keeps the database of the tests in a file, as in operation: in memory, writers fail instead of waiting."""
    if connection.vendor == "sqlite":
        file = tmp_path_factory.mktemp("database") / "test.db"
        connection.settings_dict["TEST"]["NAME"] = str(file)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_modify_db_settings):
    """A database of this process's own: a copy of a migrated one."""
    with django_db_blocker.unblock():
        with template.one_at_a_time():
            base = template.here()
            copied = base.copy()
            made = setup_databases(0, interactive=False, keepdb=copied)
            if not copied:
                base.keep()
        yield
        teardown_databases(made, verbosity=0)


@pytest.fixture(autouse=True)
def no_department_has_packs_where_there_is_no_database(request, monkeypatch):
    """Tests of rules alone need no database: packs that departments activated are asked for wherever packs are read."""
    if not request.node.get_closest_marker("database"):
        monkeypatch.setattr("zhongchuang.rulebooks.activated.in_force", lambda _on: [])


@pytest.fixture(autouse=True)
def quick_and_forgetful(settings, tmp_path):
    """Passwords are hashed fast, failed sign-ins of one test do not count in the next, and its last request is over."""
    end_request()  # an answer that nobody read to its end
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": str(tmp_path),
        }
    }


CLOSED = ("zhongchuang.rulebooks.migrations.0002_closed", "zhongchuang.procedures.migrations.0008_closed")  # fmt: skip


@pytest.fixture(autouse=True, scope="session")
def tables_are_emptied_after_a_test():
    """The audit chain and closed rows refuse to be emptied, in tests as well: their triggers are lifted for that moment."""
    triggers = importlib.import_module("zhongchuang.audit.migrations.0002_append_only")
    empty = TransactionTestCase._fixture_teardown
    closed = [one for name in CLOSED for one in importlib.import_module(name).CLOSED]

    def lifted(case):
        triggers.run(connection, triggers.OFF)
        for one in closed:
            one.lift(connection)
        empty(case)
        for one in closed:
            one.lay(connection)
        triggers.run(connection, triggers.ON)

    TransactionTestCase._fixture_teardown = lifted
    yield
    TransactionTestCase._fixture_teardown = empty


@pytest.fixture(scope="session")
def chromium():
    """One Chromium for all tests of a process."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- slow import

    program = os.environ.get("ZHONGCHUANG_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, live_server):
    """Opens an address of the site: `open_page("/help/", width=390, script=False, size="elder")`.

    Whatever the page writes to the console as an error (a broken script, a refusal by the security
    policy, a missing file) fails the test.
    """
    contexts, complaints = [], []

    def open_one(path, *, width=1440, script=True, **cookies):
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=script,
            locale="zh-CN",
            reduced_motion="reduce",
        )
        contexts.append(context)
        context.add_cookies(
            [
                {"name": name, "value": value, "url": live_server.url}
                for name, value in cookies.items()
            ]
        )
        page = context.new_page()
        page.on(
            "console",
            lambda message: complaints.append(message.text) if message.type == "error" else None,
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(live_server.url + path)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture(scope="session")
def axe():
    """Names of the accessibility rules (WCAG 2.2 A and AA) that a page breaks, with the places."""
    source = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

    def broken_rules(page):
        page.evaluate(source)
        answer = page.evaluate("tags => axe.run({runOnly: {type: 'tag', values: tags}})", tags)
        return {
            rule["id"]: [node["html"][:200] for node in rule["nodes"]]
            for rule in answer["violations"]
        }

    return broken_rules


@pytest.fixture(scope="session")
def too_wide():
    """By how many pixels a page is wider than its window."""
    return lambda page: page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
