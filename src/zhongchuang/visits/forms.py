"""What those who visit enter: the plan, what was found line by line, photographs, the report."""

from dataclasses import dataclass, field

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from zhongchuang.files.kinds import IMAGES
from zhongchuang.gap import words
from zhongchuang.organisations.models import User
from zhongchuang.page.refusal import Refused
from zhongchuang.policy.errors import Refused as Unread
from zhongchuang.policy.quantity import write_number
from zhongchuang.records.actions import look_at
from zhongchuang.records.forms import Keyed, Seen
from zhongchuang.tables.cells import CellReader
from zhongchuang.visits.checklist import read, write
from zhongchuang.visits.models import Finding, Visit
from zhongchuang.visits.reports import words_of_found
from zhongchuang.visits.rules import rules

LONGEST = 1000
Found = Finding.Found


def moment(label):
    return forms.DateTimeField(label=label, widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"))  # fmt: skip


class PlanForm(Keyed):
    """When, where, who: at least two officials; announced unless a reason is given."""

    begins = moment(_("Day and time"))
    place = forms.ChoiceField(label=_("Site"))
    visitors = forms.ModelMultipleChoiceField(
        User.objects.none(), label=_("Who visits"), widget=forms.CheckboxSelectMultiple
    )
    others = forms.CharField(
        label=_("Who else comes along"), max_length=300, required=False, help_text=_("Names, such as those of experts.")
    )  # fmt: skip
    ready = forms.CharField(
        label=_("What is to be ready"), max_length=LONGEST, required=False, widget=forms.Textarea({"rows": 5}),
        help_text=_("The operator reads it in the letter."),
    )  # fmt: skip
    unannounced = forms.BooleanField(
        label=_("The visit is not announced: the operator gets no letter"), required=False
    )
    why = forms.CharField(
        label=_("Why it is not announced"), max_length=LONGEST, required=False, widget=forms.Textarea({"rows": 2})
    )  # fmt: skip

    def __init__(self, *given, people, places, **more):
        super().__init__(*given, **more)
        self.fields["place"].choices = [(one, one) for one in places]
        field = self.fields["visitors"]
        field.queryset = User.objects.filter(pk__in=[one.pk for one in people])
        field.help_text = _("At least %(least)s of your department.") % {"least": rules()["visitors"]["at_least"]}  # fmt: skip
        self.fields["ready"].initial = rules()["ready"]["zh" if words.chinese() else "en"].strip()

    def clean(self):
        """A reason stands with a visit that is not announced, and only there."""
        given = super().clean()
        if given.get("why") and not given.get("unannounced"):
            self.add_error("why", ValidationError(_("You gave a reason for not announcing the visit. Choose that it is not announced, or take the reason away."), code="announced"))  # fmt: skip
        return given

    @property
    def planned(self):
        """What was entered, as `actions.plan` takes it."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "request_key"}
        return given | {"announced": not given.pop("unannounced")}


class ShiftForm(Seen):
    """Another time, with the reason."""

    begins = moment(_("New day and time"))
    why = forms.CharField(label=_("Reason"), max_length=LONGEST, widget=forms.Textarea({"rows": 3}))


class WhyForm(Seen):
    """A reason."""

    why = forms.CharField(label=_("Reason"), max_length=LONGEST, widget=forms.Textarea({"rows": 3}))


class FindingsForm(Seen):
    """The checklist: of each line whether it is as stated, what was found, words."""

    template_name = "visits/findings_fields.html"

    def __init__(self, *given, rows, **more):
        super().__init__(*given, **more)
        self.rows = rows
        for row in rows:
            self.add(row.line, row.finding)

    def add(self, line, finding):
        """The fields of one line, with what was kept of it."""
        words_ = words_of_found(line)
        choices = [(one, words_[one]) for one in Found if one != Found.AS_STATED or line.is_stated]
        self.fields[f"found.{line.key}"] = forms.ChoiceField(
            label=line.text, choices=choices, required=False, widget=forms.RadioSelect, help_text=hint(line),
            initial=finding.found if finding else "",
        )  # fmt: skip
        if line.takes_value:
            self.fields[f"value.{line.key}"] = value_field(line, finding)
        self.fields[f"words.{line.key}"] = forms.CharField(
            label=_("Words"), required=False, max_length=LONGEST, widget=forms.Textarea({"rows": 2}),
            initial=finding.words if finding else "",
        )  # fmt: skip

    def lines(self):
        """Of each line its choice, its other fields, and whether these are open."""
        for row in self.rows:
            names = [f"{kind}.{row.line.key}" for kind in ("value", "words")]
            more = [self[one] for one in names if one in self.fields]
            yield self[f"found.{row.line.key}"], more, any(one.value() or one.errors for one in more)  # fmt: skip

    def clean(self):
        given = super().clean()
        for row in self.rows:
            self.check(row.line, given)
        return given

    def check(self, line, given):
        """What differs is told by a figure or in words; what could not be seen has its reason."""
        found, value = (given.get(f"{kind}.{line.key}") for kind in ("found", "value"))
        said = given.get(f"words.{line.key}")
        if value not in (None, "") and found != Found.DIFFERS:
            self.add_error(f"found.{line.key}", ValidationError(_("You entered another figure. Choose “differs”, or take the figure away."), code="value"))  # fmt: skip
        if found == Found.DIFFERS and value in (None, "") and not said:
            self.add_error(f"words.{line.key}", ValidationError(_("Say what differs, by a figure or in words."), code="differs"))  # fmt: skip
        if found == Found.NOT_SEEN and not said:
            self.add_error(f"words.{line.key}", ValidationError(_("Say why it could not be seen."), code="not_seen"))  # fmt: skip

    @property
    def found(self):
        """What was answered, by line, as `actions.write` takes it."""
        given = self.cleaned_data
        return {
            row.line.key: {
                "found": given[f"found.{row.line.key}"], "words": given.get(f"words.{row.line.key}", ""),
                "value": self.value(row.line) if given[f"found.{row.line.key}"] == Found.DIFFERS else None,
            }
            for row in self.rows
            if given.get(f"found.{row.line.key}")
        }  # fmt: skip

    def value(self, line):
        value = self.cleaned_data.get(f"value.{line.key}")
        return None if value in (None, "") else write(line.column, value)


def hint(line):
    """What was handed in and what the rules ask for; of a condition what to look at."""
    if line.column is None:
        return line.says
    told = _("As handed in") + _(": ") + line.says
    return " · ".join(str(one) for one in (told, *line.asks))


def value_field(line, finding):
    """Where the figure that was found is entered: a number with its unit, or one of the words of the catalogue."""
    label = _("Found on the spot")
    known = finding.value if finding else None
    fact = line.column.fact
    if fact.type == "quantity":
        hint = words.unit_word(line.column.unit)
        return FigureField(line.column, label=label, required=False, max_length=60, help_text=hint, initial=typed(line.column, known))  # fmt: skip
    codes = [(True, _("yes")), (False, _("no"))] if fact.type == "yes_no" else [(one, words.say(text)) for one, text in fact.choices.items()]  # fmt: skip
    return forms.TypedChoiceField(
        label=label, required=False, choices=[("", "–"), *((str(one), word) for one, word in codes)],
        coerce={str(one): one for one, _word in codes}.get, empty_value=None, initial="" if known is None else str(known),
    )  # fmt: skip


def typed(column, known):
    """A kept figure as it is typed."""
    return "" if known is None else write_number(read(column, known))


class FigureField(forms.CharField):
    """An exact amount, with or without its unit."""

    def __init__(self, column, **more):
        super().__init__(**more)
        self.column = column

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        try:
            return CellReader(self.column.fact, language="zh" if words.chinese() else "en").read(text)  # fmt: skip
        except Unread as unread:
            raise ValidationError(words.refusal(unread), code="figure") from None


class SeveralInput(forms.FileInput):
    """Files chosen at once: from the camera, or from what was taken before."""

    allow_multiple_selected = True


@dataclass
class Taken:
    """The files of a form: those that were looked at and are photographs, and of each other one its name and why."""

    looked: list = field(default_factory=list)
    left: list = field(default_factory=list)

    def leave(self, name, why):
        self.left.append((name, why))

    @property
    def names(self):
        """Each that was left out, with the reason, as one sentence."""
        return "；".join(f"{name}{_(': ')}{why}" for name, why in self.left)


class PhotographsField(forms.FileField):
    """Several files; whether each is a photograph is looked at once the rest of the form is right."""

    widget = SeveralInput

    def clean(self, data, initial=None):
        given = data if isinstance(data, list | tuple) else [data]
        return [super(PhotographsField, self).clean(one, initial) for one in given or [None]]


class PhotographForm(Keyed):
    """Photographs from a phone, of one line or of the whole; one that is none does not keep the others out."""

    file = PhotographsField(
        label=_("Photographs"), widget=SeveralInput({"accept": "image/*"}),
        help_text=_("JPG or PNG, several at once. Hidden data (place, camera) is removed; the digest of the original is kept."),
    )  # fmt: skip
    caption = forms.CharField(label=_("What is seen on them"), max_length=200)
    line = forms.ChoiceField(label=_("Belongs to"), required=False)

    def __init__(self, *given, by, rows, **more):
        super().__init__(*given, **more)
        self.by = by
        self.fields["line"].choices = [("", _("The visit as a whole")), *((row.line.key, row.line.text) for row in rows)]  # fmt: skip

    def clean(self):
        """The files are looked at here, before anything is written."""
        given = super().clean()
        if given.get("file") and not self.errors:
            given["file"] = taken = self.looked_at(given["file"])
            if not taken.looked:
                self.add_error("file", ValidationError(taken.names, code="none"))
        return given

    def looked_at(self, files):
        """Each by itself; more than may be taken at once are left."""
        taken, most = Taken(), rules()["photographs"]["at_once"]
        for file in files[:most]:
            self.look(file, taken)
        for file in files[most:]:
            taken.leave(file.name, _("more than %(most)s at once; add it next") % {"most": most})
        return taken

    def look(self, file, taken):
        try:
            looked = look_at(file, by=self.by)
        except Refused as refused:
            taken.leave(file.name, str(refused))
            return
        if looked.content.kind in IMAGES:
            taken.looked.append(looked)
        else:
            taken.leave(file.name, _("This file is no photograph. Take a picture, or choose a JPG or PNG file."))  # fmt: skip


class CloseForm(Seen):
    """The report: result, words, and who was there for the operator."""

    result = forms.ChoiceField(
        label=_("What came out"), choices=Visit.Result, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("Report"), max_length=5000, widget=forms.Textarea({"rows": 6}),
        help_text=_("The applicant reads it once it is confirmed."),
    )  # fmt: skip
    internal = forms.CharField(
        label=_("For officials alone"), max_length=2000, required=False, widget=forms.Textarea({"rows": 3}),
        help_text=_("The applicant does not read it."),
    )  # fmt: skip
    present = forms.CharField(label=_("Who was there for the operator"), max_length=100, required=False)  # fmt: skip
    present_role = forms.CharField(label=_("Position"), max_length=100, required=False)
    read_out = forms.BooleanField(label=_("The report was read out to this person, who agreed to their name under it"), required=False)  # fmt: skip
    unsigned = forms.CharField(
        label=_("Otherwise: why nobody put their name to it"), max_length=500, required=False, widget=forms.Textarea({"rows": 2})
    )  # fmt: skip


class WordsForm(Keyed):
    """The reason for which a report still stands."""

    words = forms.CharField(
        label=_("Reason"), max_length=LONGEST, widget=forms.Textarea({"rows": 3}),
        help_text=_("Why what was seen then still holds for what was handed in since."),
    )  # fmt: skip
