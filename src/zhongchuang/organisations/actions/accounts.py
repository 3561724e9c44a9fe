"""Accounts: closing, opening and deleting, changing the post one acts in, recovery codes."""

import secrets
from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

from zhongchuang.audit.actions import log
from zhongchuang.organisations import jobs
from zhongchuang.organisations.access import POST_IN_SESSION, may_switch_off
from zhongchuang.organisations.actions.posts import hold
from zhongchuang.organisations.models import Invitation, Post, RecoveryCode, User
from zhongchuang.page.refusal import require

CODES = 10
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Signs of recovery codes; those that look alike are left out."""


def close(user):
    User.objects.filter(pk=user.pk).update(is_active=False)
    for session in UserSession.objects.filter(user=user):
        session.end()


@transaction.atomic
def switch_off(user, *, by):
    """Close an account; its sessions end with it."""
    for post in user.current_posts:
        hold(post.organisation_id)
    require(may_switch_off(by, user))
    close(user)
    log(user, "account_closed", by=by.who)
    return user


@transaction.atomic
def close_unused(user, *, on):
    """Close an official's account that nobody has used for long, and tell its owner (M-02)."""
    close(user)
    jobs.write("closed_unused", user.email, address=reverse("account_login"))
    log(user, "unused_account_closed", by=None, given={"last_used": user.last_login, "on": on})
    return user


@transaction.atomic
def switch_on(user, *, by):
    """Open a closed account again."""
    require(may_switch_off(by, user))
    User.objects.filter(pk=user.pk).update(is_active=True)
    log(user, "account_opened", by=by.who)
    return user


@transaction.atomic
def take_post(request, post, *, by):
    """Act in another of one's posts from now on, in a session with a new key (S-06)."""
    old = request.session.session_key
    request.session[POST_IN_SESSION] = post.pk
    request.session.cycle_key()
    Post.objects.filter(pk=post.pk).update(taken=timezone.now())
    UserSession.objects.filter(session_key=old).update(session_key=request.session.session_key)
    log(post, "post_taken", by=by.who)
    return post


def digest_of(user, code):
    signs = "".join(sign for sign in code.lower() if sign.isalnum())
    return salted_hmac(
        "organisations.recovery", f"{user.pk} {signs}", algorithm="sha256"
    ).hexdigest()


@transaction.atomic
def new_recovery_codes(user, *, by):
    """Ten codes, shown this once; those before them no longer work."""
    codes = ["".join(secrets.choice(SIGNS) for _ in range(10)) for _ in range(CODES)]
    user.recovery_codes.all().delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, digest=digest_of(user, code)) for code in codes
    )
    log(user, "recovery_codes_made", by=by.who)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


@transaction.atomic
def use_recovery_code(user, code):
    """Whether the code was one of the user's and unused; it is used then."""
    unused = RecoveryCode.objects.filter(user=user, digest=digest_of(user, code), used=None)
    if not unused.update(used=timezone.now()):
        return False
    log(user, "recovery_code_used", by=None)
    return True


@transaction.atomic
def change_profile(user, form, *, by):
    """Save name and language; the old name stays in the audit chain."""
    old = User.objects.values("name", "language").get(pk=user.pk)
    form.save()
    log(user, "profile_changed", by=by.who, old=old, new=form.cleaned_data)
    return user


@dataclass(frozen=True)
class Erased:
    """The event that an account was deleted: apps take the person out of what they hold, in the same transaction."""

    user: User


@transaction.atomic
def erase(user, *, by):
    """Delete an account: nobody can sign in or recognise the person by it; rows that the law keeps go on naming its key.

    The caller has checked that it may be deleted, and tells the other apps by `consequences(Erased(user))`.
    The audit log keeps what it was told: it cannot be changed, and goes when its days are over.
    """
    for post in user.current_posts:
        hold(post.organisation_id)
    user.posts.current().update(until=timezone.now())
    close(user)
    for held in (user.recovery_codes, user.past_passwords, user.emailaddress_set,
                 user.authenticator_set, user.socialaccount_set, user.usersession_set):  # fmt: skip
        held.all().delete()
    name, email = gettext("deleted account %(number)s") % {"number": user.pk}, erased_address(user)
    invitations = Invitation.objects.filter(Q(accepted_by=user) | Q(email=user.email))
    invitations.filter(accepted=None, withdrawn=None).update(withdrawn=timezone.now())
    invitations.update(name=name, email=email)
    user.name, user.email, user.language, user.last_login = name, email, "", None
    user.set_unusable_password()
    user.save(update_fields=["name", "email", "language", "last_login", "password"])
    log(user, "account_erased", by=by.who)
    return user


def erased_address(user):
    """An address that no mail can reach, one for each account."""
    return f"erased-{user.pk}@erased.invalid"
