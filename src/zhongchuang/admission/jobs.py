"""Letters to people without an account, and forgetting what nobody confirmed."""

from datetime import timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation

from zhongchuang.admission.models import Application
from zhongchuang.organisations.jobs import post

FORGOTTEN = timedelta(days=1)


def write(letter, to, *, url, **context):
    """Queue a letter; it is sent if and only if the transaction around it commits."""
    context |= {"platform": settings.SITE, "address": settings.SITE_ADDRESS + url}
    with translation.override(settings.LANGUAGE_CODE):
        text = render_to_string(f"admission/letters/{letter}.txt", context)
    subject, _newline, body = text.strip().partition("\n")
    post(subject, body.strip() + "\n", to)


def forget():
    """Drop applications whose address nobody confirmed within a day; returns how many."""
    old = Application.objects.filter(
        state=Application.State.BEGUN, begun__lt=timezone.now() - FORGOTTEN
    )
    return old.delete()[0]
