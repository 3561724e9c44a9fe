"""The shape of what people enter; what may be done with it stands in the actions."""

from datetime import datetime, time, timedelta

from allauth.account import forms as account
from allauth.account.models import EmailAddress
from allauth.account.utils import setup_user_email
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as WrongNumber

from zhongchuang.organisations import actions
from zhongchuang.organisations.actions.registration import code_is_free, credit_code
from zhongchuang.organisations.models import Region, Role, Scope, User
from zhongchuang.organisations.passwords import PasswordProfile
from zhongchuang.organisations.signin import whoever
from zhongchuang.page.refusal import Refused
from zhongchuang.policy.errors import Refused as Unreadable
from zhongchuang.policy.regions import region_code

NOTICE_VERSION = "2026-11"
"""The privacy notice that people agree to; a new text gets a new version."""


class Sure(forms.Form):
    """A form without fields: its button is the answer."""


# --- fields ---------------------------------------------------------------------------------------


class RegionField(forms.CharField):
    """A region by its name or code, with or without the regions above it; `wide` takes provinces as well."""

    def __init__(self, *args, wide=False, **kwargs):
        self.wide = wide
        super().__init__(*args, **kwargs)

    default_error_messages = {
        "several": _("Several regions are called so: %(names)s. Write the region above it as well."),
        "unknown": _("There is no such region. Write a name such as the full name of your county, or its code."),
        "wide": _("“%(name)s” is too wide. Name a county, a district or a development zone."),
    }  # fmt: skip

    def clean(self, value):
        text = " ".join(super().clean(value).split())
        if not text:
            return None
        exact = Q(full_name=text) | Q(name=text) | Q(code=text.upper())
        found = Region.objects.current().filter(exact) or self.read(text)
        if len(found) > 1:
            names = ", ".join(f"{region.full_name} {region.code}" for region in found[:5])
            raise ValidationError(
                self.error_messages["several"], code="several", params={"names": names}
            )
        if not self.wide and found[0].level in {Region.Level.NATIONAL, Region.Level.PROVINCE}:
            raise ValidationError(
                self.error_messages["wide"], code="wide", params={"name": found[0]}
            )
        return found[0]

    def read(self, text):
        try:
            code = region_code(text)
        except Unreadable as error:
            raise ValidationError(error.text(gettext), code="unknown") from error
        found = Region.objects.current().filter(code=code)
        if not found:
            raise ValidationError(self.error_messages["unknown"], code="unknown")
        return found


class CreditCodeField(forms.CharField):
    """A unified social credit code whose check digit is right (GB 32100-2015)."""

    default_error_messages = {
        "wrong": _(
            "%(value)s is no unified social credit code: 18 characters, and the last one must fit the others. Copy it from the licence."
        ),
    }

    def clean(self, value):
        text = super().clean(value)
        try:
            return credit_code(text) if text else ""
        except WrongNumber as error:
            raise ValidationError(
                self.error_messages["wrong"], code="wrong", params={"value": text[:30]}
            ) from error


def speak(form, **labels):
    """Our labels on the library's fields, and no text inside them that vanishes while one types."""
    for name, label in labels.items():
        if name in form.fields:
            form.fields[name].label = label
            form.fields[name].widget.attrs.pop("placeholder", None)
        if label in {PASSWORD, NEW_PASSWORD} and name == "password1":
            form.fields[name].help_text = PasswordProfile().get_help_text()
    return form


PASSWORD = _("Password")
NEW_PASSWORD = _("New password")
AGAIN = _("The same password again")
EMAIL = _("E-mail address")
CODE = _("Code")


# --- sign-in --------------------------------------------------------------------------------------


