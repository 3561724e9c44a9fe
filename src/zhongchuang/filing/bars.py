"""What stands against an application: the title that the space still holds, and a ban on its operator."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.filing.models import Ban, Title
from zhongchuang.filing.rules import renewal
from zhongchuang.page.refusal import conflict


def bars(bid):
    """Refusals of an application that is about to be made; none is the rule."""
    today = timezone.localdate()
    ban = Ban.objects.on(today).filter(operator=bid.space.operator, pack=bid.pack.id).first()
    if ban and ban.until:
        return [conflict("banned", _("No application of this operator is taken until %(day)s (%(cite)s): %(reason)s"), day=ban.until, cite=ban.cite, reason=ban.title.reason)]  # fmt: skip
    if ban:
        return [conflict("banned", _("No application of this operator is taken any more (%(cite)s): %(reason)s"), cite=ban.cite, reason=ban.title.reason)]  # fmt: skip
    return [*held(bid, today)]


def held(bid, today):
    """The same title, unless it ends within the term in which one renews it."""
    if not bid.procedure.gives:
        return
    titles = Title.objects.holding(today).filter(
        space=bid.space, pack=bid.pack.id, kind=bid.procedure.gives.id, state=Title.State.VALID
    )
    title = titles.order_by("-until").first()
    if title and title.until is None:
        yield conflict("held", _("This space holds this title already, without end: %(number)s."), number=title.number)  # fmt: skip
    elif title and title.until - renewal() > today:
        yield conflict("held", _("This space holds this title until %(day)s (%(number)s). It can be applied for anew from %(from)s."), day=title.last_day, number=title.number, **{"from": title.until - renewal()})  # fmt: skip
