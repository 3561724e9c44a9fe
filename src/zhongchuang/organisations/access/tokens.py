"""Programs that act with a token, and who keeps tokens."""

from dataclasses import dataclass, replace
from functools import cached_property
from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.access import Acting
from zhongchuang.organisations.models import Organisation, Token
from zhongchuang.organisations.models.tokens import READING, Scope
from zhongchuang.page.refusal import Refusal


@dataclass(frozen=True)
class TokenActing(Acting):
    """A program that acts with a token; the chain names the token before the person who made it."""

    token: Token | None = None

    @cached_property
    def who(self):
        maker = Acting(self.user, self.post, self.ip).who
        return replace(maker, name=f"{self.token.name} ({maker.name})")


def acting_with(token, ip):
    """Who acts with a token: its maker in the post that they made it in, in the role of the token.

    `token` comes from `Token.objects.usable()`, so it acts no longer than its maker holds that post.
    """
    post = token.made_by
    post.role = token.role  # in memory alone: the post itself stays what it is
    return TokenActing(post.user, post, ip, token)


def scopes_of(organisation):
    """What tokens of an organisation may be good for: those of departments only read."""
    return READING if organisation.is_department else tuple(Scope)


def may_keep_tokens(acting, organisation):
    """Whether this post makes and revokes tokens of an organisation."""
    if acting.organisation != organisation:
        return Refusal("not_yours", _("Tokens are kept by the organisation that they act for."))
    if not acting.post.keeps_tokens:
        return Refusal(
            "not_the_keeper",
            _(
                "Tokens are kept by the security administrator of a department, or by the head of another organisation."
            ),
        )
    if organisation.state != Organisation.State.CONFIRMED:
        return Refusal(
            "not_confirmed",
            _("Your organisation is not confirmed yet. Tokens can be made when it is."),
            status=HTTPStatus.CONFLICT,
        )
    return None


def may_revoke(acting, token):
    """Whether this post revokes a token."""
    if token.revoked:
        return Refusal("revoked", _("This token was already revoked."), status=HTTPStatus.CONFLICT)
    return may_keep_tokens(acting, token.organisation)
