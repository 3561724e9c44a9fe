from django import forms
from django.utils.translation import gettext_lazy as _

from zhongchuang.privacy.models import DataRequest
from zhongchuang.records.forms import Keyed


class DataRequestForm(Keyed):
    kind = forms.ChoiceField(
        label=_("What you ask for"), choices=DataRequest.Kind, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("In detail"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("What is to be corrected and how, or which data you mean."),
    )


class AnswerForm(forms.Form):
    done = forms.TypedChoiceField(
        label=_("Your answer"),
        choices=[("yes", _("It was done")), ("no", _("It is refused"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Letter to the person"),
        max_length=2000,
        widget=forms.Textarea({"rows": 6}),
        help_text=_(
            "Say what was done. A refusal names its ground and how the person can complain."
        ),
    )
