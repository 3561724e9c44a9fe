"""The password profiles: what a new password must be, and when it is too old."""

import string
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from zhongchuang.organisations.models import PastPassword, User


class PasswordProfile:
    """The chosen profile: `asvs` is long and free of rules, `djbh` follows GB/T 22239."""

    def validate(self, password, user=None):
        profile = settings.PASSWORD_PROFILES[settings.PASSWORD_POLICY]
        faults = [
            too_short(password, profile),
            too_plain(password, profile),
            names_the_site(password, profile),
            used_before(password, profile, user),
        ]
        if any(faults):
            raise ValidationError([fault for fault in faults if fault])

    def get_help_text(self):
        profile = settings.PASSWORD_PROFILES[settings.PASSWORD_POLICY]
        text = _("At least %(length)d characters; a sentence is easy to remember.") % profile
        if profile["kinds"]:
            text = (
                _(
                    "At least %(length)d characters, of at least %(kinds)d kinds: capital letters, small letters, digits, other signs."
                )
                % profile
            )
        return text

    def password_changed(self, password, user=None):
        """Django calls this once a new password is saved: its day counts from now, its hash is remembered."""
        profile = settings.PASSWORD_PROFILES[settings.PASSWORD_POLICY]
        now = timezone.now()
        User.objects.filter(pk=user.pk).update(password_set=now)
        if profile["remembered"]:
            PastPassword.objects.create(user=user, password=user.password, since=now)
        kept = user.past_passwords.values_list("pk", flat=True)[: profile["remembered"]]
        user.past_passwords.exclude(pk__in=list(kept)).delete()


def too_short(password, profile):
    if len(password) >= profile["length"]:
        return None
    return ValidationError(
        _("The password has %(found)d characters; at least %(length)d are needed."),
        code="too_short",
        params={"found": len(password), "length": profile["length"]},
    )


def kinds_in(password):
    tests = (str.isupper, str.islower, str.isdigit, lambda sign: not sign.isalnum())
    return sum(any(test(sign) for sign in password) for test in tests)


def too_plain(password, profile):
    if kinds_in(password) >= profile["kinds"]:
        return None
    return ValidationError(
        _(
            "The password has %(found)d kinds of signs; %(kinds)d of these are needed: capital letters, small letters, digits, other signs."
        ),
        code="too_plain",
        params={"found": kinds_in(password), "kinds": profile["kinds"]},
    )


def names_the_site(password, profile):
    words = {"zhongchuang", str(settings.SITE["domain"]).partition(".")[0].lower()} - {""}
    rest = password.lower()
    for word in words:
        rest = rest.replace(word, "")
    if rest == password.lower() or len(rest.strip(string.digits)) >= profile["length"] // 2:
        return None
    return ValidationError(
        _("The password is little more than the name of this site. Choose another one."),
        code="names_the_site",
    )


def used_before(password, profile, user):
    if not (profile["remembered"] and user and user.pk):
        return None
    earlier = user.past_passwords.all()[: profile["remembered"]]
    if not any(check_password(password, one.password) for one in earlier):
        return None
    return ValidationError(
        _("This is one of your last %(remembered)d passwords. Choose another one."),
        code="used_before",
        params=profile,
    )


def password_is_old(user):
    days = settings.PASSWORD_PROFILES[settings.PASSWORD_POLICY]["days"]
    if not days or user.password_set is None:
        return False
    return timezone.now() - user.password_set > timedelta(days=days)
