"""Who calls for applications, decides on them, and confirms figures; every answer "no" says why."""

from django.utils.translation import gettext_lazy as _

from zhongchuang.admission.models import Application, Call, Figures
from zhongchuang.ledgers.access import may_write
from zhongchuang.page.refusal import conflict
from zhongchuang.spaces.models import Space

State = Application.State


CLOSED = conflict("closed", _("This space takes no applications now. Its conditions stay readable; come back later, or ask its operator."))  # fmt: skip
DECIDED = conflict("decided", _("This application was decided or taken back already. Its page says how it stands."))  # fmt: skip
NOT_ADMITTED = conflict("not_admitted", _("Only who was admitted moves in. Admit the application first; one that was taken back or moved in is done."))  # fmt: skip
TAKEN_BACK = conflict("over", _("There is nothing to take back: the application was decided or taken back already."))  # fmt: skip
NOT_HANDED = conflict("not_handed", _("These figures do not wait for you: they are with the resident, or confirmed already."))  # fmt: skip
DONE = conflict("done", _("These figures are confirmed or no longer asked for. Whoever asked for them can ask anew."))  # fmt: skip


OVER = conflict("over_address", _("This private address has expired. Ask the space to send you a new one; what you handed in stays as it was."))  # fmt: skip


def takes_applications(space):
    """The call under which one applies; None where the space takes no applications now."""
    call = Call.objects.current(space)
    return call if call and call.is_open and space.state == Space.State.CONFIRMED else None


def may_call(acting, space):
    """Whether this post says if and how the space takes applications."""
    refusal = may_write(acting, space)
    if refusal is None and space.state != Space.State.CONFIRMED:
        return conflict(
            "not_registered", _("A space takes applications once it is in the register.")
        )
    return refusal


def may_decide(acting, application):
    """Whether this post decides on an application: those who work for the operator, while it is open."""
    refusal = may_write(acting, application.space)
    if refusal is None and application.state not in Application.OPEN:
        return DECIDED
    return refusal


def may_refuse(acting, application):
    """As deciding; who was admitted and did not come may be refused as well."""
    if application.state == State.ADMITTED:
        return may_write(acting, application.space)
    return may_decide(acting, application)


def may_move_in(acting, application):
    refusal = may_write(acting, application.space)
    if refusal is None and application.state != State.ADMITTED:
        return NOT_ADMITTED
    return refusal


def may_reveal(acting, application, _field=None):
    """Whether this post opens the telephone number."""
    return may_write(acting, application.space)


def may_confirm(acting, figures):
    """Whether this post confirms figures that were handed in, or returns them."""
    refusal = may_write(acting, figures.space)
    if refusal is None and figures.state != Figures.State.HANDED:
        return NOT_HANDED
    return refusal


def may_renew(acting, figures):
    """Whether this post sends a new private address: as long as the resident may write under it."""
    return may_cancel(acting, figures)


def may_cancel(acting, figures):
    refusal = may_write(acting, figures.space)
    if refusal is None and figures.state not in Figures.WRITTEN:
        return DONE
    return refusal
