"""Many proposals under one signature: what was before the signer is kept at once, then each case is signed by itself.

What stands under a signature is kept first; after that each case is a transaction of its own, so that what is
interrupted is taken up again where it stopped and no case is signed twice.
"""

from django.db import transaction
from django.utils import timezone

from zhongchuang.audit.actions import log
from zhongchuang.page.refusal import require
from zhongchuang.policy.procedure import SIGN
from zhongchuang.procedures.access_signing import (
    CHANGED,
    NONE_LEFT,
    may_sign_together,
    may_sign_with_others,
)
from zhongchuang.procedures.actions.trying import tried
from zhongchuang.procedures.models import Case, Listed, Signing


@transaction.atomic
def sign_together(chosen, *, by, words=""):
    """Keep what is to be signed: pairs of a case and the version that its signer saw. `carry_out` signs them."""
    require(may_sign_together(by))
    require(None if chosen else NONE_LEFT)
    signing = Signing.objects.create(user=by.user, organisation=by.organisation, words=words)
    Listed.objects.bulk_create(
        Listed(signing=signing, case=case, version=version, proposed=case.proposed)
        for case, version in chosen
    )
    log(signing, "cases_signed", by=by.who, new={"cases": [case.number for case, _version in chosen], "reason": words})  # fmt: skip
    return signing


def carry_out(signing, *, by):
    """Sign what has not had its turn yet, each case in its own transaction."""
    for key in signing.listed.filter(done=None).order_by("pk").values_list("pk", flat=True):
        sign_one(key, by=by, words=signing.words)


@transaction.atomic
def sign_one(key, *, by, words):
    """Sign one of them, or note why not; nothing where another request was first."""
    listed = Listed.objects.select_for_update().get(pk=key)
    if listed.done:
        return
    case = Case.objects.select_related("rules", "space", "department", "officer").get(pk=listed.case_id)  # fmt: skip
    refusal = CHANGED if case.version != listed.version else may_sign_with_others(by, case)
    listed.refusal = str(refusal) if refusal else tried(case, SIGN, by=by, version=listed.version, words=words)  # fmt: skip
    listed.done = timezone.now()
    listed.save(update_fields=["refusal", "done"])
