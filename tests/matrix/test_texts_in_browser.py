"""Hostile texts on the pages that show them: nothing of them runs, and the policy has nothing to complain of (S-09)."""

from urllib.parse import urljoin

import pytest
from django.conf import settings
from django.test import Client

from tests.matrix.naughty import GROUPS
from zhongchuang.organisations import actions as people
from zhongchuang.organisations.models import Organisation, User
from zhongchuang.records import actions
from zhongchuang.records.models import Letter

SHOWN = GROUPS["scripts"] + GROUPS["directions"]
PAGES = {
    "jia.reviewer": ["/workbench/", "/evidence/", "/numbers/", "/letters/", "/account/profile/", "/organisations/{ping}/"],
    "jia.security_admin": ["/organisations/{jia}/", "/organisations/{jia}/invite/"],
    "zhe.audit_admin": ["/audit/", "/audit/?who=%3Cscript%3Ealert(1)%3C/script%3E"],
    "": ["/search/?q=%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E", "/gap/answer/?desks=%3Cscript%3Ealert(1)%3C/script%3E"],
}  # fmt: skip


@pytest.fixture
def hostile(cast):
    """A world in which everything is called so."""
    for number, text in enumerate(SHOWN):
        actions.take_number("A", by=cast["jia.clerk"], title=text[:200])
        people.invite(
            cast.organisations["jia"], by=cast["jia.security_admin"], email=f"g{number}@example.org",
            name=text[:100], role="clerk",
        )  # fmt: skip
        Letter.objects.create(
            recipient=cast.people["jia.reviewer"],
            key=str(number),
            title=text[:200],
            text=text,
            url="javascript:alert(1)",
        )
    for number, user in enumerate(
        User.objects.filter(posts__organisation=cast.organisations["jia"]).order_by("pk")
    ):
        User.objects.filter(pk=user.pk).update(name=SHOWN[number % len(SHOWN)][:100])
    for number, one in enumerate(Organisation.objects.order_by("pk")):
        Organisation.objects.filter(pk=one.pk).update(name=SHOWN[number % len(SHOWN)][:200])
    return cast


def session_of(user):
    client = Client()
    client.force_login(user)
    return {settings.SESSION_COOKIE_NAME: client.session.session_key}


@pytest.mark.django_db(transaction=True)
def test_no_text_runs_on_any_page_that_shows_it(hostile, open_page):
    dialogs = []
    keys = {short: one.pk for short, one in hostile.organisations.items()}
    for who, paths in PAGES.items():
        cookies = session_of(hostile.people[who]) if who else {}
        page = open_page("/help/", **cookies)
        page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        for path in paths:
            answer = page.goto(urljoin(page.url, path.format(**keys)))
            assert (path, answer.status) == (path, 200)
            assert page.locator("script:not([src])").count() == 0
    assert dialogs == []
