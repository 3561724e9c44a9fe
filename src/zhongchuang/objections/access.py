"""Until when one objects, who answers an objection, and who decides after one was upheld; every answer "no" says why."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.objections.models import Objection
from zhongchuang.organisations.access import second_person
from zhongchuang.page.refusal import Refusal, conflict
from zhongchuang.policy.procedure import UPHOLD
from zhongchuang.procedures.access import open_moves
from zhongchuang.procedures.models.cases import READING

State = Objection.State
NOTICE_ENDED = conflict("notice_ended", _("The public notice of this case has ended, so no objection to it is taken any more. What was granted stands in the register of titles; write to the department about it."))  # fmt: skip
OTHER_DEPARTMENT = "other_department"
ANSWERED = conflict("answered", _("This objection was answered already. Its page says how."))
CLOSED = conflict("closed", _("Files are added until the objection is answered. What you still want to say, write to the department."))  # fmt: skip
LOOKED_INTO = conflict("looked_into", _("A colleague is looking into this objection already."))
PROPOSED = conflict("proposed", _("An answer is proposed already; it waits for the signature, or comes back from there."))  # fmt: skip
NOT_PROPOSED = conflict("not_proposed", _("There is no proposed answer to sign. Load the page again to see how the objection stands."))  # fmt: skip
NONE_UPHELD = conflict("none_upheld", _("No objection to this notice stands upheld, so it goes on and ends by itself."))  # fmt: skip


def is_on_notice(case):
    """Whether a case stands at a step that nobody takes."""
    return case.state == case.Standing.RUNNING and case.role == "" and case.due is not None


def not_taken(case, on=None):
    """Why no objection to a case is taken on a day; None while its notice stands."""
    is_open = is_on_notice(case) and (case.on_hold or case.due >= (on or timezone.localdate()))
    return None if is_open else NOTICE_ENDED


def not_added(objection):
    """Why whoever has the private address adds no file now; None until the objection is answered."""
    if objection.state == State.BEGUN:
        return not_taken(objection.case)
    return None if objection.is_open and is_on_notice(objection.case) else CLOSED


def signer(case):
    """The role that signs answers: whose signature brought the case to its notice."""
    return next(one.role for one in open_moves(case) if one.name == UPHOLD)


def is_answering(acting, objection):
    """Why this post does not work on an objection; None for officials of the department of the notice."""
    if acting.organisation is None or acting.organisation.pk != objection.department_id or acting.role not in READING:  # fmt: skip
        return Refusal(OTHER_DEPARTMENT, _("This objection lies with %(name)s."), {"name": objection.department.name})  # fmt: skip
    if not objection.is_open or not is_on_notice(objection.case):
        return ANSWERED
    return None


def may_look_into(acting, objection):
    """Whether this post notes that the objection is being looked into."""
    refusal = is_answering(acting, objection)
    if refusal is None and objection.state != State.RECEIVED:
        return LOOKED_INTO
    return refusal


def may_propose(acting, objection):
    """Whether this post proposes an answer: officials who do not sign do."""
    refusal = is_answering(acting, objection)
    if refusal is None and acting.role == signer(objection.case) != first_hand(objection.case):
        return Refusal("signs", _("A colleague proposes the answer, and you sign it."))
    if refusal is None and objection.proposed:
        return PROPOSED
    return refusal


def first_hand(case):
    """The role that takes the step before the notice first."""
    before = case.course.before(case.step)
    return before.hands[0] if before else ""


def may_sign(acting, objection):
    """Whether this post signs the proposed answer, or sends it back: a second person in the role that signs."""
    refusal = is_answering(acting, objection)
    if refusal is None and acting.role != signer(objection.case):
        return Refusal("other_role", _("The answer is signed by another role at your department."))
    if refusal is None and not objection.proposed:
        return NOT_PROPOSED
    return refusal or second_person(acting, earlier=[objection.proposed_by_id])


def may_settle(acting, case):
    """Whether this post decides on a case of which an objection was upheld: who signs does, unless they proposed that."""
    if acting.organisation is None or acting.organisation.pk != case.department_id:
        return Refusal(OTHER_DEPARTMENT, _("This case lies with %(name)s."), {"name": str(case.department)})  # fmt: skip
    upheld = Objection.objects.at(case).upheld() if is_on_notice(case) else Objection.objects.none()
    if not upheld.exists():
        return NONE_UPHELD
    if acting.role != signer(case):
        return Refusal("other_role", _("It is the turn of another role at your department."))
    return second_person(acting, earlier=list(upheld.values_list("proposed_by", flat=True)))


def may_reveal(acting, objection, _field=None):
    """Whether this post opens who objected: officials of the department with which the notice lies do."""
    if Objection.objects.visible_to(acting).filter(pk=objection.pk).exists():
        return None
    return Refusal(OTHER_DEPARTMENT, _("This objection lies with %(name)s."), {"name": objection.department.name})  # fmt: skip
