"""Standing in: a colleague acts at a post for a term, for the person who holds it."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.audit.actions import log
from zhongchuang.organisations import jobs
from zhongchuang.organisations.access import ENDED
from zhongchuang.organisations.access.standins import may_name_stand_in, may_stand_in
from zhongchuang.organisations.actions.posts import hold, midnight
from zhongchuang.organisations.models import Post, User
from zhongchuang.page.refusal import Refusal, require

LONGEST = timedelta(days=92)
"""Who is away for longer than a quarter of a year is replaced by an appointment."""


def term_fits(until):
    today = timezone.localdate()
    if today <= until <= today + LONGEST:
        return None
    return Refusal(
        "term",
        _("Name a last day between %(first)s and %(last)s."),
        {"first": today, "last": today + LONGEST},
    )


@transaction.atomic
def name_stand_in(post, colleague, *, until, by):
    """Let a colleague act at `post` until the end of the day `until`; what they do, they do for its holder."""
    hold(post.organisation_id)
    require(may_name_stand_in(by, post))
    require(None if Post.objects.current().filter(pk=post.pk).exists() else ENDED)
    require(may_stand_in(post, User.objects.get(pk=colleague.pk)))
    require(term_fits(until))
    stand_in = Post.objects.create(
        user=colleague, organisation=post.organisation, role=post.role, until=midnight(until),
        delegated_by=post, stands_in_for=post,
    )  # fmt: skip
    jobs.write(
        "stands_in", colleague.email, address=reverse("organisations:workbench"), stand_in=stand_in
    )
    given = {"for": post, "user": colleague.pk, "until": until}
    log(stand_in, "stand_in_named", by=by.who, given=given)
    return stand_in
