"""Who books and cancels; every answer "no" says why."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.ledgers.access import may_write
from zhongchuang.page.refusal import Refusal, conflict
from zhongchuang.residents.access import acts_for, own_stays
from zhongchuang.spaces.models import Space


def may_book(acting, resource):
    """Whether this post books: the operator for everybody, a resident's own people for it while it stays."""
    refusal = may_write(acting, resource.space)
    own = own_stays(acting, timezone.localdate()).filter(space=resource.space)
    if refusal and not (refusal.code == "not_yours" and own.exists()):
        return refusal
    if resource.space.state == Space.State.CLOSED:
        return conflict("closed", _("This space is closed; nothing is booked there any more."))
    if resource.struck or (resource.until and resource.until <= timezone.localdate()):
        return conflict("ended", _("This is shared no more. Choose another one."))
    return None


def may_book_for(acting, resource, resident):
    """Whether this post books for this resident, or for the space itself where there is none."""
    if may_write(acting, resource.space) is None:
        return None
    own = own_stays(acting, timezone.localdate()).filter(space=resource.space, resident=resident)
    if resident is None or not own.exists():
        return Refusal("not_own", _("You book for your own team or firm alone."))
    return None


def may_cancel(acting, booking):
    """Whether this post cancels: the operator always, a resident's own people before it begins."""
    operator = may_write(acting, booking.space) is None
    own = booking.resident is not None and acts_for(acting, booking.resident)
    if not operator and not own:
        return Refusal("not_yours", _("The operator, or who booked it for the own firm, cancels a booking."))  # fmt: skip
    if booking.struck:
        return conflict("cancelled", _("This booking is cancelled already."))
    if not operator and booking.start <= timezone.now():
        return conflict("begun", _("This booking has begun. Ask the operator to cancel it."))
    return None
