"""Who asks, and how often: the network address of a visitor, believed only as far as our own proxies go."""

import time
from functools import wraps

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from zhongchuang.page.errors import too_many

MINUTE = 60


def address_of(request: HttpRequest) -> str:
    """The address that the outermost of our own proxies saw; without proxies the peer's.

    Anyone can write X-Forwarded-For, so only the entries that our proxies added count.
    """
    peer = request.META.get("REMOTE_ADDR", "")
    passed = [
        one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",") if one.strip()
    ]
    chain = [*passed, peer]
    return chain[max(len(chain) - 1 - settings.OWN_PROXIES, 0)]


def limited(view):
    """A public list that one network address opens only so often a minute, all lists together (S-22).

    People who have signed in are not counted: who they are is known, and an office shares its address.
    """
    return only_so_often(view, "lists")


def sent_only_so_often(view):
    """A form for visitors that one network address sends only so often a minute, all such forms together."""
    return only_so_often(view, "forms", "POST")


def only_so_often(view, what, method=""):
    """A view that answers visitors 429 after so many requests in a minute, of one method or of all."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        user = getattr(request, "user", None)
        visitor = user is None or not user.is_authenticated
        counts = visitor and method in {"", request.method}
        if counts and is_one_too_many(what, address_of(request), settings.LISTS_A_MINUTE, MINUTE):
            response = too_many(request)
            response.headers["Retry-After"] = str(MINUTE)
            return response
        return view(request, *args, **kwargs)

    return answer


def is_one_too_many(what: str, whom: str, most: int, seconds: int) -> bool:
    """Counts one within a span of so many seconds; `whom` is kept as a keyed digest, and for two spans."""
    digest = salted_hmac("page.visitor", whom, algorithm="sha256").hexdigest()
    key = f"{what}:{digest}:{int(time.time()) // seconds}"
    cache.add(key, 0, 2 * seconds)
    try:
        return cache.incr(key) > most
    except (
        ValueError
    ):  # the count was lost, or could not be written: nobody is turned away for that
        return False
