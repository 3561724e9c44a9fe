"""What is entered about packs: the files, from when they hold and why, the decision of the second person."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zhongchuang.records.forms import Keyed, Seen

LONGEST = 1000


class FilesForm(Keyed):
    """An archive with both files, or the two files."""

    pack = forms.FileField(label=_("Pack file"), help_text=_("An archive (.zip) with pack.toml and cases.toml, or pack.toml alone and the cases below."), widget=forms.FileInput(attrs={"accept": ".zip,.toml"}))  # fmt: skip
    cases = forms.FileField(label=_("Its cases"), required=False, help_text=_("cases.toml, where it is not in the archive."), widget=forms.FileInput(attrs={"accept": ".toml"}))  # fmt: skip


class ProposeForm(Keyed):
    """From when it holds, and why."""

    starts = forms.DateField(label=_("Holds from"), widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(
        label=_("Reason"), max_length=LONGEST, widget=forms.Textarea({"rows": 4}),
        help_text=_("The second person reads this, and it stays in the audit log."),
    )  # fmt: skip


class DecideForm(Seen):
    """Activate it or not."""

    agrees = forms.ChoiceField(label=_("Your decision"), widget=forms.RadioSelect, choices=[("yes", _("Activate")), ("no", _("Do not activate"))])  # fmt: skip
    words = forms.CharField(label=_("Why it is not signed"), required=False, max_length=LONGEST, widget=forms.Textarea({"rows": 3}))  # fmt: skip
