"""Changes that a case decides on: of a space that holds a title whose pack has a procedure of changes (SH-3)."""

from django.urls import reverse
from django.utils import timezone

from zhongchuang.filing.changing import course_of
from zhongchuang.filing.models import Title
from zhongchuang.gap import words
from zhongchuang.procedures.access import not_open
from zhongchuang.procedures.catalogue import Offer
from zhongchuang.procedures.changing import concerned
from zhongchuang.procedures.major import cited
from zhongchuang.procedures.models import Case, CaseChange
from zhongchuang.spaces.deciding import Way
from zhongchuang.spaces.models import Change


def ways(changes, acting):
    """Of those changes that went with a case that case; of those that wait the procedure that takes them."""
    links = CaseChange.objects.filter(change__in=changes).select_related("case__rules")
    cases = {one.change_id: one.case for one in links}
    waiting = [one for one in changes if one.state == Change.State.WAITING and one.pk not in cases]
    seen = set(Case.objects.visible_to(acting).filter(pk__in={one.pk for one in cases.values()}).values_list("pk", flat=True))  # fmt: skip
    return [*(in_case(key, case, seen) for key, case in cases.items()), *to_begin(waiting)]


def in_case(key, case, seen):
    url, offer = (
        case.get_absolute_url() if case.pk in seen else "",
        Offer(case.version_of_rules, case.course),
    )
    return Way(
        key, words.say(case.course.title), cited(offer), url=url, number=case.number,
        handed_in=case.submitted,
    )  # fmt: skip


def to_begin(changes):
    """Each with the procedure that takes it, and whether that is begun or what stands against it."""
    courses = courses_of({one.space_id for one in changes})
    drafts = set(Case.objects.filter(space__in=courses, state=Case.Standing.DRAFT).values_list("space", "pack", "procedure"))  # fmt: skip
    today = timezone.localdate()
    for change in changes:
        offer = courses.get(change.space_id)
        if offer and concerned(offer.procedure, [change]):
            is_begun = (change.space_id, *offer.at) in drafts
            yield Way(
                change.pk, words.say(offer.procedure.title), cited(offer), is_begun=is_begun,
                guide=reverse("procedures:guide", args=offer.at),
                begin=reverse("procedures:begin", args=[*offer.at, change.space.code]),
                bar=None if is_begun else not_open(change.space, offer.pack, offer.procedure, today),
            )  # fmt: skip


def courses_of(spaces):
    """The procedure of changes of each of these spaces that holds a title with one, by key."""
    held = Title.objects.holding(timezone.localdate()).filter(
        state=Title.State.VALID, space__in=spaces
    )
    found = ((one.space_id, course_of(one.pack)) for one in held.order_by("since", "pk"))
    return {space: offer for space, offer in found if offer}
