"""Sign-in: what the library for accounts asks of us, and how long a session lasts."""

import base64
import hashlib
from datetime import timedelta

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhongchuang.audit.actions import log
from zhongchuang.audit.models import Subject, Who
from zhongchuang.organisations import attempts, jobs
from zhongchuang.organisations.access import POST_IN_SESSION, Acting, acting
from zhongchuang.organisations.actions import use_recovery_code
from zhongchuang.organisations.models import Role, User
from zhongchuang.organisations.models.people import ADMINISTRATORS
from zhongchuang.organisations.passwords import password_is_old
from zhongchuang.page.display import same_site_path

BEGAN, SEEN = "began", "seen"
ABSOLUTE = timedelta(hours=12)
IDLE_STAFF, IDLE_OTHERS = timedelta(minutes=30), timedelta(minutes=60)
SEEN_EVERY = timedelta(minutes=1)
"""How often a session notes that it is in use; each note is a write."""

ASKED = "/session/"
"""Where an open page asks how long it has; asking is no use of the session."""

SECOND_FACTOR_ROLES = ADMINISTRATORS | {Role.REVIEWER, Role.APPROVER}
RECORDED_BEFORE = {"totp_activated"}
"""Changes that the library tells of after its commit, so they are recorded in their view."""

CODE_REMEMBERED = 120
"""Seconds for which a used one-time code is remembered: longer than it is valid with a step either way."""


def write_down(subject, verb, *, by, **more):
    """An entry for what happens outside an action: sign-in, sign-out, changes of the sign-in itself."""
    with transaction.atomic():
        log(subject, verb, by=by, **more)


def email_in(credentials):
    return str(credentials.get("email", "")).strip().lower()


def whoever(request):
    """Someone who has not signed in."""
    return Who(ip=AccountAdapter(request).get_client_ip(request))


# --- the library's questions ----------------------------------------------------------------------


