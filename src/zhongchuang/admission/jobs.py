"""Letters to people without an account, and forgetting what nobody confirmed."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from zhongchuang.admission.models import Application
from zhongchuang.audit.actions import log
from zhongchuang.audit.models import Subject
from zhongchuang.organisations import jobs as organisations
from zhongchuang.privacy.actions import NOBODY_ADDRESS
from zhongchuang.privacy.terms import kept

FORGOTTEN = timedelta(days=1)


def write(letter, to, *, url, **context):
    """Queue a letter to somebody without an account."""
    organisations.write(letter, to, address=url, app="admission", **context)


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
