"""Who names experts, who gives an opinion and who reads it; every answer "no" says why."""

from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.models import Role
from zhongchuang.page.refusal import Refusal, conflict
from zhongchuang.panels.models import Seat
from zhongchuang.procedures.access import is_holder
from zhongchuang.procedures.models.cases import READING

NEED = "opinions"
NOT_HERE = conflict(
    "not_here", _("At the step where the case stands no opinions of experts are asked.")
)
FULL = conflict(
    "full",
    _(
        "All places are taken: %(count)s experts were asked. Who gives theirs up makes a place free."
    ),
)
NOT_ASKED = Refusal("not_asked", _("This opinion was asked of another expert."))
OTHER_POST = Refusal(
    "other_post",
    _("Opinions are given in the post of an expert. Choose it at the head of the page."),
)
PASSED = conflict("passed", _("The case has gone on, so this opinion is no longer asked."))
ANSWERED = conflict("answered", _("You have given this opinion. It stays as it is."))
LEFT = conflict("left", _("This place was given up or taken out."))


def asks_opinions(case):
    """Whether the step at which a case stands asks experts."""
    return case.at is not None and NEED in case.at.needs


def may_name(acting, case):
    """Whether this post names experts: whose turn it is at the step of review."""
    refusal = is_holder(acting, case)
    return refusal or (None if asks_opinions(case) else NOT_HERE)


def may_take_out(acting, seat):
    """Whether this post takes an expert out who has not given the opinion yet."""
    refusal = may_name(acting, seat.case)
    if refusal is None and not seat.is_open:
        return ANSWERED_BY_THEM if seat.state == Seat.State.GIVEN else LEFT
    return refusal


ANSWERED_BY_THEM = conflict("given", _("This opinion was given; it stays."))


def may_give(acting, seat):
    """Whether this person gives the opinion, or gives the place up: the expert themselves, while it is asked."""
    if seat.expert_id != acting.user.pk:
        return NOT_ASKED
    if acting.role != Role.EXPERT:
        return OTHER_POST
    if seat.state == Seat.State.GIVEN:
        return ANSWERED
    if seat.state != Seat.State.NAMED:
        return LEFT
    return None if seat.is_current else PASSED


def may_read_files(acting, seat):
    """Whether this expert opens the files of the case: as long as the opinion is owed."""
    return may_give(acting, seat)


def reads_panel(acting):
    """Whether this post reads what experts say."""
    return acting.role in READING


def shows_opinions(case, seats):
    """Whether opinions are shown to officials: once all are there, or the case has gone on, so that none leans on another."""
    asked = case.at.opinions if asks_opinions(case) else 0
    given = sum(one.state == Seat.State.GIVEN for one in seats)
    return not asks_opinions(case) or given >= asked
