"""Who writes about residents; every answer "no" says why."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from zhongchuang.ledgers.access import may_correct
from zhongchuang.organisations.models import Organisation
from zhongchuang.organisations.models.people import APPLICANTS
from zhongchuang.page.refusal import Refusal
from zhongchuang.residents.models import Resident, Stay

NOT_HERE = Refusal("not_here", _("Only a space at which it stays now writes about a resident."))
GONE = Refusal(
    "gone",
    _("This stay has ended. If that was entered wrongly, strike the line out and take the resident in anew."),
    status=HTTPStatus.CONFLICT,
)  # fmt: skip


def stays_with(acting, resident):
    """Open stays of the resident at spaces of this post's operator."""
    return Stay.objects.standing().filter(
        resident=resident, until=None, space__operator=acting.organisation
    )


def may_change(acting, resident):
    """Whether this post changes what is known of a resident: those who run a space at which it stays now."""
    own = acting.organisation
    runs = own is not None and own.kind == Organisation.Kind.OPERATOR and acting.role in APPLICANTS
    return None if runs and stays_with(acting, resident).exists() else NOT_HERE


def may_know(acting, person):
    """Whether this post changes a founder, or opens a number: those of the operator that recorded the person.

    Another space at which the same firm stays sees the masks, and records whom it knows itself.
    """
    if acting.role not in APPLICANTS or acting.organisation != person.operator:
        return Refusal(
            "not_yours",
            _("Only the operator that recorded this person changes or opens what is recorded."),
        )
    return None


def may_move(acting, stay):
    """Whether this post moves a stay along or ends it."""
    refusal = may_correct(acting, stay)
    return refusal or (GONE if stay.until else None)


# --- a resident's own people ----------------------------------------------------------------------


def acts_for(acting, resident):
    """Whether this post is one of the resident's own people."""
    return Resident.objects.own_of(acting).filter(pk=resident.pk).exists()


def own_stays(acting, on):
    """The stays on a day of the residents that this post acts for."""
    own = Resident.objects.own_of(acting)
    return Stay.objects.standing().on(on).filter(resident__in=own)
