"""Who begins, writes, hands in, takes and decides a case; every answer "no" says why."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.access import second_person
from zhongchuang.organisations.models import Post, Region, Role
from zhongchuang.organisations.models.people import APPLICANTS
from zhongchuang.page.listed import ask
from zhongchuang.page.refusal import Refusal, conflict
from zhongchuang.policy.procedure import (
    APPLICANT,
    PROPOSE,
    REVIEW,
    SIGN,
    WITHDRAW,
    Procedure,
    moves,
)
from zhongchuang.procedures.extended import extension_for
from zhongchuang.procedures.holders import missing_level
from zhongchuang.procedures.models import Batch, Case
from zhongchuang.procedures.models.cases import READING
from zhongchuang.procedures.parts import WHOLE
from zhongchuang.spaces.models import Space

Standing = Case.Standing
NOT_YOURS = Refusal("not_yours", _("Applications are made by those who work for the operator of the space."))  # fmt: skip
NOT_REGISTERED = conflict("not_registered", _("Applications are made for a space that stands in the register. Submit its registration first, and wait until your department confirmed it."))  # fmt: skip
ELSEWHERE = Refusal("elsewhere", _("This procedure is for spaces in another region."))
NOT_WRITTEN = conflict("not_written", _("This application was handed in. It can be changed when it is returned for correction."))  # fmt: skip
OVER = conflict("over", _("This case has ended; nothing is changed in it any more."))
NOT_OPEN_HERE = conflict("not_open_here", _("This cannot be done where the case stands now. Load its page again to see how it stands."))  # fmt: skip
OTHER_DEPARTMENT = "other_department"
HELD = conflict("on_hold", _("This case waits until an objection to it was answered."))
OPENED = conflict("opened", _("The department has begun to examine it, so it can no longer be withdrawn by you alone. Ask the department to return it."))  # fmt: skip


@dataclass(frozen=True)
class Bid:
    """An application that somebody is about to make: what other apps may have something against."""

    space: Space
    pack: object
    procedure: Procedure
    on: date | None = None
    """The day of it; None for today."""
    case: Case | None = None
    """What was begun already; None before."""


def is_for(pack, space):
    """Whether the rules of a pack hold where a space stands."""
    return space.region.code.startswith(pack.region)


def may_begin(acting, space, pack, procedure, on=None):
    """Whether this post begins an application of a procedure for a space on a day, today unless said otherwise."""
    if acting.role not in APPLICANTS or acting.organisation != space.operator:
        return NOT_YOURS
    if space.state != Space.State.CONFIRMED:
        return NOT_REGISTERED
    if not is_for(pack, space):
        return ELSEWHERE
    return not_open(space, pack, procedure, on or timezone.localdate())


def not_open(space, pack, procedure, on, case=None):
    """Why a procedure takes no application for a space on a day; None where it does."""
    shut = (
        procedure.kind != REVIEW
        and pack.state(on) == "in_force"
        and is_closed(space, pack, procedure, on)
    )
    if shut:
        first, last = procedure.window.around(on)
        return conflict("window", _("Applications are taken from %(first)s to %(last)s."), first=first, last=last)  # fmt: skip
    return barred(space, pack, procedure, on, case)


def barred(space, pack, procedure, on, case=None):
    """Why a procedure would take no application for a space on a day even if its window were open.

    A review has its own term, and goes by the rules of its decision also after these were replaced.
    """
    if procedure.kind != REVIEW and pack.state(on) != "in_force":
        return conflict("not_in_force", _("These rules are not in force on %(day)s."), day=on)
    if level := missing_level(procedure, space):
        return conflict("nobody", _("No department at the level “%(level)s” above this space has joined the platform yet, so nobody could decide. Hand in on paper, or ask your department when it joins."), level=Region.Level(level).label)  # fmt: skip
    return next(iter(ask("bars", Bid(space, pack, procedure, on, case))), None)


def is_closed(space, pack, procedure, on):
    """Whether a day lies outside the window of a procedure, and no extension holds for the space that day."""
    if procedure.window is None or procedure.window.holds(on):
        return False
    return extension_for(space, pack, procedure, on) is None


def may_write(acting, case):
    """Whether this post writes on an application: its operator does, before it is handed in and when it was returned."""
    if acting.role not in APPLICANTS or acting.organisation != case.operator:
        return NOT_YOURS
    if not case.is_written:
        return NOT_WRITTEN if case.is_open else OVER
    return None


def may_write_at(acting, case, place):
    """Whether this post writes at one place: of a returned case only at those that were named."""
    refusal = may_write(acting, case)
    if refusal is None and case.state == Standing.RETURNED:
        pins = case.open_pins
        if place not in pins and WHOLE not in pins:
            return conflict("locked", _("This part was not returned to you, so it stays as it was handed in. What is to be corrected stands on the page of the case."))  # fmt: skip
    return refusal


def may_hand_in(acting, case):
    """Whether this post hands the application in; what is missing in it is told by its check."""
    return may_write(acting, case)


def open_moves(case):
    """The moves that are open where a case stands."""
    return moves(case.course, case.standing)


def may_withdraw(acting, case):
    """Whether this post withdraws: until an official opened the case, and some minutes in any case."""
    if acting.role not in APPLICANTS or acting.organisation != case.operator:
        return NOT_YOURS
    if not any(one.name == WITHDRAW and one.role == APPLICANT for one in open_moves(case)):
        return OPENED if case.state == Standing.RUNNING else OVER
    if case.state == Standing.RETURNED or case.opened is None:
        return None
    grace = case.submitted + timedelta(minutes=case.course.withdraw_minutes)
    return None if timezone.now() < grace else OPENED


def may_discard(acting, case):
    """Whether this post throws a draft away."""
    if acting.role not in APPLICANTS or acting.organisation != case.operator:
        return NOT_YOURS
    return None if case.state == Standing.DRAFT else NOT_WRITTEN


def people_of(acting):
    """The keys of those in whose name this post acts: oneself, and who is absent and stood in for."""
    return {acting.user.pk, *([acting.principal.pk] if acting.principal else [])}


def is_holder(acting, case):
    """Why this post does not take the next move of officials; None where it is its turn."""
    if case.state != Standing.RUNNING:
        return OVER if not case.is_open else NOT_OPEN_HERE
    if acting.organisation is None or acting.organisation.pk != case.department_id:
        return Refusal(OTHER_DEPARTMENT, _("This case lies with %(name)s."), {"name": str(case.department)})  # fmt: skip
    if acting.role != case.role:
        return Refusal("other_role", _("It is the turn of another role at your department."))
    if refusal := is_recused(acting, case):
        return refusal
    if case.officer_id and case.officer_id not in people_of(acting):
        return conflict("taken", _("%(name)s has taken this case. Ask for it to be handed over, or wait."), name=case.officer.name)  # fmt: skip
    return HELD if case.on_hold else None


def is_recused(acting, case):
    """Why this person does not act in a case: they took part in the decision that was contested. Who can is named."""
    if acting.user.pk not in case.barred:
        return None
    names = "、".join(sorted({post.user.name for post in free_hands(case)}))
    if names:
        return Refusal("recused", _("You took part in the decision that was contested, so other people act in this case: %(names)s."), {"names": names})  # fmt: skip
    return Refusal("recused", _("You took part in the decision that was contested, so other people act in this case. Nobody else at your department has the role whose turn it is; its security administrator was asked to appoint somebody."))  # fmt: skip


def free_hands(case, role=""):
    """The posts whose holders can act in a case where it stands, in the role whose turn it is or another one."""
    held = Post.objects.current().filter(organisation=case.department_id, role=role or case.role)
    return held.exclude(user__in=case.barred).select_related("user")


def may_take(acting, case):
    """Whether this post takes the case as its own to work on."""
    refusal = is_holder(acting, case)
    if refusal is None and case.officer_id in people_of(acting):
        return conflict("yours", _("You have already taken this case."))
    return refusal


def may_move(acting, case, name, proposed="", batch=None):
    """Whether this post makes a move, or proposes one; the move stands where the case stands, or not at all.

    What is in a `batch` is decided with it alone.
    """
    refusal = is_holder(acting, case)
    if refusal:
        return refusal
    if found_move(case, name, proposed) is None:
        return NOT_OPEN_HERE
    held = batch_of(case)
    if held is not None and held != batch:
        return conflict("in_batch", _("This case is in the batch “%(name)s” and is decided with it. Decide the batch, or take the case out of it with a reason."), name=str(held))  # fmt: skip
    return second_person(acting, earlier=proposers(case)) if name == SIGN else None


def batch_of(case):
    """The batch in which a case is now; None where it is in none."""
    return Batch.objects.filter(members__case=case, members__left=None).first()


def may_audit(acting):
    """Whether this post takes case files without working on cases: the audit administrator does."""
    if acting.role == Role.AUDIT_ADMIN and acting.organisation:
        return None
    return Refusal("not_an_auditor", _("Case files are listed for the audit administrator."))


def may_export(acting, case):
    """Whether this post takes the whole case as one file: officials who read it do, and who audits them."""
    if not case.number or (acting.role not in READING and may_audit(acting)):
        return Refusal("not_an_official", _("The case file is for the officials who read the case, and for their audit. Your own files and the receipt stand on the page of the case."))  # fmt: skip
    return None


def sees_judging(acting, case):
    """Whether this post reads what people judged, wrote and advised on a case: its officials do, its applicant once it has ended.

    An expert never does: an opinion that leans on what others think is none.
    """
    return acting.role in READING or (acting.role in APPLICANTS and not case.is_open)


def may_hand_over(acting, case):
    """Whether this post gives the case to a colleague: whose turn it is does, and an approver of the department."""
    refusal = is_holder(acting, case)
    own = acting.organisation is not None and acting.organisation.pk == case.department_id
    if (
        refusal
        and own
        and acting.role == Role.APPROVER
        and acting.user.pk not in case.barred
        and case.state == Standing.RUNNING
        and case.role
    ):
        return None
    return refusal


def may_ask(acting, case):
    """Whether this post asks a colleague for an opinion: while it is its turn."""
    return is_holder(acting, case)


def may_advise(acting, advice):
    """Whether this person writes the opinion that was asked: the colleague themselves, while the case is with the department."""
    if advice.adviser_id != acting.user.pk or acting.role not in READING:
        return Refusal("not_asked", _("%(name)s was asked for this opinion."), {"name": advice.adviser.name})  # fmt: skip
    if acting.organisation is None or acting.organisation.pk != advice.case.department_id:
        return Refusal(OTHER_DEPARTMENT, _("This case lies with %(name)s."), {"name": str(advice.case.department)})  # fmt: skip
    if refusal := is_recused(acting, advice.case):
        return refusal
    if advice.answered:
        return conflict("answered", _("You have given this opinion already."))
    return None if advice.case.state == Standing.RUNNING else OVER


def found_move(case, name, proposed=""):
    """The open move of a name; of several proposals the one that is proposed."""
    return next(
        (one for one in open_moves(case) if one.name == name and (name != PROPOSE or one.move == proposed)),
        None,
    )  # fmt: skip


def proposers(case):
    """Who proposed at the step where a case stands, since it came there last."""
    acts = case.acts.filter(step=case.step, move=PROPOSE)
    if case.arrived:
        acts = acts.filter(moment__gte=case.arrived)
    return list(acts.values_list("user_id", flat=True))
