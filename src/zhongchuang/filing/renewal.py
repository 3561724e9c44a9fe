"""The way to apply anew for a title that ends soon: the procedure that gives it, and what stands against it today."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from zhongchuang.filing.rules import renewal
from zhongchuang.gap.packs import all_packs
from zhongchuang.page.refusal import Refusal
from zhongchuang.procedures.access import may_begin
from zhongchuang.procedures.models import Case


@dataclass(frozen=True)
class Renewal:
    """Where one press begins the application, or the one that was begun; `bar` says why it is not open."""

    begin: str = ""
    bar: Refusal | None = None
    case: Case | None = None


def renewal_of(acting, title):
    """The renewal of a title for its operator, from the first day of the term on; None before, for others, and once it was renewed."""
    if acting.organisation is None or acting.organisation != title.operator or title.successor:
        return None
    if title.until is None or title.until - renewal() > timezone.localdate():
        return None
    if title.state not in {title.State.VALID, title.State.EXPIRED}:
        return None
    pack = all_packs().get(title.pack)
    courses = pack.procedures.values() if pack else ()
    course = next((one for one in courses if one.gives and one.gives.id == title.kind), None)
    return course and way(acting, title.space, pack, course)


def way(acting, space, pack, course):
    begun = Case.objects.visible_to(acting).running().filter(space=space, pack=pack.id, procedure=course.id).first()  # fmt: skip
    begin = reverse("procedures:begin", args=[pack.id, course.id, space.code])
    return Renewal(begin, None if begun else may_begin(acting, space, pack, course), begun)
