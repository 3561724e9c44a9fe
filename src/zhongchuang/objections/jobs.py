"""Letters to who objected, and forgetting what is no longer needed."""

from django.db import transaction
from django.utils import timezone

from zhongchuang.audit.actions import log
from zhongchuang.audit.models import Subject
from zhongchuang.objections.models import Exhibit, Objection
from zhongchuang.objections.rules import forgotten
from zhongchuang.organisations import jobs as organisations
from zhongchuang.privacy.terms import kept
from zhongchuang.records.actions import forget_contents

EMPTY = dict.fromkeys(("name", "credit_code", "phone", "email", "email_index", "grounds"), "")


def write(letter, to, *, url, **context):
    """Queue a letter to somebody who objected."""
    organisations.write(letter, to, address=url, app="objections", **context)


@transaction.atomic
def forget():
    """Delete what nobody confirmed, and empty who objected long ago, both with their files; how many of each."""
    now, state = timezone.now(), Objection.State
    begun = Objection.objects.filter(state=state.BEGUN, begun__lt=now - forgotten())
    over = Objection.objects.filter(answered__lt=now - kept("objections")).exclude(email="")
    begun, over = (list(found.select_for_update().values_list("pk", flat=True)) for found in (begun, over))  # fmt: skip
    exhibits = Exhibit.objects.filter(objection__in=[*begun, *over])
    contents = set(exhibits.values_list("content", flat=True))
    cleared = {"files": exhibits.delete()[0]}
    cleared["begun"] = Objection.objects.filter(pk__in=begun).delete()[0]
    cleared["over"] = Objection.objects.filter(pk__in=over).update(**EMPTY)
    forget_contents(contents)
    if any(cleared.values()):
        log(Subject("objections.objection", label="objections"), "data_cleared", by=None, new=cleared)  # fmt: skip
    return cleared
