import socket
from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_q.models import OrmQ

from zhongchuang.organisations.todos import all_notices
from zhongchuang.records import actions, jobs
from zhongchuang.records.models import Delivery, Letter

TO_FILE = {"sms": "zhongchuang.records.providers.to_file"}


@pytest.fixture
def write(cast):
    def one(*names, key="confirmed:1", **more):
        people = [cast.people[name] for name in names]
        actions.write(
            people,
            key=key,
            title=_("Help"),
            text=_("Search: %(query)s"),
            given={"query": "Bees"},
            **more,
        )

    return one


def later():
    Delivery.objects.update(due=timezone.now() - timedelta(seconds=1))


@pytest.mark.django_db
def test_a_letter_is_written_in_the_language_of_its_reader(write, cast):
    head, clerk = cast.people["bees.operator_head"], cast.people["bees.operator_clerk"]
    head.language, clerk.language = "en", "zh-hans"
    head.save()
    clerk.save()
    write("bees.operator_head", "bees.operator_clerk")
    assert head.letters.get().text == "Search: Bees"
    assert clerk.letters.get().title == "\u5e2e\u52a9"


@pytest.mark.django_db
def test_nobody_gets_two_letters_about_the_same(write):
    write("founder")
    write("founder")
    write("founder", key="confirmed:2")
    assert (Letter.objects.count(), Delivery.objects.count()) == (2, 2)


@pytest.mark.django_db
def test_the_bell_counts_what_is_unread_and_the_list_shows_it(write, cast):
    for number in range(3):
        write("founder", key=str(number))
    assert len(all_notices(cast["founder"])) == 3
    mine = Letter.objects.visible_to(cast["founder"])
    assert actions.mark_read(mine.filter(key="1")) == 1
    assert actions.mark_read(mine.filter(key="1")) == 0
    assert (len(all_notices(cast["founder"])), mine.unread().count()) == (2, 2)
    assert Letter.objects.visible_to(cast["bees.operator_head"]).count() == 0


@pytest.mark.django_db
def test_what_is_undone_sends_nothing(write, django_capture_on_commit_callbacks):
    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(ZeroDivisionError),
        transaction.atomic(),
    ):
        write("founder")
        raise ZeroDivisionError
    assert (Letter.objects.count(), OrmQ.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_after_the_commit_the_worker_sends_it_by_mail_once(
    write, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        write("founder", url="/workbench/")
    assert OrmQ.objects.count() == 1
    delivery = Delivery.objects.get()
    assert [jobs.deliver(delivery.pk) for _ in range(3)] == ["sent", None, None]
    (letter,) = mail.outbox
    assert letter.to == ["founder@example.org"]
    assert "/workbench/" in letter.body
    assert letter.extra_headers["Message-ID"] == f"<mail-{delivery.pk}@zhongchuang>"


@pytest.mark.django_db
def test_a_channel_is_any_function_that_the_settings_name(write, settings):
    settings.LETTER_CHANNELS = TO_FILE
    write("founder")
    assert jobs.deliver(Delivery.objects.get().pk) == "sent"
    (file,) = settings.LETTER_FOLDER.iterdir()
    assert file.read_text().splitlines()[0].split("\t")[1:] == ["founder", "founder@example.org"]


@pytest.mark.django_db
def test_a_delivery_that_a_dead_worker_left_is_sent_once_more_and_arrives_once(write, settings):
    """R-13: killed after the provider took it and before that was written down."""
    settings.LETTER_CHANNELS = TO_FILE
    write("founder")
    pk = Delivery.objects.get().pk
    jobs.deliver(pk)
    Delivery.objects.update(state="sending", sent=None, due=timezone.now() + timedelta(seconds=30))
    assert jobs.deliver(pk) is None
    later()
    assert jobs.deliver(pk) == "sent"
    assert len(list(settings.LETTER_FOLDER.iterdir())) == 1


@pytest.mark.django_db
def test_while_the_mail_server_is_down_letters_wait_and_business_goes_on(write, settings):
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.getsockname()
        settings.EMAIL_USE_TLS = False
    write("founder")
    pk = Delivery.objects.get().pk
    states = []
    for _number in range(5):
        later()
        states.append(jobs.deliver(pk))
    assert states == ["waiting"] * 4 + ["parked"]
    assert Letter.objects.unread().count() == 1
    assert "Refused" in Delivery.objects.get().fault


@pytest.mark.django_db
def test_what_was_never_queued_is_found_by_the_job_that_looks(write):
    write("founder")
    assert OrmQ.objects.count() == 0
    jobs.deliver_due()
    assert OrmQ.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_ten_workers_one_sends(write, settings, at_once):
    settings.LETTER_CHANNELS = TO_FILE
    write("founder")
    pk = Delivery.objects.get().pk
    assert sorted(map(str, at_once(10, lambda _: jobs.deliver(pk)))) == ["None"] * 9 + ["sent"]
