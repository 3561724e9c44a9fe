"""What stands against an application: the title that the space still holds, and a ban on its operator."""

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.filing.models import Ban, Title
from zhongchuang.filing.rules import renewal
from zhongchuang.page.refusal import conflict
from zhongchuang.policy.procedure import CHANGE, REVIEW
from zhongchuang.procedures.changing import waiting


def bars(bid):
    """Refusals of an application that is about to be made; none is the rule."""
    if bid.procedure.kind == REVIEW:
        return []
    today = timezone.localdate()
    ban = Ban.objects.on(today).filter(operator=bid.space.operator, pack=bid.pack.id).first()
    if ban and ban.until:
        return [conflict("banned", _("No application of this operator is taken until %(day)s (%(cite)s): %(reason)s"), day=ban.until, cite=ban.cite, reason=ban.words)]  # fmt: skip
    if ban:
        return [conflict("banned", _("No application of this operator is taken any more (%(cite)s): %(reason)s"), cite=ban.cite, reason=ban.words)]  # fmt: skip
    return [*held(bid, today), *nothing_to_change(bid, today)]


def held(bid, today):
    """The same title, unless it ends within the term in which one renews it."""
    if not bid.procedure.gives:
        return
    titles = Title.objects.not_over(today).filter(
        space=bid.space, pack=bid.pack.id, kind=bid.procedure.gives.id
    )
    title = titles.order_by(F("until").desc(nulls_first=True)).first()
    if title and title.until is None:
        yield conflict("held", _("This space holds this title already, without end: %(number)s."), number=title.number)  # fmt: skip
    elif title and title.until - renewal() > today:
        yield conflict("held", _("This space holds this title until %(day)s (%(number)s). It can be applied for anew from %(from)s."), day=title.last_day, number=title.number, **{"from": title.until - renewal()})  # fmt: skip


def nothing_to_change(bid, today):
    """A case of changes is for a space with a title of the pack, and for a change that was entered in the register."""
    if bid.procedure.kind != CHANGE:
        return
    titles = Title.objects.holding(today).filter(space=bid.space, pack=bid.pack.id, state=Title.State.VALID)  # fmt: skip
    if not titles.exists():
        yield conflict("no_title", _("Major changes go this way while the space holds a title of these rules. Without one its department decides on them in the register."))  # fmt: skip
    elif not waiting(bid.space, bid.procedure):
        yield conflict("no_change", _("Nothing waits for this procedure. Enter the change in the register of spaces first; the way to the application then stands on its page."))  # fmt: skip
