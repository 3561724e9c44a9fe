import uuid
from datetime import datetime, time, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.audit.models import Entry
from zhongchuang.audit.verbs import word_for
from zhongchuang.files.kinds import EXTENSIONS

ACCEPTED = ",".join(f".{extension}" for extension in EXTENSIONS)


class Keyed(forms.Form):
    """A form that is sent once, however often the button is pressed (R-07)."""

    request_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class Seen(Keyed):
    """A form for a row with a version: it is sent with the version that its reader saw (R-08).

    `initial` names the version; a form of a model takes it from its row.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *given, **more):
        super().__init__(*given, **more)
        if hasattr(self, "instance"):
            self.initial.setdefault("version", self.instance.version)


class EvidenceForm(Keyed):
    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, Word (.docx), Excel (.xlsx), JPG or PNG, at most 50 MB. Hidden data of photographs (place, camera) is removed."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )  # fmt: skip


class NumberForm(Keyed):
    word = forms.CharField(
        label=_("Word of the organisation"),
        max_length=30,
        help_text=_("The letters before the year, as your office writes them."),
    )
    title = forms.CharField(label=_("Title of the document"), max_length=200)


class VoidForm(Keyed):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        help_text=_("It stays in the register beside the number."),
    )


class ReleaseForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it may be published"),
        max_length=500,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("The second person reads this, and it stays in the audit log. Do not write the numbers themselves."),
    )  # fmt: skip


class RefuseReleaseForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it is not released"), max_length=500, widget=forms.Textarea({"rows": 4})
    )


class AuditSearchForm(forms.Form):
    who = forms.CharField(label=_("Who, organisation or IP"), max_length=100, required=False)
    verb = forms.ChoiceField(label=_("Verb"), required=False)
    subject = forms.CharField(label=_("Subject"), max_length=100, required=False)
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *given, **more):
        super().__init__(*given, **more)
        words = sorted(
            ((verb, word_for(verb)) for verb in Entry.objects.verbs()), key=lambda one: str(one[1])
        )
        self.fields["verb"].choices = [("", _("Any verb")), *words]

    @property
    def shown(self):
        """What was searched for, as text."""
        return {name: str(value) for name, value in self.cleaned_data.items() if value}

    @property
    def conditions(self):
        """What was searched for, days as moments: the last day is meant whole."""
        given = {name: value for name, value in self.cleaned_data.items() if value}
        for name, days in (("since", 0), ("until", 1)):
            if name in given:
                day = datetime.combine(given[name] + timedelta(days=days), time())
                given[name] = timezone.make_aware(day)
        return given
