from django import forms
from django.utils.translation import gettext_lazy as _


class ExportForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Kind of file"), initial="xlsx", widget=forms.RadioSelect,
        choices=[("xlsx", _("Excel workbook (.xlsx)")), ("csv", _("text table (.csv)")), ("json", _("for programs (.json)"))],
    )  # fmt: skip
