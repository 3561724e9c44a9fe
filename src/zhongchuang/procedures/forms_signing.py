"""What is sent with cases that were chosen together, and with a signature under many proposals."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from zhongchuang.procedures.access_signing import NONE_LEFT
from zhongchuang.records.forms import Keyed

LONGEST = 2000
MOST = 100
"""So many stand on one page, and so many are signed together."""


class ChosenForm(Keyed):
    """Cases as their reader saw them, each with its version."""

    chosen = forms.CharField(widget=forms.HiddenInput, max_length=MOST * 40)

    def clean_chosen(self):
        """Pairs of the key of a case and the version that was shown."""
        try:
            pairs = [tuple(int(part) for part in one.split(":")) for one in self.cleaned_data["chosen"].split(",")]  # fmt: skip
            return dict(pairs[:MOST])
        except ValueError:
            raise ValidationError(str(NONE_LEFT), code="none_left") from None


class TogetherForm(ChosenForm):
    """The proposals before their signer, with a common remark."""

    words = forms.CharField(
        label=_("Remark"), required=False, max_length=LONGEST, widget=forms.Textarea({"rows": 3}),
        help_text=_("It stays in the course of each case."),
    )  # fmt: skip


def as_sent(cases):
    """What `chosen` holds for these cases."""
    return ",".join(f"{one.pk}:{one.version}" for one in cases)
