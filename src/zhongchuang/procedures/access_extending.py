"""Who gives more time: for a whole round of applications, or for the step of one case."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.access import second_person
from zhongchuang.organisations.models import Role
from zhongchuang.page.refusal import Refusal, conflict
from zhongchuang.procedures.access import NOT_OPEN_HERE, OTHER_DEPARTMENT, OVER, is_recused
from zhongchuang.procedures.extended import decides
from zhongchuang.procedures.rules import longer_terms

EXTEND = "extend"
"""How the course of a case calls it that a term was made longer."""

NOT_DECIDING = Refusal("not_deciding", _("More time is proposed by a clerk of the department that decides on this procedure, and signed by an approver there."))  # fmt: skip
NO_WINDOW = conflict("no_window", _("Applications are taken all year; there is no last day to move."))  # fmt: skip
NOT_SIGNING = Refusal("not_signing", _("An approver of the department that proposed it signs or refuses."))  # fmt: skip
DECIDED = conflict("decided", _("This proposal was decided already."))
NOT_APPROVER = Refusal("not_approver", _("The term of a step is made longer by an approver of the department with which the case lies."))  # fmt: skip
NO_TERM = conflict("no_term", _("Nothing limits this step; there is no last day to move."))
PASSED = conflict("passed", _("The last day of this step has passed. What is late stays late; decide the case now."))  # fmt: skip


def may_propose_extension(acting, pack, procedure):
    """Whether this post proposes more time for a round of a procedure."""
    if acting.role != Role.CLERK or not acting.organisation:
        return NOT_DECIDING
    if not decides(acting.organisation, pack, procedure):
        return NOT_DECIDING
    return None if procedure.window else NO_WINDOW


def may_decide_extension(acting, extension):
    """Whether this post signs a proposal, or refuses it: an approver of the same department, another person."""
    own = acting.organisation is not None and acting.organisation.pk == extension.department_id
    if not own or acting.role != Role.APPROVER:
        return NOT_SIGNING
    if not extension.is_open:
        return DECIDED
    return second_person(acting, earlier=[extension.proposed_by_id])


def may_extend_term(acting, case):
    """Whether this post gives a step more working days, before its last day is over, as often as the data file says."""
    if case.state != case.Standing.RUNNING:
        return NOT_OPEN_HERE if case.is_open else OVER
    if acting.organisation is None or acting.organisation.pk != case.department_id:
        return Refusal(OTHER_DEPARTMENT, _("This case lies with %(name)s."), {"name": str(case.department)})  # fmt: skip
    if acting.role != Role.APPROVER or not case.role:
        return NOT_APPROVER
    return is_recused(acting, case) or no_more_time(case)


def no_more_time(case):
    """Why the term of a step is not made longer, whoever asks; None where it can be."""
    if case.due is None:
        return NO_TERM
    if case.due < timezone.localdate():
        return PASSED
    times, _days = longer_terms()
    done = case.acts.filter(step=case.step, move=EXTEND, moment__gte=case.arrived).count()
    return conflict("often", _("The term of this step was made longer already; that is possible %(times)s time(s)."), times=times) if done >= times else None  # fmt: skip
