"""A title that follows another without a gap."""

from zhongchuang.filing.models import Title


def predecessor(case):
    """The title that a granted case renews: the latest of its kind that ran out or still holds; None without one."""
    kept = (Title.State.VALID, Title.State.EXPIRED)
    found = Title.objects.filter(
        space=case.space, pack=case.pack, kind=case.course.gives.id, state__in=kept, until__isnull=False, followed_by=None
    )  # fmt: skip
    return found.order_by("-until", "-pk").first()


def first_day(earlier, day):
    """The day after the last one of the title before, or that of the decision where it is later."""
    return max(day, earlier.until) if earlier else day
