"""Tokens for the API: the list, a new one, revoking one."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhongchuang.organisations import actions
from zhongchuang.organisations.access import acting
from zhongchuang.organisations.access.tokens import may_keep_tokens, may_revoke, scopes_of
from zhongchuang.organisations.forms import Sure, TokenForm
from zhongchuang.organisations.models import Token
from zhongchuang.organisations.views import do, posted, visible_organisation
from zhongchuang.page.errors import refused
from zhongchuang.page.refusal import attempt


@login_required
@require_safe
def tokens(request, pk):
    """The tokens of one's organisation, those that work first."""
    shown, me = visible_organisation(request, pk), acting(request)
    if refusal := may_keep_tokens(me, shown):
        return refused(request, refusal)
    kept = Token.objects.visible_to(me).filter(organisation=shown)
    kept = kept.select_related("organisation", "made_by__user")
    works = set(kept.usable().values_list("pk", flat=True))
    page = {"organisation": shown, "tokens": [(one, one.pk in works) for one in kept]}
    return render(request, "organisations/tokens.html", page)


@never_cache
@login_required
def new_token(request, pk):
    """Make a token; its secret stands on the answer to this one request, and nowhere else."""
    at, me = visible_organisation(request, pk), acting(request)
    if refusal := may_keep_tokens(me, at):
        return refused(request, refusal)
    form, page = TokenForm(posted(request), scopes=scopes_of(at)), {"organisation": at}
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: actions.make_token(at, by=me, **form.given))
        if made:
            page |= dict(zip(("token", "secret"), made, strict=True))
            return render(request, "organisations/token_made.html", page)
    return render(request, "organisations/new_token.html", page | {"form": form})


@login_required
def revoke_token(request, pk, token):
    at, me = visible_organisation(request, pk), acting(request)
    found = Token.objects.visible_to(me).select_related("organisation")
    found = get_object_or_404(found, pk=token, organisation=at)
    if refusal := may_revoke(me, found):
        return refused(request, refusal)
    page = {"template": "organisations/revoke_token.html", "organisation": at, "token": found}
    return do(
        request, Sure(posted(request)), partial(actions.revoke_token, found, by=me), page=page,
        done=_("The token no longer works."), to=("organisations:tokens", pk),
    )  # fmt: skip
