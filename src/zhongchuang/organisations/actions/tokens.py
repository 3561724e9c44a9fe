"""Tokens for the API: made, shown once, revoked."""

import secrets
from http import HTTPStatus

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.audit.actions import log
from zhongchuang.organisations.access.tokens import may_keep_tokens, may_revoke
from zhongchuang.organisations.actions.posts import digest_of
from zhongchuang.organisations.models import Token
from zhongchuang.page.refusal import Refusal, Refused, require

BEGINNING = "zc_"
"""So that programs that look for forgotten secrets recognise one."""

NAME_USED = Refusal(
    "name_used",
    _("Your organisation has a token of this name. Choose another name, or revoke that one first."),
    status=HTTPStatus.CONFLICT,
)


@transaction.atomic
def make_token(organisation, *, by, name, scopes, expires):
    """A new token and its secret, which is nowhere kept and never shown again."""
    require(may_keep_tokens(by, organisation))
    secret = BEGINNING + secrets.token_urlsafe(32)
    try:
        with transaction.atomic():
            token = Token.objects.create(
                organisation=organisation, name=name, digest=digest_of(secret), scopes=scopes,
                made_by=by.post, expires=expires,
            )  # fmt: skip
    except IntegrityError as fault:
        raise Refused(NAME_USED) from fault
    log(token, "token_made", by=by.who, new={"name": name, "scopes": scopes, "expires": expires})
    return token, secret


@transaction.atomic
def revoke_token(token, *, by):
    """A token opens nothing from the next request on."""
    require(may_revoke(by, token))
    now = timezone.now()
    Token.objects.filter(pk=token.pk, revoked=None).update(revoked=now, revoked_by=by.user)
    log(token, "token_revoked", by=by.who, given={"name": token.name})
    return token


def note_use(token):
    """Note the day on which a token was used, once a day."""
    today = timezone.localdate()
    if token.last_used != today:
        Token.objects.filter(pk=token.pk).update(last_used=today)
