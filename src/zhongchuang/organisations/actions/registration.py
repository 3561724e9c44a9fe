"""How organisations come to be: registered by themselves and confirmed, or established from above."""

from http import HTTPStatus

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from stdnum.cn import uscc

from zhongchuang.audit.actions import log
from zhongchuang.organisations import jobs
from zhongchuang.organisations.access import may_confirm, may_correct
from zhongchuang.organisations.models import Organisation, Post, Region, Role
from zhongchuang.page.pinyin import words_of
from zhongchuang.page.refusal import Refusal, Refused, require

CODE_USED = Refusal(
    "code_used",
    _(
        "An organisation with this code is registered already. Ask its head to invite you, or ask your department."
    ),
)
MOVED_ON = Refusal(
    "decided",
    _("Someone else decided on this registration after you opened the page."),
    status=HTTPStatus.CONFLICT,
)
State = Organisation.State


def credit_code(text):
    """The 18 characters of a unified social credit code; raises ValueError where its check digit is wrong."""
    return uscc.validate(text)


def code_is_free(code, *, but=None):
    taken = Organisation.objects.filter(
        credit_code=code, state__in=[State.PENDING, State.CONFIRMED]
    )
    return None if not taken.exclude(pk=but).exists() else CODE_USED


@transaction.atomic
def register_operator(user, *, name, code, region, by):
    """A new operator with `user` as its head; it waits for the department of its region."""
    require(code_is_free(code))
    try:
        with transaction.atomic():
            operator = Organisation.objects.create(
                name=name,
                kind=Organisation.Kind.OPERATOR,
                region=region,
                credit_code=code,
                words=words_of(name, region.full_name),
            )
    except IntegrityError as error:
        raise Refused(CODE_USED) from error
    Post.objects.create(user=user, organisation=operator, role=Role.OPERATOR_HEAD)
    given = {"name": name, "code": code, "region": region.code}
    log(operator, "operator_registered", by=by, given=given)
    return operator


@transaction.atomic
def register_founder(user, *, by):
    """A founder's post for a new account; it belongs to no organisation."""
    post = Post.objects.create(user=user, role=Role.FOUNDER)
    log(user, "founder_registered", by=by)
    return post


@transaction.atomic
def correct(operator, *, name, code, region, by):
    """Send a registration that was not confirmed once more, with what was wrong corrected."""
    require(may_correct(by))
    require(code_is_free(code, but=operator.pk))
    old = {"name": operator.name, "code": operator.credit_code, "region": operator.region.code}
    sent = Organisation.objects.filter(pk=operator.pk, state=State.REFUSED).update(
        name=name, credit_code=code, region=region, state=State.PENDING, reason="",
        registered=timezone.now(), words=words_of(name, region.full_name),
    )  # fmt: skip
    if not sent:
        raise Refused(MOVED_ON)
    new = {"name": name, "code": code, "region": region.code}
    log(operator, "registration_corrected", by=by.who, old=old, new=new)
    return operator


def decide(operator, state, verb, *, by, reason):
    """Move a waiting operator to `state`; the first of two people who decide at once wins."""
    require(may_confirm(by, operator))
    moved = Organisation.objects.filter(pk=operator.pk, state=State.PENDING).update(
        state=state, reason=reason, decided=timezone.now()
    )
    if not moved:
        raise Refused(MOVED_ON)
    operator.refresh_from_db()
    for head in operator.posts.current().filter(role=Role.OPERATOR_HEAD).select_related("user"):
        jobs.write(
            verb, head.user.email, organisation=operator, address=reverse("organisations:workbench")
        )
    log(operator, verb, by=by.who, old=State.PENDING, new=state, given={"reason": reason})
    return operator


@transaction.atomic
def confirm(operator, *, by):
    """The department of its region confirms an operator; from then on it may file."""
    return decide(operator, State.CONFIRMED, "operator_confirmed", by=by, reason="")


@transaction.atomic
def refuse(operator, *, by, reason):
    """The department does not confirm; the operator reads why, and may correct and send again."""
    return decide(operator, State.REFUSED, "operator_refused", by=by, reason=reason)


@transaction.atomic
def establish(*, name, kind, region, level="", code="", competent=False, by):
    """An organisation that needs no confirmation: a department, or one that a department brings in."""
    organisation = Organisation.objects.create(
        name=name, kind=kind, region=region, credit_code=code, competent=competent,
        level=level or (own_level(region) if kind == Organisation.Kind.DEPARTMENT else ""),
        state=State.CONFIRMED, decided=timezone.now(), words=words_of(name, region.full_name),
    )  # fmt: skip
    log(organisation, "organisation_established", by=by, given={"region": region.code})
    return organisation


def own_level(region):
    """The level of a region's department; a zone stands with the counties unless said otherwise."""
    return Region.Level.COUNTY if region.level == Region.Level.ZONE else region.level
