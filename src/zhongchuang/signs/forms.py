from django import forms
from django.utils.translation import gettext_lazy as _

from zhongchuang.records.forms import Seen
from zhongchuang.signs.models import Sign


class AnswerForm(Seen):
    answer = forms.ChoiceField(
        label=_("Answer"), choices=[one for one in Sign.Answer.choices if one[0]],
        widget=forms.RadioSelect,
    )  # fmt: skip
    note = forms.CharField(
        label=_("What you found"), max_length=1000, widget=forms.Textarea({"rows": 4}),
        help_text=_("Whom you asked and what they said. It stays beside the sign."),
    )  # fmt: skip
