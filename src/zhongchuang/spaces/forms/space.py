"""What a space begins with, what moves it through the register, and by what the list is filtered."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.forms import RegionField
from zhongchuang.records.forms import Keyed, Seen
from zhongchuang.spaces.forms.versions import day_input, likely
from zhongchuang.spaces.models import Particulars, Space


class NewSpaceForm(Keyed):
    """What a space begins with; the sections follow on its page."""

    name = forms.CharField(label=_("Name of the space"), max_length=200)
    short_name = forms.CharField(label=_("Short name"), max_length=60, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=Space.Kind)
    opened = forms.DateField(
        label=_("Opened on"), widget=day_input(),
        help_text=_("The day on which it began to operate. Months of operation count from it."),
    )  # fmt: skip
    region = RegionField(
        label=_("Region"), max_length=60,
        help_text=_("County, district or development zone in which it lies; its department examines the space."),
    )  # fmt: skip
    address = forms.CharField(label=_("Address"), max_length=200)

    def clean_opened(self):
        day = self.cleaned_data["opened"]
        if day > timezone.localdate():
            raise ValidationError(
                _("%(day)s is still to come. A space is registered when it has opened."),
                code="future", params={"day": date_format(day)},
            )  # fmt: skip
        return likely(day)


class BasicsForm(Seen):
    kind = forms.ChoiceField(label=_("Kind"), choices=Space.Kind)
    opened = forms.DateField(label=_("Opened on"), widget=day_input())
    clean_opened = NewSpaceForm.clean_opened


class ReturnForm(Keyed):
    reason = forms.CharField(
        label=_("What is to be corrected"), max_length=1000, widget=forms.Textarea({"rows": 4}),
        help_text=_("The operator reads this. Name everything at once, each with how to put it right."),
    )  # fmt: skip


class CloseForm(Keyed):
    on = forms.DateField(label=_("First day on which it no longer runs"), widget=day_input())
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea({"rows": 3}))


class FilterForm(forms.Form):
    """What the register is filtered by; it stands in the address, so that a list can be passed on."""

    q = forms.CharField(
        label=_("Name, short name, operator or place"), max_length=100, required=False
    )
    region = forms.ChoiceField(label=_("Region"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("all")), *Space.Kind.choices]
    )
    industry = forms.ChoiceField(
        label=_("Industry"), required=False,
        choices=[("", _("all")), *Particulars.Industry.choices],
    )  # fmt: skip
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("all")), *Space.State.choices]
    )

    def __init__(self, *args, regions=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = [("", _("all")), *regions]