class AccountAdapter(DefaultAccountAdapter):
    """One account an address; every sign-in, failure and change of a password stands in the audit chain."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": gettext_lazy(
            "The e-mail address and the password do not match. Check both; a forgotten password can be replaced."
        ),
        "too_many_login_attempts": gettext_lazy(
            "Too many failed attempts from here. Wait a little, then try again; each further failure makes the wait longer, up to 15 minutes."
        ),
        "account_under_attack": gettext_lazy(
            "Many failed attempts on this address came from places where it was never used. Wait up to 15 minutes, sign in from where you did before, or replace the password."
        ),
        "incorrect_code": gettext_lazy(
            "This code does not match. Use the newest code, or ask for another one."
        ),
        "incorrect_password": gettext_lazy("This password does not match the one in use."),
    }

    def _get_login_attempts_cache_key(self, request, **credentials):
        """Failures count for an account from an address, so that nobody can lock another person out (S-05)."""
        return f"{self.get_client_ip(request)} {email_in(credentials)}"

    def pre_authenticate(self, request, **credentials):
        try:
            self.check_account(request, email_in(credentials))
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            self.note_failure("sign_in_held", request, credentials)
            raise

    def check_account(self, request, email):
        """Who comes from where the account was never used waits when others failed on it, from wherever (S-05)."""
        if request.user.is_authenticated or not attempts.are_many(email):
            return
        if not self.is_known(request, email) and attempts.held(email):
            raise self.validation_error("account_under_attack")

    def is_known(self, request, email):
        """Whether the account was used from this network address before."""
        user = User.objects.filter(email=email).first()
        return attempts.signed_in_before(user.pk if user else 0, self.get_client_ip(request))

    def authentication_failed(self, request, **credentials):
        email = email_in(credentials)
        if not self.is_known(request, email):
            attempts.note(email)
        self.note_failure("sign_in_failed", request, credentials)

    def note_failure(self, verb, request, credentials):
        """The account, if there is one; what was typed otherwise may be a password and is left out."""
        user = User.objects.filter(email=email_in(credentials)).first()
        subject = user or Subject("organisations.user", label="unknown account")
        write_down(subject, verb, by=whoever(request), result="refused")

    @transaction.atomic
    def login(self, request, user):
        """The session and its entry are written together (M-03)."""
        super().login(request, user)
        request.session[BEGAN] = request.session[SEEN] = timezone.now().timestamp()
        # One goes on in the post that one chose last, and this session stays in it whatever another one chooses.
        request.session[POST_IN_SESSION] = next((post.pk for post in user.current_posts), None)
        log(user, "signed_in", by=acting(request).who)

    @transaction.atomic
    def logout(self, request):
        if request.user.is_authenticated:
            log(request.user, "signed_out", by=acting(request).who)
        super().logout(request)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """Called by the library with each change of a sign-in: it is recorded, and told by mail.

        The change is in the same transaction (views.library); what the library tells after its own commit is
        recorded there.
        """
        verb = template_prefix.rsplit("/", 1)[-1]
        if verb not in RECORDED_BEFORE:
            write_down(user, verb, by=self.changer(user))
        super().send_notification_mail(template_prefix, user, context, email)

    def is_safe_url(self, url):
        """Only a path of this site; the library would also lead to its other host names (S-15)."""
        return bool(url) and same_site_path(url) == url

    def changer(self, user):
        """Who is signed in; else the owner, who has just shown a code from their mailbox."""
        if self.request.user.is_authenticated:
            return acting(self.request).who
        return Acting(user, None, self.get_client_ip(self.request)).who

    def send_mail(self, template_prefix, email, context):
        """By the worker, so that an answer takes as long for a known address as for an unknown one."""
        message = self.render_mail(template_prefix, email, {"platform": settings.SITE} | context)
        jobs.post(message.subject, message.body, email)


class ExternalAdapter(DefaultSocialAccountAdapter):
    """An account elsewhere signs in who has connected it; it never makes an account here."""

    def is_open_for_signup(self, request, sociallogin):
        return False


def cipher():
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(f"second factor {key}".encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keys of authenticator apps lie encrypted in the database."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy(
            "This code does not match, or was used already. Wait for the next one."
        ),
        "cannot_delete_authenticator": gettext_lazy("Your post requires a second factor."),
    }

    def encrypt(self, text):
        return cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return cipher().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self):
        return str(settings.SITE["name"])

    def can_delete_authenticator(self, authenticator):
        return not any(needs_second_factor(post) for post in authenticator.user.current_posts)


class CodeOnce:
    """A code of the app counts once within its time; a recovery code counts once for ever."""

    def clean_code(self):
        try:
            return self.checked_code()
        except ValidationError:
            by = whoever(context.request)
            write_down(self.user, "second_factor_failed", by=by, result="refused")
            raise

    def checked_code(self):
        check_rate_limit(self.user)
        code = self.cleaned_data["code"]
        if use_recovery_code(self.user, code):
            self.authenticator = Authenticator.objects.get(
                user=self.user, type=Authenticator.Type.TOTP
            )
            return code
        code = super().clean_code()
        digits = "".join(sign for sign in code if sign.isdigit())
        if not cache.add(f"one-time-code:{self.user.pk}:{digits}", 1, CODE_REMEMBERED):
            raise SecondFactorAdapter().validation_error("incorrect_code")
        return code


class SecondFactorForm(CodeOnce, AuthenticateForm):
    pass


class SecondFactorAgainForm(CodeOnce, ReauthenticateForm):
    pass


# --- sessions (S-06) ------------------------------------------------------------------------------


def needs_second_factor(post):
    return settings.MLPS == "3" and post.role in SECOND_FACTOR_ROLES


def has_second_factor(user):
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def idle_limit(request):
    """For how long this person may do nothing."""
    post = acting(request).post
    return IDLE_STAFF if post and post.is_staff else IDLE_OTHERS


def why_over(request, now):
    """Why a session ends now: too old, or unused for too long; None while it goes on."""
    began = request.session.setdefault(BEGAN, now)
    seen = request.session.setdefault(SEEN, now)
    idle = idle_limit(request)
    if now - began > ABSOLUTE.total_seconds():
        return _(
            "You were signed in for 12 hours. Sign in again to go on; what was saved is there."
        )
    if now - seen > idle.total_seconds():
        return _(
            "You were signed out after %(minutes)d minutes without use. What was saved is there."
        ) % {"minutes": idle.total_seconds() // 60}
    return None


def seconds_left(request):
    """How long the session lasts if nothing more is done, and whether doing something makes it longer."""
    now = timezone.now().timestamp()
    idle = request.session.get(SEEN, now) + idle_limit(request).total_seconds() - now
    absolute = request.session.get(BEGAN, now) + ABSOLUTE.total_seconds() - now
    return max(int(min(idle, absolute)), 0), idle < absolute


def stay(request):
    """The reader said that they are there."""
    request.session[SEEN] = timezone.now().timestamp()


def what_comes_first(request):
    """The page that a person must deal with before any other: an old password, a second factor not set up."""
    if password_is_old(request.user):
        text = _("Your password is older than %(days)d days. Choose a new one.")
        return "account_change_password", text % settings.PASSWORD_PROFILES[
            settings.PASSWORD_POLICY
        ]
    post = acting(request).post
    if post and needs_second_factor(post) and not has_second_factor(request.user):
        return "mfa_activate_totp", _("Your post requires a second factor. Set it up now.")
    return None


@transaction.atomic
def end_session(request):
    log(request.user, "session_ended", by=acting(request).who)
    logout(request)


def session_rules(get_response):
    """Ends sessions that are over, leads first to what must be done first, and leaves nothing behind (M-07)."""

    def middleware(request):
        was_signed_in = request.user.is_authenticated
        if was_signed_in:
            end_or_note(request)
        response = first_things(request) or get_response(request)
        if was_signed_in and not request.user.is_authenticated:
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        if was_signed_in:
            # What a signed-in person saw is gone with the sign-out, also for the Back button.
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return middleware


def end_or_note(request):
    """End a session that is over, or note that it is in use."""
    now = timezone.now().timestamp()
    over = why_over(request, now)
    if over:
        end_session(request)
        messages.info(request, over)
    elif request.path != ASKED and now - request.session[SEEN] > SEEN_EVERY.total_seconds():
        request.session[SEEN] = now


def first_things(request):
    """The way to what a signed-in person must do before anything else."""
    if not request.user.is_authenticated or request.path.startswith(settings.FREE_PATHS):
        return None
    first = what_comes_first(request)
    if first is None:
        return None
    messages.warning(request, first[1])
    return redirect(reverse(first[0]))
