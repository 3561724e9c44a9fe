"""What the figures are asked for: a region below one's own, a kind, a day, which year a year is."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zhongchuang.spaces.models import Space


class LookForm(forms.Form):
    """It stands in the address, so that a page of figures can be passed on."""

    region = forms.ChoiceField(label=_("Region"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=Space.Kind.choices)
    on = forms.DateField(
        label=_("As of"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )  # fmt: skip
    window = forms.ChoiceField(
        label=_("A year is"), required=False,
        choices=[("calendar_year", _("the last calendar year")), ("last_12_months", _("the last twelve months"))],
    )  # fmt: skip

    def __init__(self, *args, regions=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = [("", _("all")), *regions]
