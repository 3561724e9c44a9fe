"""Passwords of the people whom the demonstration lets sign in: made by chance, shown once, kept as hashes alone."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password
from django.db import transaction
from django.utils import timezone

from zhongchuang.audit.actions import log
from zhongchuang.organisations.models import Post, User
from zhongchuang.page.refusal import require
from zhongchuang.spaces.demonstration.filling import NOT_ASKED
from zhongchuang.spaces.demonstration.world import address, data

CAPITALS, SMALL, DIGITS = "ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghjkmnpqrstuvwxyz", "23456789"
"""Signs of the passwords; those that look alike are left out."""

GROUPS = 4
THREADS = 2


@dataclass(frozen=True)
class SignIn:
    """A line of the table that is printed."""

    role: str
    where: str
    email: str
    password: str


def new_password():
    """Four groups such as Rk7m: about 66 bits, three kinds of signs, easy to read out."""
    group = (CAPITALS, SMALL, DIGITS, SMALL)
    return "-".join("".join(map(secrets.choice, group)) for _group in range(GROUPS))


def sign_ins():
    """The addresses of those who may sign in, in the order of the table."""
    return [address(local) for local in data("places")["sign_ins"]["order"]]


def nobody_signed_in_yet():
    """Whether the demonstration is in the database but its people have no passwords: it was stopped just then."""
    found = User.objects.filter(email__in=sign_ins())
    return (
        found.exists() and not found.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX).exists()
    )


@dataclass(frozen=True)
class Passwords:
    """Passwords by address, and their hashes, which take a while and are made beside other work."""

    plain: dict
    hashes: dict

    def forget(self):
        """Make no more hashes: nothing came of it."""
        for one in self.hashes.values():
            one.cancel()


def new_passwords():
    """New passwords for all who may sign in, with the making of their hashes begun."""
    plain = {email: new_password() for email in sign_ins()}
    pool = ThreadPoolExecutor(THREADS)
    hashes = {email: pool.submit(make_password, one) for email, one in plain.items()}
    pool.shutdown(wait=False)
    return Passwords(plain, hashes)


def give_passwords(passwords):
    """Write the hashes; whoever was signed in with an earlier password is signed out. The table to be shown once."""
    require(None if settings.DEMONSTRATION else NOT_ASKED)
    hashes = {email: one.result() for email, one in passwords.hashes.items()}
    people = {user.email: user for user in User.objects.filter(email__in=passwords.plain)}
    with transaction.atomic():
        for email, user in people.items():
            user.password, user.password_set = hashes[email], timezone.now()
            user.save(update_fields=["password", "password_set"])
            for session in UserSession.objects.filter(user=user):
                session.end()
            log(user, "password_set", by=None)
    posts = Post.objects.current().filter(user__in=people.values())
    held = {one.user.email: one for one in posts.select_related("user", "organisation")}
    return [
        SignIn(str(held[email].get_role_display()), str(held[email].organisation or ""), email, one)
        for email, one in passwords.plain.items()
        if email in held
    ]
