"""More time: for a round of applications, by two people and published; for the step of one case, by its approver."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.audit.actions import log
from zhongchuang.page.refusal import Refusal, Refused, conflict, require
from zhongchuang.policy.procedure import last_day
from zhongchuang.procedures.access_extending import (
    EXTEND,
    may_decide_extension,
    may_extend_term,
    may_propose_extension,
)
from zhongchuang.procedures.actions.moving import note
from zhongchuang.procedures.audience import groups, people_of_operators
from zhongchuang.procedures.extended import last_of, rounds
from zhongchuang.procedures.models import Case, Extension
from zhongchuang.procedures.rules import longer_terms
from zhongchuang.records.actions import change, write

State, Whom = Extension.State, Extension.Whom
NOT_A_ROUND = Refusal("not_a_round", _("Choose one of the rounds that are offered."), status=200, field="round")  # fmt: skip
NOT_LATER = Refusal("not_later", _("The new last day lies after the old one, today or later, and before the next round begins."), status=200, field="until")  # fmt: skip
NO_LIST = Refusal("no_list", _("Enter the codes of the spaces for which it holds, one a line."), status=200, field="codes")  # fmt: skip
TWICE = conflict("waits", _("A proposal for this round waits for its signature already."))
PAST = conflict("past", _("The proposed day has passed. Refuse the proposal and propose a later one."))  # fmt: skip
NO_WHY = Refusal("no_words", _("Say why it is not signed: your colleague reads it."), status=200, field="words")  # fmt: skip
DAY = timedelta(days=1)
TOO_LONG = _("Choose a day after %(first)s, at the latest %(last)s: that is %(days)s working days.")


@transaction.atomic
def propose_extension(pack, procedure, *, by, first, until, whom, reason, spaces=()):  # noqa: PLR0913 -- what a reader of it is told
    """Propose that a round of a procedure ends later, for whom and why."""
    require(may_propose_extension(by, pack, procedure))
    now = timezone.localdate()
    round_ = next((one for one in rounds(procedure, now) if one[0] == first), None)
    require(None if round_ else NOT_A_ROUND)
    last = last_of(pack.id, procedure.id, round_, by.organisation)
    next_begins = procedure.window.around(round_[1] + DAY)[0]
    require(None if max(last, now - DAY) < until < next_begins else NOT_LATER)
    require(NO_LIST if whom == Whom.LISTED and not spaces else None)
    try:
        with transaction.atomic():
            extension = Extension.objects.create(
                department=by.organisation, pack=pack.id, procedure=procedure.id, first=first, last=last, until=until,
                whom=whom, reason=reason, proposed_by=by.user,
            )  # fmt: skip
    except IntegrityError:
        raise Refused(TWICE) from None
    if whom == Whom.LISTED:
        extension.spaces.set(spaces)
    listed = [one.code for one in spaces] if whom == Whom.LISTED else []
    log(extension, "extension_proposed", by=by.who, new={"last": last, "until": until, "whom": whom, "spaces": listed, "reason": reason})  # fmt: skip
    return extension


@transaction.atomic
def decide_extension(extension, *, by, version, agrees, words=""):
    """Sign a proposal, by which it holds and is published, or refuse it with a reason."""
    require(may_decide_extension(by, extension))
    require(NO_WHY if not agrees and not words else None)
    require(PAST if agrees and extension.until < timezone.localdate() else None)
    state = State.SIGNED if agrees else State.REFUSED
    change(extension, version=version, state=state, decided=timezone.now(), decided_by=by.user, words=words)  # fmt: skip
    found = groups(extension) if agrees else []
    tell_applicants(extension, found)
    new = {"until": extension.until, "reason": words or extension.reason, "letters": sum(len(one.people) for one in found)}  # fmt: skip
    log(extension, "extension_signed" if agrees else "extension_refused", by=by.who, old=extension.last, new=new)  # fmt: skip
    return extension


def tell_applicants(extension, found):
    """A letter to those whom it concerns, see `audience`."""
    for group in found:
        write(
            group.people, key=group.key, title=_("More time to apply: until %(until)s"), text=group.text,
            url=reverse("procedures:guide", args=[extension.pack, extension.procedure]),
            given={"until": f"{extension.until:%Y-%m-%d}", "last": f"{extension.last:%Y-%m-%d}", "reason": extension.reason},
        )  # fmt: skip


@transaction.atomic
def extend_term(case, *, by, version, until, words):
    """Give the step of a case more working days; the applicant reads why, in the course of the case and in a letter."""
    Case.objects.select_for_update().get(pk=case.pk)
    require(may_extend_term(by, case))
    _times, days = longer_terms()
    furthest, old = last_day(case.due, days), case.due
    if not old < until <= furthest:
        raise Refused(Refusal("too_long", TOO_LONG, {"first": f"{old:%Y-%m-%d}", "last": f"{furthest:%Y-%m-%d}", "days": days}, 200, "until"))  # fmt: skip
    change(case, version=version, due=until)
    act = note(case, EXTEND, by=by, words=words, proposed=until.isoformat())
    log(case, "case_extended", by=by.who, old=old, new={"due": until, "reason": words})
    write(
        people_of_operators([case.operator_id]), key=f"case-{case.key}-{act.number}",
        title=_("More time for the examination: %(number)s, %(space)s"),
        text=_("The department examines until %(until)s instead of %(last)s. Reason: %(words)s"), url=case.get_absolute_url(),
        given={"number": case.number, "space": case.space.name, "until": until.isoformat(), "last": old.isoformat(), "words": words},
    )  # fmt: skip
    return case
