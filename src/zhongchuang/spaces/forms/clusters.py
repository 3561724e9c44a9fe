"""Clusters and their members."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.forms import RegionField
from zhongchuang.organisations.models import Organisation
from zhongchuang.records.forms import Keyed
from zhongchuang.spaces.forms.versions import day_input
from zhongchuang.spaces.models import Cluster, Space


class ClusterForm(Keyed, forms.ModelForm):
    region = RegionField(label=_("Region"), max_length=60)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Cluster
        fields = ["name", "kind", "region", "founded", "about"]
        widgets = {"founded": day_input(), "about": forms.Textarea({"rows": 3})}

    def _post_clean(self):
        """The action writes the row."""


class MemberForm(Keyed):
    """A space by its code, or another organisation by its credit code, as far as one sees them."""

    member = forms.CharField(
        label=_("Code of the space, or unified social credit code"), max_length=30,
        help_text=_("The code of a space stands on its page."),
    )  # fmt: skip
    since = forms.DateField(label=_("Since"), widget=day_input())

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_member(self):
        code = self.cleaned_data["member"].strip()
        space = Space.objects.visible_to(self.by).filter(code=code.lower()).first()
        seen = Organisation.objects.visible_to(self.by).confirmed()
        found = space or seen.filter(credit_code=code.upper()).first()
        if found is None:
            raise ValidationError(
                _("Nothing that you see has the code %(code)s. Copy it from the page of the space or from the licence."),
                code="unknown", params={"code": code},
            )  # fmt: skip
        return found
