"""Who asks: the network address of a visitor, believed only as far as our own proxies go."""

from django.conf import settings
from django.http import HttpRequest


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
