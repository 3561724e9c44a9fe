"""A revocation that fell in a review: the title stands again as it was, and what hung on the revocation is lifted with it."""

from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from zhongchuang.audit.actions import log
from zhongchuang.credit import actions as credit
from zhongchuang.credit.models import Record
from zhongchuang.filing.actions.titles import tell
from zhongchuang.filing.models import Ban, Title
from zhongchuang.page.refusal import require
from zhongchuang.procedures.actions.reopening import NOT_REFUSED
from zhongchuang.records.actions import change

State = Title.State


@transaction.atomic
def reinstate(title, review, made, *, by):
    """Let a revoked title stand again with its old number and term, because its review was granted by the act `made`."""
    title = Title.objects.select_for_update(of=("self",)).select_related("operator").get(pk=title.pk)  # fmt: skip
    require(None if title.state == State.REVOKED else NOT_REFUSED)
    today, old = timezone.localdate(made.moment), {"ended_on": title.ended_on, "reason": title.reason}  # fmt: skip
    ran_out = title.until is not None and title.until <= today
    change(title, version=title.version, state=State.EXPIRED if ran_out else State.VALID, ended_on=None, ended_by=None, reason="")  # fmt: skip
    log(title, "title_reinstated", by=by.who, old=old, given={"review": review.number, "reason": made.words})  # fmt: skip
    lift(title, today, review, old["reason"], by=by)
    credit.lift(title.subject, by=by, reason=reason_of(review, made), on=today)
    tell(title, f"reinstated-{review.key}", _("Title stands again: %(number)s"), _("The review %(review)s lifted the revocation. %(name)s of %(space)s stands with its old number and term."), review=review.number)  # fmt: skip


def reason_of(review, made):
    """Number and words of the decision, as much as a credit record holds; all of it stands in the review."""
    longest = Record._meta.get_field("end_reason").max_length
    return Truncator(f"{review.number} {made.words}".strip()).chars(longest)


def lift(title, today, review, reason, *, by):
    """End the bans that followed on the revocation; each keeps why it was set."""
    for ban in Ban.objects.on(today).filter(title=title).select_for_update(of=("self",)):
        old = ban.until
        ban.until, ban.reason = max(today, ban.since), ban.reason or reason
        ban.save(update_fields=["until", "reason"])
        log(ban, "ban_lifted", by=by.who, old={"until": old}, new={"until": ban.until}, given={"review": review.number})  # fmt: skip
