"""What narrows the lists of the desk, and what is sent with cases that are handed over together."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhongchuang.organisations.models import User
from zhongchuang.procedures.desk import EVERYBODY, Asked
from zhongchuang.procedures.forms_signing import ChosenForm


class DeskForm(forms.Form):
    """It stands in the address, so that a list can be passed on; what does not fit is left out."""

    q = forms.CharField(label=_("Number, space or operator"), max_length=100, required=False)
    at = forms.ChoiceField(label=_("Procedure and step"), required=False)
    whose = forms.ChoiceField(
        label=_("Done by"), required=False, choices=[("", _("me")), (EVERYBODY, _("my department"))]
    )

    def __init__(self, *given, courses, **more):
        super().__init__(*given, **more)
        self.fields["at"].choices = [("", _("all")), *courses]

    @property
    def asked(self):
        """What is asked, of what fits."""
        self.full_clean()
        return Asked(**{name: self.cleaned_data.get(name, "") for name in self.fields})


class HandingForm(ChosenForm):
    """A colleague for the chosen cases, with what is said to them."""

    colleague = forms.ModelChoiceField(
        User.objects.none(), label=_("Colleague"), empty_label=pgettext_lazy("case", "Choose")
    )
    words = forms.CharField(
        label=_("What your colleague should know"), required=False, max_length=1000, widget=forms.Textarea({"rows": 3}),
        help_text=_("It stays in the course of each case."),
    )  # fmt: skip

    def __init__(self, *given, people, **more):
        super().__init__(*given, **more)
        self.fields["colleague"].queryset = User.objects.filter(pk__in=[one.pk for one in people]).order_by("name", "pk")  # fmt: skip
