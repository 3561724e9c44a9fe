"""Many cases handed to a colleague: what was chosen is kept at once, then each case is handed over by itself.

As with a signature under many, each case is a transaction of its own, so that what is interrupted is taken up again
where it stopped.
"""

from django.db import transaction

from zhongchuang.audit.actions import log
from zhongchuang.page.refusal import Refused, require
from zhongchuang.procedures.access_signing import NONE_LEFT, may_hand_over_together
from zhongchuang.procedures.actions.colleagues import hand_over
from zhongchuang.procedures.models import Case, Handing


@transaction.atomic
def hand_over_together(chosen, *, by, colleague, words=""):
    """Keep what is handed over: pairs of a case and the version that was shown. `hand_out` hands them over."""
    require(may_hand_over_together(by))
    require(None if chosen else NONE_LEFT)
    handing = Handing.objects.create(
        user=by.user, organisation=by.organisation, colleague=colleague, words=words,
        cases=[{"case": case.pk, "version": version} for case, version in chosen],
    )  # fmt: skip
    log(handing, "cases_handed_over", by=by.who, new={"cases": [case.number for case, _version in chosen], "of": colleague.pk}, given={"reason": words})  # fmt: skip
    return handing


def hand_out(handing, *, by):
    """Hand over what has not had its turn yet, each case in its own transaction."""
    for at in range(len(handing.cases)):
        hand_out_one(handing.pk, at, by=by)


@transaction.atomic
def hand_out_one(key, at, *, by):
    """Hand one of them over, or note why not; nothing where another request was first."""
    handing = Handing.objects.select_for_update().get(pk=key)
    line = handing.cases[at]
    if "stayed" in line:
        return
    case = Case.objects.select_related("rules", "space", "department", "officer").get(pk=line["case"])  # fmt: skip
    line["stayed"] = tried(case, handing, by=by, version=line["version"])
    handing.save(update_fields=["cases"])


def tried(case, handing, *, by, version):
    """Why a case was not handed over; empty where it was. What a refused one had written is undone."""
    try:
        with transaction.atomic():
            hand_over(
                case, by=by, version=version, colleague=handing.colleague, words=handing.words
            )
    except Refused as fault:
        return str(fault.refusal)
    return ""
