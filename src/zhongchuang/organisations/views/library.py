"""The pages of the sign-in library: what they change is written together with its entry, or not at all (M-03)."""

from functools import wraps

from allauth.mfa.totp.views import ActivateTOTPView
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.db import transaction
from django.urls import URLPattern, URLResolver

from zhongchuang.audit.actions import log
from zhongchuang.organisations.access import acting

APART = frozenset(
    {"account_login", "account_reauthenticate", "mfa_authenticate", "mfa_reauthenticate"}
)
"""Pages that check what strangers type: that takes long, and must not keep others from writing.

What they change is written by the adapter, in a transaction of its own.
"""


def in_one_transaction(patterns):
    """The library's addresses, with each view that changes something inside a transaction."""
    return [wrapped(one) for one in patterns]


def wrapped(one):
    if isinstance(one, URLResolver):
        inner = in_one_transaction(one.url_patterns)
        return URLResolver(one.pattern, inner, one.default_kwargs, one.app_name, one.namespace)
    view = one.callback if one.name in APART else whole(one.callback, one.name or "")
    return URLPattern(one.pattern, view, one.default_args, one.name)


def whole(view, name):
    """`view` in a transaction, where the request may change something: also when it comes back from elsewhere."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        if request.method in {"GET", "HEAD"} and not name.endswith("_callback"):
            return view(request, *args, **kwargs)
        with transaction.atomic():
            return view(request, *args, **kwargs)

    return answer


class Activate(ActivateTOTPView):
    """Setting up the second factor; the library tells of it only after its commit."""

    @transaction.atomic
    def form_valid(self, form):
        answer = super().form_valid(form)
        log(self.request.user, "totp_activated", by=acting(self.request).who)
        return answer


class Sessions(ListUserSessionsView):
    """Where one is signed in; the other sessions can be ended."""

    @transaction.atomic
    def form_valid(self, form):
        others = UserSession.objects.filter(user=self.request.user)
        count = others.exclude(session_key=self.request.session.session_key).count()
        answer = super().form_valid(form)
        log(self.request.user, "sessions_ended", by=acting(self.request).who, new={"count": count})
        return answer


activate_totp = Activate.as_view()
sessions = Sessions.as_view()
