"""Keeping what people type. It is their own, so it is not logged; what they send is."""

import json
from datetime import timedelta
from http import HTTPStatus

from django.db import transaction
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


@transaction.atomic
def save_draft(place, fields, *, version, window):
    """Keep the fields if the draft is as this window left it, else raise Overtaken.

    The same window may save on whatever version it names: an answer that a crash swallowed changes nothing for it.
    """
    require(TOO_LONG if len(json.dumps(fields)) > LONGEST else None)
    values = {"fields": fields, "window": window, "path": place.path, "title": place.title}
    found = Draft.objects.select_for_update().at(place).first()
    if found is None and not version:
        found, is_new = begin(place, values)
        if is_new:
            return found
    if found is None or (version != found.version and window != found.window):
        raise Overtaken(found)
    values |= {"aside": None, "saved": timezone.now(), "version": found.version + 1}
    Draft.objects.filter(pk=found.pk).update(**values)
    return Draft.objects.get(pk=found.pk)


def begin(place, values):
    """The first version of a draft, or the one that another request began just now, held."""
    require(TOO_MANY if Draft.objects.filter(user=place.user).count() >= MOST else None)
    return Draft.objects.select_for_update().get_or_create(
        user_id=place.user, organisation_id=place.organisation, purpose=place.purpose,
        key=place.key, defaults=values,
    )  # fmt: skip


@transaction.atomic
def keep(place, fields, *, version, window):
    """Keep the fields in any case: where another window was first, beside its own."""
    try:
        return save_draft(place, fields, version=version, window=window)
    except Overtaken as overtaken:
        if overtaken.draft is None:
            return save_draft(place, fields, version=0, window=window)
        aside = None if fields == overtaken.draft.fields else fields
        Draft.objects.filter(pk=overtaken.draft.pk).update(aside=aside)
        return overtaken.draft


def drop_draft(place):
    """Its form was sent; call this in the transaction of what was sent."""
    Draft.objects.at(place).delete()


def forget_drafts():
    """Drop the drafts that nobody touched for more than a year; returns how many."""
    return Draft.objects.filter(saved__lt=timezone.now() - KEPT).delete()[0]
