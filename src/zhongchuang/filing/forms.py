from django import forms
from django.utils.translation import gettext_lazy as _

from zhongchuang.records.forms import Seen

PUBLISHED = _(
    "It is published beside the title. Name the article and the facts; no names of people."
)


class RevokeForm(Seen):
    words = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea({"rows": 4}),
        help_text=PUBLISHED,
    )  # fmt: skip
    false_material = forms.BooleanField(
        label=_("It was obtained by false material: it goes on the credit record of the operator, who is barred where the document says so"),
        required=False,
    )  # fmt: skip

    def __init__(self, *args, title, **more):
        super().__init__(*args, **more)
        if not title.false_material_basis:
            del self.fields["false_material"]


class GiveUpForm(Seen):
    words = forms.CharField(
        label=_("Reason"), max_length=1000, required=False, widget=forms.Textarea({"rows": 3}),
        help_text=PUBLISHED,
    )  # fmt: skip


class LookForm(forms.Form):
    q = forms.CharField(label=_("Space, operator or number"), max_length=100, required=False)
