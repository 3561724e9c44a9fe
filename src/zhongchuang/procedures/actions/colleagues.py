"""What colleagues of a department do together: handing a case over, asking for an opinion, giving it. None of it moves a case."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.audit.actions import log
from zhongchuang.organisations.models import Post
from zhongchuang.page.refusal import Refusal, conflict, require
from zhongchuang.procedures.access import may_advise, may_ask, may_hand_over
from zhongchuang.procedures.actions.moving import HAND_OVER, note
from zhongchuang.procedures.models import Advice, Case
from zhongchuang.procedures.models.cases import READING
from zhongchuang.records.actions import change
from zhongchuang.records.actions import write as write_letter

NOT_A_COLLEAGUE = Refusal("not_a_colleague", _("Choose a colleague of the department in the role whose turn it is."), status=200, field="colleague")  # fmt: skip
ASKED = conflict("asked", _("This colleague was asked already and has not answered yet."))


def colleagues(case, acting, roles=READING):
    """People who hold a post in one of these roles at the department of a case, oneself left out."""
    held = Post.objects.current().filter(organisation=case.department_id, role__in=roles)
    people = {
        post.user
        for post in held.select_related("user")
        if post.user_id not in case.barred | {acting.user.pk}
    }
    return sorted(people, key=lambda one: (one.name, one.pk))


def colleagues_in(acting, roles=READING):
    """All colleagues at one's department who work on cases, oneself left out; in which case they may act is asked of each."""
    held = Post.objects.current().filter(organisation=acting.organisation, role__in=roles)
    people = {post.user for post in held.exclude(user=acting.user).select_related("user")}
    return sorted(people, key=lambda one: (one.name, one.pk))


@transaction.atomic
def hand_over(case, *, by, version, colleague, words=""):
    """Give a case to a colleague in the role whose turn it is; where it stands does not change."""
    require(may_hand_over(by, case))
    require(None if colleague in colleagues(case, by, {case.role}) else NOT_A_COLLEAGUE)
    old = case.officer_id
    change(case, version=version, officer=colleague, opened=case.opened or timezone.now())
    note(case, HAND_OVER, by=by, words=words)
    tell(case, colleague, f"over-{case.version}", _("Handed over to you: %(number)s, %(space)s"), _("%(name)s handed this case over to you. %(words)s"), by, words)  # fmt: skip
    log(case, "case_handed_over", by=by.who, old=old, new=colleague.pk, given={"reason": words})
    return case


@transaction.atomic
def ask(case, *, by, colleague, question):
    """Ask a colleague of the department for a written opinion, whatever their role."""
    require(may_ask(by, case))
    require(None if colleague in colleagues(case, by) else NOT_A_COLLEAGUE)
    Case.objects.select_for_update().get(pk=case.pk)
    require(ASKED if case.advice.filter(adviser=colleague, answered=None).exists() else None)
    advice = Advice.objects.create(case=case, step=case.step, asked_by=by.user, adviser=colleague, question=question)  # fmt: skip
    tell(case, colleague, f"asked-{advice.pk}", _("Your opinion is asked: %(number)s, %(space)s"), _("%(name)s asks: %(words)s"), by, question)  # fmt: skip
    log(case, "advice_asked", by=by.who, new={"of": colleague.pk, "question": question})
    return advice


@transaction.atomic
def advise(advice, *, by, answer):
    """Write the opinion that one was asked for, once."""
    require(may_advise(by, advice))
    given = Advice.objects.filter(pk=advice.pk, answered=None)
    if given.update(answered=timezone.now(), answer=answer):
        tell(advice.case, advice.asked_by, f"answered-{advice.pk}", _("Opinion given: %(number)s, %(space)s"), _("%(name)s answered: %(words)s"), by, answer)  # fmt: skip
        log(advice.case, "advice_given", by=by.who, new={"answer": answer})
    return advice.case


def tell(case, user, what, title, text, by, words):
    """A letter to one colleague."""
    given = {"number": case.number, "space": case.space.name, "name": by.user.name, "words": words}
    write_letter([user], key=f"case-{case.key}-{what}", title=title, text=text, url=case.get_absolute_url(), given=given)  # fmt: skip
