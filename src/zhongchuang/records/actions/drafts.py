"""Keeping what people type. It is their own, so it is not logged; what they send is."""

import json
from datetime import timedelta
from http import HTTPStatus

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.page.refusal import Refusal, Refused, require
from zhongchuang.records.models import Draft

KEPT = timedelta(days=400)
"""How long a draft is kept after it was last saved; a year is promised."""
LONGEST = 200_000
MOST = 200
TOO_LONG = Refusal(
    "draft_too_long",
    _("A draft holds at most %(allowed)s characters. What you entered still stands in the form."),
    {"allowed": LONGEST},
    status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
)
TOO_MANY = Refusal(
    "too_many_drafts",
    _("You have %(allowed)s drafts. Send or discard some; then this one is saved as well."),
    {"allowed": MOST},
    status=HTTPStatus.CONFLICT,
)


class Overtaken(Refused):
    """Another window saved this draft, sent it or discarded it; `draft` is what stands there, None where nothing does."""

    def __init__(self, draft):
        super().__init__(
            Refusal(
                "overtaken",
                _("This draft was changed in another window."),
                status=HTTPStatus.CONFLICT,
            )
        )
        self.draft = draft


def save_draft(place, fields, *, version, window):
    """Keep the fields if the draft is as this window left it, else raise Overtaken.

    The same window may save on whatever version it names: an answer that a crash swallowed changes nothing for it.
    """
    require(TOO_LONG if len(json.dumps(fields)) > LONGEST else None)
    found = Draft.objects.at(place).first()
    if found is None and not version:
        return begin(place, fields, window=window)
    if found is None or (version != found.version and window != found.window):
        raise Overtaken(found)
    values = {"fields": fields, "aside": None, "window": window, "saved": timezone.now()}
    values |= {"path": place.path, "title": place.title}
    same = Draft.objects.filter(pk=found.pk, version=found.version)
    if not same.update(version=F("version") + 1, **values):
        raise Overtaken(Draft.objects.at(place).first())
    return Draft.objects.get(pk=found.pk)


def begin(place, fields, *, window):
    """The first version of a draft."""
    require(TOO_MANY if Draft.objects.filter(user=place.user).count() >= MOST else None)
    try:
        with transaction.atomic():
            return Draft.objects.create(
                user_id=place.user, organisation_id=place.organisation, purpose=place.purpose,
                key=place.key, path=place.path, title=place.title, fields=fields, window=window,
            )  # fmt: skip
    except IntegrityError:
        raise Overtaken(Draft.objects.at(place).first()) from None


@transaction.atomic
def keep(place, fields, *, version, window):
    """Keep the fields in any case: where another window was first, beside its own."""
    try:
        return save_draft(place, fields, version=version, window=window)
    except Overtaken as overtaken:
        if overtaken.draft is None:
            return begin(place, fields, window=window)
        aside = None if fields == overtaken.draft.fields else fields
        Draft.objects.filter(pk=overtaken.draft.pk).update(aside=aside)
        return overtaken.draft


def drop_draft(place):
    """Its form was sent; call this in the transaction of what was sent."""
    Draft.objects.at(place).delete()


def forget_drafts():
    """Drop the drafts that nobody touched for more than a year; returns how many."""
    return Draft.objects.filter(saved__lt=timezone.now() - KEPT).delete()[0]
