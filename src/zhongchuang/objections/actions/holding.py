"""An open objection holds the notice of its case alone; once all are rejected it goes on for the days that were left."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.audit.actions import log
from zhongchuang.objections.models import Hold, Objection
from zhongchuang.objections.rules import least_left
from zhongchuang.organisations.models import Post
from zhongchuang.organisations.models.people import APPLICANTS
from zhongchuang.policy.procedure import days_left, last_day
from zhongchuang.records.actions import change
from zhongchuang.records.actions import write as write_letter


def hold(case, *, by, at):
    """Hold the notice with the first objection; the operator is told that there is one, never whose."""
    if case.on_hold:
        return
    left = max(days_left(timezone.localdate(at), case.due), least_left())
    Hold.objects.create(case=case, begun=at, due=case.due, left=left)
    change(case, version=case.version, on_hold=True)
    log(case, "case_held", by=by, old={"due": case.due}, new={"left": left})
    tell(case, _("Public notice held: %(number)s, %(space)s"), _("An objection to the public notice was received. The case waits until the department answered it; then you are told. Nothing is to be done now."))  # fmt: skip


def release(case, *, by):
    """Let the notice go on once no objection is open and none stands upheld: for as many working days as were left."""
    found = Objection.objects.at(case)
    if found.open().exists() or found.upheld().exists():
        return
    held = Hold.objects.get(case=case, ended=None)
    due = max(held.due, last_day(timezone.localdate(), held.left))
    close(case)
    change(case, version=case.version, on_hold=False, due=due)
    log(case, "case_released", by=by.who, old={"due": held.due}, new={"due": due})
    tell(case, _("Public notice goes on: %(number)s, %(space)s"), _("The objection was rejected. The public notice goes on until %(due)s."), due=due)  # fmt: skip


def close(case):
    """End the time of holding."""
    Hold.objects.filter(case=case, ended=None).update(ended=timezone.now())


def tell(case, title, text, **given):
    """A letter to those who work for the operator."""
    held = Post.objects.current().filter(organisation=case.operator, role__in=APPLICANTS)
    write_letter(
        list({post.user for post in held.select_related("user")}), key=f"notice-{case.key}-{case.version}",
        title=title, text=text, url=case.get_absolute_url(),
        given={"number": case.number, "space": case.space.name} | given,
    )  # fmt: skip
