"""What anyone enters who objects, and what officials answer."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from zhongchuang.files.kinds import EXTENSIONS
from zhongchuang.objections.models import Objection
from zhongchuang.objections.rules import files, longest
from zhongchuang.organisations.forms import CreditCodeField, agreed_field
from zhongchuang.records.forms import Keyed, Seen
from zhongchuang.sealed.forms import MobileField

NO_NAMES = _("The operator reads this: name nobody who objected.")


class ObjectionForm(Keyed):
    """An objection: who makes it, to what, and why."""

    kind = forms.ChoiceField(
        label=_("Who objects"), choices=[("", _("Choose one")), *Objection.Kind.choices]
    )
    name = forms.CharField(
        label=_("Name of the person or organisation"), max_length=100, widget=forms.TextInput({"autocomplete": "name"}),
        help_text=_("Your real name, or the name of the organisation as on its licence."),
    )  # fmt: skip
    credit_code = CreditCodeField(
        label=_("Unified social credit code"), required=False,
        help_text=_("Only of an organisation."),
    )  # fmt: skip
    phone = MobileField(
        label=_("Mobile telephone"), widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel"}),
        help_text=_("For questions of the department. Of an organisation, of who acts for it."),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("E-mail"), max_length=254, widget=forms.EmailInput({"autocomplete": "email"}),
        help_text=_("A code goes to it, and later the answer."),
    )  # fmt: skip
    place = forms.ChoiceField(label=_("What you object to"))
    grounds = forms.CharField(
        label=_("Facts and grounds"), widget=forms.Textarea({"rows": 8}),
        help_text=_("What is wrong, how you know it, and where it can be checked."),
    )  # fmt: skip
    agreed = agreed_field()

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = places
        field = self.fields["grounds"]
        field.max_length = longest()
        field.validators.append(forms.CharField(max_length=longest()).validators[0])
        field.widget.attrs["maxlength"] = longest()

    def clean_email(self):
        return self.cleaned_data["email"].strip().lower()

    def clean(self):
        """An organisation states its code, a person has none."""
        given = super().clean()
        is_organisation = given.get("kind") == Objection.Kind.ORGANISATION
        if is_organisation and not given.get("credit_code") and "credit_code" not in self.errors:
            self.add_error("credit_code", ValidationError(_("An organisation states its unified social credit code, as on its licence."), code="no_code"))  # fmt: skip
        if given.get("kind") == Objection.Kind.PERSON and given.get("credit_code"):
            self.add_error("credit_code", ValidationError(_("A person has no such code: leave it blank, or choose organisation."), code="code"))  # fmt: skip
        return given


class FileForm(forms.Form):
    """One file as evidence."""

    file = forms.FileField(label=_("File"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        taken = files()
        self.fields["file"].widget.attrs["accept"] = ",".join(f".{ending}" for ending, kind in EXTENSIONS.items() if kind in taken["kinds"])  # fmt: skip
        self.fields["file"].help_text = _("PDF, JPG or PNG, at most %(size)s MB; up to %(most)s files. Hidden data of photographs (place, camera) is removed.") % {"size": taken["largest"], "most": taken["most"]}  # fmt: skip


class AnswerForm(Seen):
    """The answer that a clerk proposes."""

    answer = forms.ChoiceField(
        label=_("Answer"), widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in Objection.ANSWERS],
    )  # fmt: skip
    words = forms.CharField(
        label=_("Reasons"),
        max_length=2000,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("Who objected reads this."),
    )


class WordsForm(Seen):
    """Reasons of who signs."""

    words = forms.CharField(label=_("Reasons"), max_length=1000, widget=forms.Textarea({"rows": 5}))

    def __init__(self, *args, hint="", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["words"].help_text = hint


class SignForm(Seen):
    """A signature under the answer as it was read."""