class SignInForm(account.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        speak(self, login=EMAIL, password=PASSWORD)
        self.fields["password"].help_text = ""


class PasswordAgainForm(account.ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        speak(self, password=PASSWORD).fields["password"].help_text = ""


class ChangePasswordForm(account.ChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        speak(self, oldpassword=_("Password in use"), password1=NEW_PASSWORD, password2=AGAIN)
        self.fields["oldpassword"].help_text = ""


class ForgottenPasswordForm(account.ResetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        speak(self, email=EMAIL)


class NewPasswordForm(account.ResetPasswordKeyForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        speak(self, password1=NEW_PASSWORD, password2=AGAIN)


class MailCodeForm(account.ConfirmEmailVerificationCodeForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        speak(self, code=CODE)


class ResetCodeForm(account.ConfirmPasswordResetCodeForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        speak(self, code=CODE)


class NewAuthenticatorForm(ActivateTOTPForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        speak(self, code=_("Code that the app shows"))


def agreed_field():
    """The box by which one agrees to the privacy notice."""
    return forms.BooleanField(
        label=_("I have read the privacy statement and agree to it."),
        error_messages={"required": _("To go on, read the privacy statement and tick the box.")},
    )


# --- registering ----------------------------------------------------------------------------------


class FounderForm(account.SignupForm):
    """A new account for a founder or a member of the public."""

    name = forms.CharField(
        label=_("Your name"), max_length=100, widget=forms.TextInput({"autocomplete": "name"})
    )
    agreed = agreed_field()
    field_order = ["name", "email", "password1", "password2", "agreed"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        speak(self, email=EMAIL, password1=PASSWORD, password2=AGAIN)

    @transaction.atomic
    def save(self, request):
        given = self.cleaned_data
        user = User.objects.create_user(
            given["email"], given["password1"], name=given["name"],
            notice=NOTICE_VERSION, notice_agreed=timezone.now(),
        )  # fmt: skip
        setup_user_email(request, user, [EmailAddress(email=user.email)])
        self.register(user, by=whoever(request))
        return user

    def register(self, user, *, by):
        actions.register_founder(user, by=by)


class OperatorFields(forms.Form):
    organisation = forms.CharField(
        label=_("Name of the organisation"), max_length=200,
        help_text=_("As it stands in the licence."),
        widget=forms.TextInput({"autocomplete": "organization"}),
    )  # fmt: skip
    credit_code = CreditCodeField(
        label=_("Unified social credit code"), max_length=30,
        help_text=_("18 characters, from the licence."),
    )  # fmt: skip
    region = RegionField(
        label=_("Region"), max_length=60,
        help_text=_("County, district or development zone in which you are; its department confirms the registration."),
    )  # fmt: skip

    @property
    def organisation_given(self):
        given = self.cleaned_data
        return {
            "name": given["organisation"],
            "code": given["credit_code"],
            "region": given["region"],
        }


class OperatorForm(OperatorFields, FounderForm):
    """A new operator together with the account of its head."""

    field_order = [
        "organisation", "credit_code", "region", "name", "email", "password1", "password2", "agreed",
    ]  # fmt: skip

    def clean_credit_code(self):
        code = self.cleaned_data["credit_code"]
        used = code_is_free(code)
        if used:
            raise ValidationError(str(used), code=used.code)
        return code

    def register(self, user, *, by):
        actions.register_operator(user, **self.organisation_given, by=by)

    def try_save(self, request):
        """As the library does; a code that was taken a moment ago is an error of the form."""
        try:
            return super().try_save(request)
        except Refused as refused:
            raise ValidationError(str(refused)) from refused


class CorrectionForm(OperatorFields):
    """The particulars of a registration that was not confirmed."""


class RefusalForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it is not confirmed"), max_length=500, widget=forms.Textarea({"rows": 4}),
        help_text=_("The operator reads this and can correct it. Name everything at once."),
    )  # fmt: skip


# --- posts ----------------------------------------------------------------------------------------


class InvitationForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=100)
    email = forms.EmailField(label=EMAIL, max_length=254)
    role = forms.ChoiceField(label=_("Role"))
    until = forms.DateField(
        label=_("Last day of the post"), required=False, widget=forms.DateInput({"type": "date"})
    )

    def __init__(self, *args, roles, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role, Role(role).label) for role in roles]

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until and until < timezone.localdate():
            raise ValidationError(
                _("%(day)s has passed. Leave it empty, or name a day to come."),
                code="past", params={"day": until},
            )  # fmt: skip
        return until


class TokenForm(forms.Form):
    """A token is good for what is ticked, until the end of a day."""

    name = forms.CharField(
        label=_("Name of the token"), max_length=60,
        help_text=_("Name the program that uses it; the audit log shows the name."),
    )  # fmt: skip
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"), widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick only what the program needs."),
    )  # fmt: skip
    last_day = forms.DateField(
        label=_("Last day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args, scopes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["scopes"].choices = [(scope, Scope(scope).label) for scope in scopes]

    def clean_last_day(self):
        day, today = self.cleaned_data["last_day"], timezone.localdate()
        latest = today + timedelta(days=settings.TOKEN_DAYS)
        if not today <= day <= latest:
            raise ValidationError(
                _("%(day)s does not lie between today and %(latest)s, the longest that a token lasts."),
                code="lasts", params={"day": day, "latest": latest},
            )  # fmt: skip
        return day

    @property
    def given(self):
        """As the action takes it: the last day is meant whole."""
        end = datetime.combine(self.cleaned_data["last_day"] + timedelta(days=1), time())
        return {
            "name": self.cleaned_data["name"],
            "scopes": self.cleaned_data["scopes"],
            "expires": timezone.make_aware(end),
        }


class NewAccountForm(forms.Form):
    """The account of someone who was invited."""

    name = forms.CharField(
        label=_("Your name"), max_length=100, widget=forms.TextInput({"autocomplete": "name"})
    )
    password = forms.CharField(
        label=PASSWORD, strip=False, widget=forms.PasswordInput({"autocomplete": "new-password"})
    )
    again = forms.CharField(
        label=AGAIN, strip=False, widget=forms.PasswordInput({"autocomplete": "new-password"})
    )
    agreed = agreed_field()

    def __init__(self, *args, email, **kwargs):
        self.email = email
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = PasswordProfile().get_help_text()

    def clean_password(self):
        user = User(email=self.email, name=self.cleaned_data.get("name", ""))
        password_validation.validate_password(self.cleaned_data["password"], user)
        return self.cleaned_data["password"]

    def clean_again(self):
        if self.cleaned_data["again"] != self.cleaned_data.get(
            "password", self.cleaned_data["again"]
        ):
            raise ValidationError(
                _("The two passwords differ. Type the same one twice."), code="differ"
            )
        return self.cleaned_data["again"]

    @property
    def given(self):
        given = {name: self.cleaned_data[name] for name in ("name", "password")}
        return given | {"notice": NOTICE_VERSION}


class ProfileForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["name", "language"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"] = forms.ChoiceField(
            label=_("Language of letters"), choices=settings.LANGUAGES
        )
