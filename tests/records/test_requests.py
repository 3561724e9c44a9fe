import os
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, models, transaction
from django.test.utils import isolate_apps
from django.utils import timezone

from tests.files.conftest import pdf
from zhongchuang.audit.actions import log
from zhongchuang.page.refusal import Refused
from zhongchuang.records.actions import Stale, change, forget_receipts, once, take_number
from zhongchuang.records.models import Evidence, Receipt, Series, Versioned

FULL = os.environ.get("ZHONGCHUANG_FAULTS") == "full"


@pytest.mark.django_db(transaction=True)
def test_fifty_equal_requests_at_once_make_one_row_and_get_one_answer(cast, at_once):
    key, clerk = uuid.uuid4(), cast["zhe.clerk"]

    def request(_):
        act = lambda: str(take_number("A", by=clerk, title="x", year=2026))  # noqa: E731 -- as a view does
        return once(key, act, by=clerk, purpose="take_number")

    answers = at_once(50, request)
    assert set(answers) == {"A\u30142026\u30151\u53f7"}
    assert (len(answers), Series.objects.get().last, Receipt.objects.count()) == (50, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_fifty_equal_posts_of_a_page_make_one_file(cast, client, at_once):
    client.force_login(cast.people["bees.operator_clerk"])
    cookies, key = client.cookies, uuid.uuid4()
    data = pdf()

    def post(_):
        browser = type(client)()
        browser.cookies = cookies
        form = {"request_key": str(key), "file": SimpleUploadedFile("a.pdf", data)}
        answer = browser.post("/evidence/", form)
        return answer.status_code, answer.headers.get("Location")

    assert at_once(50, post) == [(302, "/evidence/")] * 50
    assert Evidence.objects.count() == 1


@pytest.mark.django_db
def test_what_failed_may_be_tried_again_with_its_key(cast):
    key, clerk = uuid.uuid4(), cast["zhe.clerk"]
    with pytest.raises(ZeroDivisionError):
        once(key, lambda: 1 / 0, by=clerk, purpose="p")
    assert once(key, lambda: "done", by=clerk, purpose="p") == "done"
    assert once(key, lambda: "again", by=clerk, purpose="p") == "done"


@pytest.mark.django_db
def test_a_key_serves_one_person_and_one_purpose(cast):
    key = uuid.uuid4()
    once(key, lambda: "mine", by=cast["zhe.clerk"], purpose="p")
    for who, purpose in (("zhe.approver", "p"), ("zhe.clerk", "q")):
        with pytest.raises(Refused) as refused:
            once(key, lambda: "other", by=cast[who], purpose=purpose)
        assert refused.value.refusal.code == "other_request"


@pytest.mark.django_db
def test_answers_are_kept_longer_than_a_day(cast):
    once(uuid.uuid4(), lambda: 1, by=cast["zhe.clerk"], purpose="p")
    Receipt.objects.update(moment=timezone.now() - timedelta(days=2))
    assert forget_receipts() == 0
    Receipt.objects.update(moment=timezone.now() - timedelta(days=8))
    assert forget_receipts() == 1


@pytest.fixture
def plan(transactional_db):
    """A row of a table with a version, as later apps have them."""
    with isolate_apps("zhongchuang.records"):

        class Plan(Versioned):
            text = models.CharField(max_length=50)

            class Meta:
                app_label = "records"

    with connection.schema_editor() as editor:
        editor.create_model(Plan)
    yield Plan.objects.create(text="as it was")
    with connection.schema_editor() as editor:
        editor.delete_model(Plan)


def test_a_change_on_an_old_picture_is_refused_and_tells_who_was_first(plan, cast):
    with transaction.atomic():
        change(plan, version=1, text="the first")
        log(plan, "changed", by=cast["zhe.clerk"].who)
    with pytest.raises(Stale) as stale:
        change(plan, version=1, text="the second")
    plan.refresh_from_db()
    assert (plan.text, plan.version) == ("the first", 2)
    assert (stale.value.refusal.code, stale.value.refusal.status) == ("stale", 409)
    assert "zhe.clerk" in str(stale.value)


@pytest.mark.faults
@pytest.mark.usefixtures("cast")
def test_of_two_hundred_pairs_at_once_exactly_one_wins_each(plan, at_once):
    for version in range(1, 201 if FULL else 21):
        results = at_once(
            2, lambda n, v=version: change(type(plan)(pk=plan.pk), version=v, text=str(n))
        )
        assert sorted(type(one).__name__ for one in results) == ["Plan", "Stale"]
    plan.refresh_from_db()
    assert plan.version == version + 1
