"""One's own account: the profile, the second factor, and the session of an open page (S-06)."""

from functools import partial

from allauth.account.decorators import reauthentication_required
from allauth.mfa.adapter import get_adapter as second_factor
from allauth.mfa.totp.internal.auth import get_totp_secret
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from zhongchuang.organisations import actions
from zhongchuang.organisations.access import acting, may_end
from zhongchuang.organisations.forms import ProfileForm
from zhongchuang.organisations.signin import has_second_factor, seconds_left, stay
from zhongchuang.organisations.views import do, posted


@login_required
def profile(request):
    form = ProfileForm(posted(request), instance=request.user)
    page = {
        "template": "organisations/profile.html",
        "given_up": {
            one.pk for one in request.user.current_posts if may_end(acting(request), one) is None
        },
        "second_factor": has_second_factor(request.user),
        "outside": bool(settings.SOCIALACCOUNT_PROVIDERS),
    }
    act = partial(actions.change_profile, request.user, form, by=acting(request))
    return do(request, form, act, done=_("Saved."), to="organisations:profile", page=page)


@never_cache
@login_required
@reauthentication_required
def recovery_codes(request):
    """How many are left; new ones are shown once, right after they were made."""
    codes = []
    if request.method == "POST" and has_second_factor(request.user):
        codes = actions.new_recovery_codes(request.user, by=acting(request))
    left = request.user.recovery_codes.filter(used=None).count()
    return render(request, "organisations/recovery_codes.html", {"codes": codes, "left": left})


@never_cache
@login_required
@require_safe
def second_factor_picture(request):
    """The key of a new authenticator app as a QR code."""
    adapter = second_factor()
    address = adapter.build_totp_url(request.user, get_totp_secret())
    return HttpResponse(adapter.build_totp_svg(address), content_type="image/svg+xml")


# --- the session of an open page ------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "POST"])
def session(request):
    """Who is signed in and for how long, and the key for the next form; a post says that the reader is there."""
    answer = {"user": None, "left": 0, "longer": False, "token": get_token(request)}
    if request.user.is_authenticated:
        if request.method == "POST":
            stay(request)
        answer["left"], answer["longer"] = seconds_left(request)
        answer["user"] = request.user.pk
    return JsonResponse(answer)


@login_required
@require_safe
def session_begun(request):
    """Where the sign-in beside an open form ends."""
    return render(request, "organisations/session_begun.html")
