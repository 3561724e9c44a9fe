"""Writing letters and sending them on. The letter in the platform is part of the transaction; it is the one that counts."""

import logging
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.module_loading import import_string
from django_q.tasks import async_task

from zhongchuang.records.models import Delivery, Letter
from zhongchuang.records.providers import Message

LEASE = timedelta(seconds=60)
TRIES = 5
logger = logging.getLogger(__name__)


@transaction.atomic
def write(people, *, key, title, text, url="", given=None):
    """Write a letter to each of the people, in their language; who already has one of this key gets no second.

    `title` and `text` are translatable, with named places that `given` fills. Sent on after the commit.
    """
    letters = [letter_to(user, key, title, text, url, given or {}) for user in people]
    Letter.objects.bulk_create(letters, ignore_conflicts=True)
    fresh = Letter.objects.filter(key=key, recipient__in=people, deliveries=None)
    deliveries = [
        Delivery(letter=letter, channel=channel)
        for letter in fresh.order_by("pk")
        for channel in settings.LETTER_CHANNELS
    ]
    Delivery.objects.bulk_create(deliveries, ignore_conflicts=True)
    waiting = Delivery.objects.filter(letter__key=key, letter__recipient__in=people, tries=0)
    for pk in waiting.values_list("pk", flat=True):
        transaction.on_commit(partial(send_on, pk), robust=True)


def letter_to(user, key, title, text, url, given):
    with translation.override(user.language or settings.LANGUAGE_CODE):
        filled = [str(part) % given if given else str(part) for part in (title, text)]
    return Letter(recipient=user, key=key, title=filled[0][:200], text=filled[1], url=url)


def send_on(pk):
    """Leave a delivery to the worker; should this be lost, the job that looks for due ones finds it."""
    async_task("zhongchuang.records.jobs.deliver", pk)


def deliver(pk):
    """Send one delivery by its channel: claimed first, so that of several workers one sends it.

    Whoever dies in between leaves it claimed until its lease ends. After five tries it waits for a person.
    """
    now = timezone.now()
    claimed = Delivery.objects.due(now).filter(pk=pk)
    if not claimed.update(state=Delivery.State.SENDING, tries=F("tries") + 1, due=now + LEASE):
        return None
    delivery = Delivery.objects.select_related("letter__recipient").get(pk=pk)
    try:
        import_string(settings.LETTER_CHANNELS[delivery.channel])(message_of(delivery))
    except Exception as fault:  # noqa: BLE001 -- whatever a provider of a deployment raises
        return postpone(delivery, fault)
    sent = {"state": Delivery.State.SENT, "sent": timezone.now(), "fault": ""}
    Delivery.objects.filter(pk=pk).update(**sent)
    return Delivery.State.SENT


def message_of(delivery):
    letter, user = delivery.letter, delivery.letter.recipient
    url = settings.SITE_ADDRESS + letter.url if letter.url.startswith("/") else letter.url
    return Message(
        key=f"{delivery.channel}-{delivery.pk}",
        user=str(user.pk),
        name=user.name,
        mail=user.email,
        title=letter.title,
        text=letter.text,
        url=url,
    )


def postpone(delivery, fault):
    """Try again after 1, 4, 16 and 64 minutes; then a person has to look."""
    logger.warning("delivery %s by %s failed: %r", delivery.pk, delivery.channel, fault)
    parked = delivery.tries >= TRIES
    delivery.state = Delivery.State.PARKED if parked else Delivery.State.WAITING
    delivery.due = timezone.now() + timedelta(minutes=4 ** (delivery.tries - 1))
    delivery.fault = repr(fault)[:300]
    delivery.save(update_fields=["state", "due", "fault"])
    return delivery.state


def mark_read(letters):
    """Note that the letters were read; returns how many were new."""
    return letters.unread().update(read=timezone.now())
