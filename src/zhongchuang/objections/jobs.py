"""Letters to who objected, and forgetting what is no longer needed."""

from django.db import transaction
from django.utils import timezone

from zhongchuang.audit.actions import log
from zhongchuang.audit.models import Subject
from zhongchuang.objections.models import Objection
from zhongchuang.objections.rules import forgotten
from zhongchuang.organisations import jobs as organisations
from zhongchuang.privacy.terms import kept

EMPTY = dict.fromkeys(("name", "credit_code", "phone", "email", "email_index", "grounds"), "")


def write(letter, to, *, url, **context):
    """Queue a letter to somebody who objected."""
    organisations.write(letter, to, address=url, app="objections", **context)


@transaction.atomic
def forget():
    """Delete what nobody confirmed, and empty who objected long ago; how many of each."""
    now, state = timezone.now(), Objection.State
    begun = Objection.objects.filter(state=state.BEGUN, begun__lt=now - forgotten())
    over = Objection.objects.filter(answered__lt=now - kept("objections")).exclude(email="")
    cleared = {"begun": begun.delete()[0], "over": over.update(**EMPTY)}
    if any(cleared.values()):
        log(Subject("objections.objection", label="objections"), "data_cleared", by=None, new=cleared)  # fmt: skip
    return cleared
