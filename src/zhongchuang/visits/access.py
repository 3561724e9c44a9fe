"""Who plans, makes, reports and confirms a visit; every answer "no" says why."""

from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.access import second_person
from zhongchuang.organisations.models import Post
from zhongchuang.page.refusal import Refusal, conflict
from zhongchuang.procedures.access import HELD, is_holder, people_of
from zhongchuang.procedures.models.cases import READING
from zhongchuang.visits.models import Visit

Standing = Visit.Standing
NEED, KIND = "visit", "inspect"
NOT_HERE = conflict("not_here", _("No site is visited at the step where the case stands."))
THERE = conflict("there", _("A visit is planned already, or its report waits for its confirmation. Open it from the page of the case."))  # fmt: skip
PASSED = conflict("passed", _("The case has left the step to which this visit belongs."))
NOT_A_VISITOR = Refusal("not_a_visitor", _("What is found on the spot is written by those who visit. Their names stand on the page of the visit."))  # fmt: skip
REPORTED = conflict("reported", _("This visit was reported or cancelled; nothing is changed in it any more."))  # fmt: skip
NOT_REPORTED = conflict("not_reported", _("There is no report that waits for its confirmation."))
NOT_THE_LAST = conflict("not_the_last", _("Only the last confirmed report of this step is taken again, once after the case came back."))  # fmt: skip


def colleagues(case):
    """The officials of the department with which a case lies and who may act in it, by name."""
    held = Post.objects.current().filter(organisation=case.department_id, role__in=READING)
    people = {post.user for post in held.select_related("user") if post.user_id not in case.barred}
    return sorted(people, key=lambda one: (one.name, one.pk))


def may_plan(acting, case):
    """Whether this post plans a visit: whose turn it is at a step that visits, one visit at a time."""
    refusal = is_holder(acting, case)
    if refusal is None and case.at.kind != KIND and NEED not in case.at.needs:
        return NOT_HERE
    if refusal is None and Visit.objects.open().filter(case=case).exists():
        return THERE
    return refusal


def at_department(acting, visit):
    """Why a post has nothing to do with a visit that is still going on; None where it has."""
    case = visit.case
    if not visit.is_here:
        return PASSED
    if acting.organisation is None or acting.organisation.pk != visit.department_id or acting.role not in READING:  # fmt: skip
        return Refusal("other_department", _("This visit is made by %(name)s."), {"name": str(visit.department)})  # fmt: skip
    return HELD if case.on_hold else None


def is_visitor(acting, visit):
    """Why a post does not write what is found; None for those who visit."""
    refusal = at_department(acting, visit)
    if refusal is None and not visit.visitors.filter(pk__in=people_of(acting)).exists():
        return NOT_A_VISITOR
    return refusal


def may_shift(acting, visit):
    """Whether this post moves or cancels a visit: who visits does, and whose turn it is."""
    refusal = is_visitor(acting, visit)
    if refusal is NOT_A_VISITOR:
        refusal = is_holder(acting, visit.case)
    if refusal is None and visit.state != Standing.PLANNED:
        return REPORTED
    return refusal


def may_write(acting, visit):
    """Whether this post writes what is found, adds photographs and closes the report."""
    refusal = is_visitor(acting, visit)
    if refusal is None and visit.state != Standing.PLANNED:
        return REPORTED
    return refusal


def may_confirm(acting, visit):
    """Whether this post confirms a report, or gives it back: a second one of those who visited."""
    refusal = is_visitor(acting, visit)
    if refusal is None and visit.state != Standing.CLOSED:
        return NOT_REPORTED
    return refusal or second_person(acting, earlier=[visit.closed_by_id])


def stands(visit):
    """Whether a confirmed report counts where its case stands now: confirmed, or taken again, since it came there."""
    since = visit.case.arrived
    if visit.state != Standing.CONFIRMED or since is None:
        return False
    return visit.confirmed >= since or visit.retaken.filter(moment__gte=since).exists()


def may_retake(acting, visit):
    """Whether this post takes a report again after the case came back: whose turn it is, of the last one."""
    refusal = is_holder(acting, visit.case)
    if refusal is None and not visit.is_here:
        return PASSED
    last = Visit.objects.at(visit.case).confirmed().order_by("-confirmed", "-pk").first()
    if refusal is None and (visit != last or stands(visit)):
        return NOT_THE_LAST
    return refusal
