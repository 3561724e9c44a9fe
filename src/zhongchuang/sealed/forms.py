"""How a sealed value is entered: shown masked, and kept where the mask is sent back unchanged."""

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from zhongchuang.files.personal import is_identity
from zhongchuang.sealed.values import Sealed

IDENTITY_FORM = re.compile(r"[0-9]{17}[0-9X]")
MOBILE_FORM = re.compile(r"1[3-9][0-9]{9}|\+[1-9][0-9]{6,14}")


class SealedFormField(forms.CharField):
    is_sealed = True

    def prepare_value(self, value):
        return str(value) if isinstance(value, Sealed) else value

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial), data)

    def _clean_bound_field(self, bf):
        """What stands there already, if its mask came back; anything else is a new text."""
        initial = bf.initial
        if isinstance(initial, Sealed) and str(bf.data or "").strip() == str(initial):
            return initial
        return super()._clean_bound_field(bf)


def plain_sign(text):
    """The number as it is kept: usual digits, large letters, without blanks and strokes."""
    return re.sub(r"[\s\u00b7-]", "", unicodedata.normalize("NFKC", text)).upper()


class IdentityField(SealedFormField):
    """An identity number by GB 11643: region, day of birth and check digit agree."""

    def to_python(self, value):
        return plain_sign(super().to_python(value))

    def validate(self, value):
        super().validate(value)
        if value and not (IDENTITY_FORM.fullmatch(value) and is_identity(value)):
            raise ValidationError(
                _("This is no identity number: it has 18 digits, the last one may be X, and region, day of birth and check digit agree. Compare it with the card, or leave it blank."),
                code="not_an_identity_number",
            )  # fmt: skip


class MobileField(SealedFormField):
    """A mobile telephone of the mainland, or any number with + and the code of its country."""

    def to_python(self, value):
        return re.sub(r"^\+?86(?=1[3-9][0-9]{9}$)", "", plain_sign(super().to_python(value)))

    def validate(self, value):
        super().validate(value)
        if value and not MOBILE_FORM.fullmatch(value):
            raise ValidationError(
                _("This is no mobile telephone: 11 digits that begin with 1, or + and the code of the country before a number from abroad. Correct it, or leave it blank.")
                if not self.required
                else _("This is no mobile telephone: 11 digits that begin with 1, or + and the code of the country before a number from abroad. Correct it."),
                code="not_a_mobile",
            )  # fmt: skip
