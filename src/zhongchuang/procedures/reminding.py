"""Reminders of cases before and after the last day of their step.

The letter is keyed by the moment at which the case came to its step: one that was returned and comes again is reminded of anew.
"""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.models import Post, Role
from zhongchuang.policy.workdays import is_working
from zhongchuang.procedures.models import Case
from zhongchuang.procedures.rules import reminders
from zhongchuang.records.actions import write

FAR = timedelta(days=30)
"""Working days are counted for what is due within these days; long holidays and all, no term of reminding is further."""

SOON = _("Due on %(day)s: %(number)s, %(space)s"), _("The step “%(step)s” is to be done by %(day)s.")  # fmt: skip
LATE = _("Overdue since %(day)s: %(number)s, %(space)s"), _("The step “%(step)s” was to be done by %(day)s. Decide it, hand it over to a colleague, or return it with all reasons at once.")  # fmt: skip


def remind(on=None):
    """Remind those whose turn it is, once for each term; how many cases were reminded of."""
    on, count = on or timezone.localdate(), 0
    running = Case.objects.filter(state=Case.Standing.RUNNING, on_hold=False, due__lte=on + FAR)
    for case in running.exclude(role="").select_related("space", "rules").order_by("pk"):
        term = term_of(case.due, on)
        if term:
            tell(case, term)
            count += 1
    return count


def term_of(due, on):
    """The term that is reached today, such as `before-3`; a missed night is caught up by the next. Empty where none is."""
    before, after = reminders()
    if due >= on:
        left = working_days(on, due)
        return next((f"before-{days}" for days in before if left <= days), "")
    late = working_days(due, on)
    return next((f"after-{days}" for days in after if late >= days), "")


def working_days(first, last):
    """Working days after a day up to another."""
    return sum(is_working(first + timedelta(days=n + 1)) for n in range((last - first).days))


def tell(case, term):
    """A letter to who took the case, or else to all in the role whose turn it is; late ones also to the approvers."""
    title, text = LATE if term.startswith("after") else SOON
    write(
        people(case, late=term.startswith("after")),
        key=f"case-{case.key}-{case.step}-{case.hand}-{case.arrived:%Y%m%d%H%M%S}-{term}",
        title=title, text=text, url=case.get_absolute_url(),
        given={"number": case.number, "space": case.space.name, "day": case.due.isoformat(), "step": case.at.text["zh"]},
    )  # fmt: skip


def people(case, *, late):
    """Those who can do something about it now: whoever is absent is reminded together with who stands in."""
    held = Post.objects.current().filter(organisation=case.department_id).select_related("user", "stands_in_for")  # fmt: skip
    held = [post for post in held if post.user_id not in case.barred]
    turn = [post for post in held if post.role == case.role]
    if case.officer_id:
        own = [post for post in turn if case.officer_id in {post.user_id, post.stands_in_for and post.stands_in_for.user_id}]  # fmt: skip
        turn = own or turn
    above = [post for post in held if late and post.role == Role.APPROVER]
    return list({post.user for post in (*turn, *above)})
