"""Who asks: a token in its organisation's name, or a person who is signed in; and how often they may."""

import time

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _
from ninja.security import HttpBearer
from ninja.security.base import AuthBase
from ninja.throttling import BaseThrottle
from ninja.utils import check_csrf

from zhongchuang.organisations.access import acting
from zhongchuang.organisations.access.tokens import acting_with
from zhongchuang.organisations.actions import note_use
from zhongchuang.organisations.actions.posts import digest_of
from zhongchuang.organisations.models import Token
from zhongchuang.organisations.signin import what_comes_first
from zhongchuang.page.refusal import Refusal, Refused
from zhongchuang.page.visitor import address_of

SAFE = {"GET", "HEAD", "OPTIONS"}
MINUTE = 60
NOT_SIGNED_IN = Refusal(
    "not_signed_in",
    _("Send a token as “Authorization: Bearer …”, or sign in."),
    status=401,
)
NO_SUCH_TOKEN = Refusal(
    "token_unknown",
    _(
        "This token does not work: it is unknown, was revoked, has expired, or its maker left the post. Ask your organisation for a new one."
    ),
    status=401,
)
NO_FORM_TOKEN = Refusal(
    "csrf",
    _(
        "A request that changes something needs the X-CSRFToken header when it is signed by a cookie."
    ),
)
OUT_OF_SCOPE = _("This token is not good for “%(scope)s”. Make one that is.")


class Bearer(HttpBearer):
    """A token of an organisation. It reads with `read:…` and writes with `write:…` of the noun asked for."""

    def __init__(self, noun):
        self.noun = noun
        super().__init__()

    def __call__(self, request):
        if "Authorization" not in request.headers:
            return None
        return super().__call__(request) or self.unknown()

    def authenticate(self, request, token):
        found = Token.objects.usable().of(digest_of(token)).first()
        if found is None:
            self.unknown()
        note_use(found)
        self.require_scope(found, request.method)
        return acting_with(found, address_of(request))

    def unknown(self):
        raise Refused(NO_SUCH_TOKEN)

    def require_scope(self, token, method):
        scope = f"{'read' if method in SAFE else 'write'}:{self.noun}"
        if scope not in token.scopes:
            raise Refused(Refusal("scope", OUT_OF_SCOPE, {"scope": scope}))


class Session(AuthBase):
    """The cookie of a person who is signed in; what changes something needs the token of a form as well."""

    openapi_type = "apiKey"
    openapi_in = "cookie"
    openapi_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request):
        if "Authorization" in request.headers or not request.user.is_authenticated:
            return None
        if first := what_comes_first(request):
            raise Refused(Refusal("comes_first", first[1]))
        if request.method not in SAFE and check_csrf(request) is not None:
            raise Refused(NO_FORM_TOKEN)
        return acting(request)


class PerMinute(BaseThrottle):
    """Counts in the cache that all processes share; one key a minute for a token, a person or an address."""

    def allow_request(self, request):
        key = f"api:{whose(request)}:{int(time.time() // MINUTE)}"
        cache.add(key, 0, 2 * MINUTE)
        try:
            return cache.incr(key) <= settings.API_RATE
        except ValueError:  # cleared away between the two
            return True

    def wait(self):
        return MINUTE - time.time() % MINUTE


def whose(request):
    me = getattr(request, "auth", None)
    if me is None:
        return f"address:{address_of(request)}"
    token = getattr(me, "token", None)
    return f"token:{token.pk}" if token else f"person:{me.pk}"
