"""Letters to people without an account, and forgetting what nobody confirmed."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from zhongchuang.admission.models import Application
from zhongchuang.audit.actions import log
from zhongchuang.audit.models import Subject
from zhongchuang.organisations.jobs import post
from zhongchuang.privacy.actions import NOBODY_ADDRESS
from zhongchuang.privacy.terms import kept

FORGOTTEN = timedelta(days=1)


def write(letter, to, *, url, **context):
    """Queue a letter; it is sent if and only if the transaction around it commits."""
    context |= {"platform": settings.SITE, "address": settings.SITE_ADDRESS + url}
    with translation.override(settings.LANGUAGE_CODE):
        text = render_to_string(f"admission/letters/{letter}.txt", context)
    subject, _newline, body = text.strip().partition("\n")
    post(subject, body.strip() + "\n", to)


@transaction.atomic
def forget():
    """Delete what nobody confirmed within a day, and empty who was not admitted a year ago; how many of each."""
    now, state = timezone.now(), Application.State
    begun = Application.objects.filter(state=state.BEGUN, begun__lt=now - FORGOTTEN)
    over = Application.objects.filter(state__in=(state.REFUSED, state.WITHDRAWN), handed__lt=now - kept("applications"))  # fmt: skip
    cleared = {
        "begun": begun.delete()[0],
        "over": over.exclude(contact="").update(
            contact="", mobile="", mobile_index="", answer="", email=NOBODY_ADDRESS
        ),
    }
    if any(cleared.values()):
        log(
            Subject("admission.application", label="applications"),
            "data_cleared",
            by=None,
            new=cleared,
        )
    return cleared
