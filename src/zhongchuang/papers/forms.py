"""What an officer writes in a document; its number, date and signature come by themselves."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from zhongchuang.papers.wording import has_blank
from zhongchuang.records.forms import Keyed, Seen

LONGEST = 10000


class Words(forms.Form):
    title = forms.CharField(label=_("Title of the document"), max_length=200)
    to = forms.CharField(label=_("Addressed to"), max_length=200)
    text = forms.CharField(
        label=_("Text"), max_length=LONGEST, widget=forms.Textarea({"rows": 16}),
        help_text=_("Each line is a paragraph. Number, name of the department and date are added when the step is done."),
    )  # fmt: skip
    enclosures = forms.CharField(
        label=_("Enclosures"), required=False, max_length=2000, widget=forms.Textarea({"rows": 2}),
        help_text=_("One on each line, by its name alone: numbers are put in front where there are several."),
    )  # fmt: skip
    copies = forms.CharField(
        label=_("Copies to"), required=False, max_length=500, widget=forms.Textarea({"rows": 2}),
        help_text=_("Who else gets it, for the imprint on the last page. Leave it empty where nobody does."),
    )  # fmt: skip
    office = forms.CharField(
        label=_("Issuing office"), max_length=200,
        help_text=_("Who prints and sends it, for the imprint. The day of issue is the date of the document."),
    )  # fmt: skip
    word = forms.CharField(
        label=_("Word of the organisation"), max_length=30,
        help_text=_("The letters before the year, as your office writes them."),
    )  # fmt: skip

    def clean_text(self):
        """Nothing goes out with a place that is still to be filled in."""
        text = self.cleaned_data["text"]
        if has_blank(text):
            raise ValidationError(_("Fill in what stands in brackets first."), code="blank")
        return text


class WriteForm(Keyed, Words):
    """A new document."""


class ChangeForm(Seen, Words):
    """A draft, as its reader saw it."""
