"""Forms of the register of organisations: searching, entering, closing, delegating, standing in."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.access.standins import may_stand_in
from zhongchuang.organisations.actions.register import mark_of
from zhongchuang.organisations.actions.registration import own_level
from zhongchuang.organisations.forms import CreditCodeField, RegionField
from zhongchuang.organisations.models import Delegation, Organisation, Post, Region, User
from zhongchuang.organisations.models.people import OFFICIALS

Kind = Organisation.Kind
WITHOUT_CODE = frozenset({Kind.DEPARTMENT, Kind.ALLIANCE})
"""Kinds that need no credit code: alliances often are no legal persons."""

ANY = [("", _("any"))]


def calendar():
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class RegisterSearchForm(forms.Form):
    """What the list of organisations is narrowed to."""

    name = forms.CharField(label=_("Name or code"), max_length=100, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=ANY + Kind.choices, required=False)
    state = forms.ChoiceField(
        label=_("State"), choices=ANY + Organisation.State.choices, required=False
    )
    region = RegionField(label=_("Region"), max_length=60, required=False, wide=True)

    @property
    def conditions(self):
        return {name: value for name, value in self.cleaned_data.items() if value}


class ParticularsForm(forms.Form):
    """The particulars of an organisation that is brought in from above."""

    name = forms.CharField(label=_("Name"), max_length=200)
    region = RegionField(
        label=_("Region"), max_length=60, wide=True,
        help_text=_("Name or code of the region that it belongs to."),
    )  # fmt: skip
    level = forms.ChoiceField(
        label=_("Level"), required=False,
        choices=[("", _("that of its region")), *Region.Level.choices],
        help_text=_("Of a department, where it stands at another level than its region."),
    )  # fmt: skip
    credit_code = CreditCodeField(
        label=_("Unified social credit code"), max_length=30, required=False,
        help_text=_("18 characters, from the licence. Departments and alliances may go without."),
    )  # fmt: skip
    competent = forms.BooleanField(
        label=_("It decides on innovation spaces in its region"), required=False,
        help_text=_("Each region has one such department; spaces without one go to the next above."),
    )  # fmt: skip

    def kind_given(self):
        return self.kind

    def clean(self):
        given, kind = super().clean(), self.kind_given()
        if kind and kind not in WITHOUT_CODE and not given.get("credit_code"):
            self.add_error(
                "credit_code", ValidationError(
                    _("An organisation of this kind has a code; copy it from the licence."),
                    code="required",
                ),
            )  # fmt: skip
        if kind and kind != Kind.DEPARTMENT and (given.get("competent") or given.get("level")):
            field = "competent" if given.get("competent") else "level"
            self.add_error(
                field, ValidationError(_("Only a department has this."), code="not_a_department")
            )
        if kind == Kind.DEPARTMENT and "region" in given:
            given["level"] = given["level"] or own_level(given["region"])
        return given


class NewOrganisationForm(ParticularsForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=[
        (kind.value, kind.label) for kind in Kind if kind != Kind.OPERATOR
    ])  # fmt: skip
    field_order = ["kind", "name", "region", "level", "credit_code", "competent"]

    def kind_given(self):
        return self.cleaned_data.get("kind")


class ChangeForm(ParticularsForm):
    """New particulars; `seen` says which ones the reader had before them."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, organisation, **kwargs):
        self.kind = organisation.kind
        initial = {
            "name": organisation.name, "region": organisation.region.full_name,
            "level": organisation.level, "credit_code": organisation.credit_code,
            "competent": organisation.competent, "seen": mark_of(organisation),
        }  # fmt: skip
        super().__init__(*args, initial=initial, **kwargs)
        if self.kind != Kind.DEPARTMENT:
            del self.fields["level"], self.fields["competent"]

    def clean(self):
        given = super().clean()
        return {"level": "", "competent": False} | given


class ClosingForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it is closed"), max_length=500, widget=forms.Textarea({"rows": 3}),
        help_text=_("The reason stands on its page and in the log."),
    )  # fmt: skip


class DelegationForm(forms.Form):
    alliance = forms.ModelChoiceField(label=_("Alliance or association"), queryset=None)
    powers = forms.MultipleChoiceField(
        label=_("Powers"), choices=Delegation.Power.choices, widget=forms.CheckboxSelectMultiple
    )
    since = forms.DateField(label=_("First day"), widget=calendar())
    last = forms.DateField(
        label=_("Last day"), required=False, widget=calendar(),
        help_text=_("Leave it empty for a delegation that runs until it is ended."),
    )  # fmt: skip

    def __init__(self, *args, department, **kwargs):
        super().__init__(*args, initial={"since": timezone.localdate()}, **kwargs)
        self.fields["alliance"].queryset = Organisation.objects.alliances_for(department)

    def clean_since(self):
        since = self.cleaned_data["since"]
        if since < timezone.localdate():
            raise ValidationError(
                _("%(day)s has passed. Powers are delegated from today on, not backwards."),
                code="past", params={"day": since},
            )  # fmt: skip
        return since

    def clean_last(self):
        last = self.cleaned_data["last"]
        if last and last < self.cleaned_data.get("since", last):
            raise ValidationError(
                _("The last day, %(day)s, lies before the first."),
                code="order", params={"day": last},
            )  # fmt: skip
        return last

    @property
    def given(self):
        data = self.cleaned_data
        until = data["last"] and data["last"] + timedelta(days=1)
        return {key: data[key] for key in ("alliance", "powers", "since")} | {"until": until}


class StandInForm(forms.Form):
    colleague = forms.ModelChoiceField(
        label=_("Colleague"), queryset=None,
        help_text=_("Officials of your organisation whose posts may be joined with yours."),
    )  # fmt: skip
    until = forms.DateField(label=_("Last day"), widget=calendar())

    def __init__(self, *args, post, **kwargs):
        super().__init__(*args, **kwargs)
        there = Post.objects.current().filter(organisation=post.organisation_id, role__in=OFFICIALS)
        people = User.objects.filter(pk__in=there.values("user")).exclude(pk=post.user_id)
        fit = [person.pk for person in people if may_stand_in(post, person) is None]
        self.fields["colleague"].queryset = User.objects.filter(pk__in=fit)
