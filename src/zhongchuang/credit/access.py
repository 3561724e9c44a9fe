"""Who records something of an operator, who asks about it, and who answers; every answer "no" says why."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhongchuang.credit.answering import DECIDING, answering_for
from zhongchuang.organisations.access import second_person
from zhongchuang.organisations.models import Organisation
from zhongchuang.organisations.models.people import APPLICANTS, OFFICIALS
from zhongchuang.page.refusal import Refusal, conflict
from zhongchuang.spaces.models import operating_in

ENDED = conflict("ended", _("This record is not in force any more, so there is nothing to ask for."))  # fmt: skip
OVER = conflict("ended", _("This record is not in force any more, so there is nothing to end."))
ASKED = conflict("asked", _("A request about this record waits for its answer already. A second one is made after that."))  # fmt: skip
ANSWERED = conflict("answered", _("This request was answered already. The page of the record says how."))  # fmt: skip
GOOD = Refusal("good", _("A good record is neither corrected nor repaired here. Write to the department that entered it."))  # fmt: skip
NOT_DECIDING = Refusal("not_deciding", _("Credit records are entered by reviewers and approvers of a competent department in whose reach the operator lies."))  # fmt: skip
NOT_YOURS = Refusal("not_yours", _("A correction or credit repair is asked for by those who work for the operator of the record."))  # fmt: skip
ENTERED_IT = Refusal("entered_it", _("You entered this record, so a colleague answers what is asked about it: another reviewer or approver of your department."))  # fmt: skip
ASKED_IT = Refusal("asked_it", _("You made this request for the operator, so a colleague answers it: another reviewer or approver of your department."))  # fmt: skip
ENTERED_ALONE = _("You entered this record, and your department has no other reviewer or approver, so one of %(name)s answers what is asked about it.")  # fmt: skip
NOBODY = _("Nobody but who entered this record could do this, and they may not. The security administrator of %(name)s appoints another reviewer or approver.")  # fmt: skip


def in_reach(acting):
    """The operators on which officials of a department look: those that sit in its reach or run a registered space there."""
    found = Q(pk__in=[])
    for path in acting.post.reach if acting.role in OFFICIALS and is_department(acting) else ():
        found |= operating_in(path)
    return Organisation.objects.filter(found, kind=Organisation.Kind.OPERATOR)


def is_department(acting):
    own = acting.organisation
    return own is not None and own.kind == Organisation.Kind.DEPARTMENT and own.competent


def may_enter(acting, operator):
    """Whether this post records something of an operator."""
    if acting.role not in DECIDING or not in_reach(acting).filter(pk=operator.pk).exists():
        return NOT_DECIDING
    return None


def may_ask(acting, record):
    """Whether this post asks for a correction or credit repair of a record."""
    if acting.role not in APPLICANTS or acting.organisation != record.operator:
        return NOT_YOURS
    if record.is_good:
        return GOOD
    if not record.is_in_force:
        return ENDED
    return ASKED if record.open_request else None


def may_answer(acting, request):
    """Whether this post answers a request: a decider of the department with which it lies, and not who entered the record."""
    if not request.is_open:
        return ANSWERED
    record = request.record
    found = answering_for(record)
    if found is None:
        return Refusal("nobody", NOBODY, {"name": record.department.name})
    if has_entered(acting, record) and acting.organisation in (found, record.department):
        return ENTERED_IT if acting.organisation == found else Refusal("entered_it", ENTERED_ALONE, {"name": found.name})  # fmt: skip
    if acting.organisation != found or acting.role not in DECIDING:
        return Refusal("other_department", _("This request is answered by a reviewer or an approver of %(name)s."), {"name": found.name})  # fmt: skip
    return ASKED_IT if second_person(acting, earlier=[request.asked_by_id]) else None


def has_entered(acting, record):
    """Whether this person entered a record, or acts for who did."""
    return second_person(acting, earlier=[record.by_id]) is not None


def may_end(acting, record):
    """Whether this post ends a record that was entered by mistake.

    A bad one is ended by any decider of the department that keeps it, who entered it among them: that takes a burden away. A good one is
    ended by another person than the one who entered it, as requests are answered: that takes something from the operator. One that came
    with a decision falls with it alone, for two people made it.
    """
    refusal = is_keeper_of_good(acting, record) if record.is_good else is_keeper(acting, record)
    if refusal:
        return refusal
    if not record.is_in_force:
        return OVER
    if record.about:
        return conflict("with_decision", _("This record came with the decision %(number)s and is lifted with it, in a review. What was made good since is repaired when the operator asks for it."), number=record.number)  # fmt: skip
    return None


def is_keeper(acting, record):
    if acting.organisation != record.department or acting.role not in DECIDING:
        return Refusal("other_department", _("A record that was entered by mistake is ended by a reviewer or an approver of %(name)s."), {"name": record.department.name})  # fmt: skip
    return None


def is_keeper_of_good(acting, record):
    found = answering_for(record)
    if found is None:
        return Refusal("nobody", NOBODY, {"name": record.department.name})
    if acting.organisation != found or acting.role not in DECIDING or has_entered(acting, record):
        return Refusal("second_person", _("A good record is ended by another person than the one who entered it: a reviewer or an approver of %(name)s."), {"name": found.name})  # fmt: skip
    return None


def may_export(acting):
    """Whether this post takes the register away as a file: officials do."""
    if acting.organisation is None or acting.role not in OFFICIALS:
        return Refusal("not_officials", _("The register is taken away by officials. An operator finds its own rows on its pages."))  # fmt: skip
    return None


def may_bring_in(acting, _scope=""):
    """Whether this post brings records in from a file: those who may enter one do."""
    if not is_department(acting) or acting.role not in DECIDING:
        return Refusal("not_competent", _("Credit records from before the platform are brought in by reviewers and approvers of the competent department that keeps them."))  # fmt: skip
    return None
