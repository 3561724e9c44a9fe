"""A refusal that fell in a review: its case stands again at the step that refused, in other hands, with a new term."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.audit.actions import log
from zhongchuang.organisations.models import Post
from zhongchuang.organisations.models.people import APPLICANTS
from zhongchuang.page.refusal import conflict, require
from zhongchuang.policy.procedure import ANNUL, taken_up
from zhongchuang.procedures.actions.changing import take_up
from zhongchuang.procedures.actions.moving import carry_on, note
from zhongchuang.procedures.models import Case
from zhongchuang.records.actions import write as write_letter

NOT_REFUSED = conflict("not_refused", _("The decision that this review looks at does not stand any more. Load the page again to see how it stands."))  # fmt: skip
ANEW = conflict("anew", _("Meanwhile another application of this procedure is under way for the space, and there is one at a time. Wait until it has ended, or ask its operator to withdraw it."))  # fmt: skip


@transaction.atomic
def reopen(case, review, made, *, by):
    """Take a refused case up again, because its review was granted by the act `made`.

    Those who acted at the step that refused do not act in the case any more.
    """
    case = Case.objects.select_for_update(of=("self",)).select_related("rules", "space", "operator", "department").get(pk=case.pk)  # fmt: skip
    require(None if case.state == Case.Standing.REFUSED else NOT_REFUSED)
    others = Case.objects.running().filter(space=case.space, pack=case.pack, procedure=case.procedure, level="")  # fmt: skip
    require(ANEW if others.exists() else None)
    now, refused = made.moment, case.acts.order_by("-number").first()
    deciders = case.acts.filter(step=refused.step).exclude(user=None).exclude(post__role__in=APPLICANTS)  # fmt: skip
    case.recused.add(*deciders.values_list("user", flat=True))
    case.decisions.filter(annulled=None).update(annulled=timezone.now())
    take_up(case)
    carry_on(case, taken_up(case.course, refused.step).to, version=case.version, moment=now, ended=None)  # fmt: skip
    note(case, ANNUL, by=by, words=made.words, at=now)
    log(case, "case_reopened", by=by.who, new={"step": case.step, "due": case.due}, given={"review": review.number, "reason": made.words})  # fmt: skip
    tell(case, review)


def tell(case, review):
    """A letter to those who work for the operator: the case goes on."""
    held = Post.objects.current().filter(organisation=case.operator, role__in=APPLICANTS)
    write_letter(
        list({post.user for post in held.select_related("user")}), key=f"case-{case.key}-annul-{review.key}",
        title=_("Taken up again: %(number)s, %(space)s"),
        text=_("The review %(review)s lifted the refusal. The case is examined again by other people, with a new term. Nothing is to be done now."),
        url=case.get_absolute_url(), given={"number": case.number, "space": case.space.name, "review": review.number},
    )  # fmt: skip
