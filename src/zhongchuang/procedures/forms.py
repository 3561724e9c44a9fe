"""What applicants and officials enter about a case; the fields come from the procedure of the case."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from zhongchuang.gap import sentences, words
from zhongchuang.organisations.models import User
from zhongchuang.page.refusal import Refused
from zhongchuang.policy.answer import tested
from zhongchuang.procedures.access import may_write_at
from zhongchuang.procedures.despite import FIELD
from zhongchuang.procedures.judging import facts_of
from zhongchuang.procedures.parts import groups, handed_in_at, place_name, places
from zhongchuang.procedures.rules import reason_lengths
from zhongchuang.records.actions import look_at
from zhongchuang.records.forms import ACCEPTED, Keyed, Seen
from zhongchuang.records.models import Evidence

LONGEST = 1000
PER_PAGE = 200
"""Files of the organisation that are offered by name; older ones are handed in again and recognised."""


class EntriesForm(Seen):
    """The own wording of one section; of a returned case only what was named."""

    def __init__(self, *given, case, section, by, **more):
        super().__init__(*given, **more)
        for entry in section.entries:
            if may_write_at(by, case, f"entry:{entry.id}"):
                continue
            self.fields[entry.id] = forms.CharField(
                label=words.say(entry.text), required=False, max_length=entry.longest,
                initial=case.entries.get(entry.id, ""), widget=forms.Textarea({"rows": 8}),
                help_text=help_of(entry),
            )  # fmt: skip


def help_of(entry):
    """How long it may be, and what belongs there."""
    most = _("At most %(most)s characters.") % {"most": entry.longest}
    return f"{words.say(entry.note)} {most}".strip()


class MaterialForm(Seen):
    """A file for a material: a new one, or one that the organisation handed in before."""

    file = forms.FileField(
        label=_("New file"), required=False, widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=_("PDF, Word (.docx), Excel (.xlsx), JPG or PNG, at most 50 MB. Hidden data of photographs (place, camera) is removed."),
    )  # fmt: skip
    known = forms.ModelChoiceField(
        Evidence.objects.none(), label=_("Or a file handed in before"), required=False,
        empty_label=_("None"), to_field_name="key",
    )  # fmt: skip

    def __init__(self, *given, by, **more):
        super().__init__(*given, **more)
        self.by = by
        own = Evidence.objects.visible_to(by).current().filter(organisation=by.organisation)
        self.fields["known"].queryset = own.order_by("-moment")[:PER_PAGE] if not self.is_bound else own  # fmt: skip

    def clean(self):
        """One of the two; a new file is looked at here, before anything is written."""
        given = super().clean()
        file, known = given.get("file"), given.get("known")
        if bool(file) == bool(known) and not self.errors:
            raise ValidationError(_("Choose a new file, or one handed in before: one of the two."), code="one")  # fmt: skip
        if file and not self.errors:
            try:
                given["file"] = look_at(file, by=self.by)
            except Refused as refused:
                self.add_error("file", ValidationError(str(refused), code=refused.refusal.code))
        return given


class HandInForm(Seen):
    promised = forms.BooleanField(
        label=_("What I hand in is true and complete. I know that false material leads to refusal or withdrawal of the title, to a record of bad credit, and that money paid is taken back."),
        error_messages={"required": _("Confirm first that what you hand in is true.")},
    )  # fmt: skip


class WordsForm(Seen):
    words = forms.CharField(max_length=2000, widget=forms.Textarea({"rows": 4}))

    def __init__(self, *given, label, hint="", required=True, **more):
        super().__init__(*given, **more)
        field = self.fields["words"]
        field.label, field.help_text, field.required = label, hint, required


class OpinionForm(Keyed):
    """An opinion in words."""

    words = forms.CharField(max_length=2000, widget=forms.Textarea({"rows": 6}))

    def __init__(self, *given, label, hint, **more):
        super().__init__(*given, **more)
        self.fields["words"].label, self.fields["words"].help_text = label, hint


class ColleagueForm(Seen):
    """A colleague of the department, with what is said to them."""

    colleague = forms.ModelChoiceField(
        User.objects.none(), label=_("Colleague"), empty_label=_("Choose")
    )
    words = forms.CharField(max_length=LONGEST, widget=forms.Textarea({"rows": 4}))

    def __init__(self, *given, people, label, required=True, **more):
        super().__init__(*given, **more)
        self.fields["colleague"].queryset = User.objects.filter(pk__in=[one.pk for one in people])
        self.fields["words"].label, self.fields["words"].required = label, required


RESTS = "rests_on."
YOUR_REASON = _("%(shown)s. Your reason, in at least %(least)s characters.")
JUDGED_ABOVE = _(
    "%(shown)s. Your reason, in at least %(least)s characters, unless you judge it as met above."
)
UNREASONED = _(
    "This condition is open. Give your reason for deciding all the same, in at least %(least)s characters."
)
JUDGED = [("", _("not judged yet")), ("yes", _("met")), ("no", _("not met"))]


class MoveForm(WordsForm):
    """A move of an official, with a judgement for each condition that a person judges."""

    template_name = "procedures/move_fields.html"

    def __init__(self, *given, cells=(), held=None, despite=(), needed=(), grounds=(), **more):
        super().__init__(*given, **more)
        self.ids, self.open = [], [one.leaf.condition.id for one in despite]
        for cell in cells:
            condition = cell.leaf.condition
            known = (held or {}).get(condition.id)
            self.ids.append(condition.id)
            self.fields[f"met.{condition.id}"] = forms.ChoiceField(
                label=words.say(condition.text), choices=JUDGED, required=False,
                initial={True: "yes", False: "no"}.get(known and known["met"], ""),
                help_text=words.say(getattr(tested(condition), "look_at", None)),
            )  # fmt: skip
            self.fields[f"why.{condition.id}"] = forms.CharField(
                label=_("Reason"), required=False, max_length=LONGEST,
                initial=(known or {}).get("reason", ""), widget=forms.Textarea({"rows": 2}),
            )  # fmt: skip
        least, most = reason_lengths()
        for cell in despite:
            condition, said = cell.leaf.condition, sentences.cell(cell)
            shown = f"{said.cite} {said.says}".strip()
            asks = JUDGED_ABOVE if condition.id in self.ids else YOUR_REASON
            self.fields[f"{FIELD}{condition.id}"] = forms.CharField(
                label=_("Reason: %(name)s") % {"name": words.say(condition.text)}, required=condition.id in needed, min_length=least, max_length=most,
                widget=forms.Textarea({"rows": 2}), help_text=asks % {"shown": shown, "least": least},
                error_messages={"required": UNREASONED % {"least": least}},
            )  # fmt: skip
            self.fields[f"{RESTS}{condition.id}"] = forms.ChoiceField(
                label=_("Rests on"), required=False,
                choices=[("", _("no file or report")), *((one.id, one.name) for one in grounds)],
            )  # fmt: skip
        self.order_fields([name for name in self.fields if name != "words"] + ["words"])

    def judging(self):
        """The fields of what a person judges."""
        return [self[f"{part}.{id_}"] for id_ in self.ids for part in ("met", "why")]

    def reasons(self):
        """The fields of the conditions that are open, or may turn out to be."""
        return [self[f"{part}{id_}"] for id_ in self.open for part in (FIELD, RESTS)]

    @property
    def despite(self):
        """Why it is granted although these conditions are open, as `actions.move` takes it."""
        given = self.cleaned_data
        return {
            id_: {"reason": given[f"{FIELD}{id_}"], "rests_on": given.get(f"{RESTS}{id_}", "")}
            for id_ in self.open
            if given.get(f"{FIELD}{id_}")
        }

    def clean(self):
        """A condition that is not met is told why."""
        given = super().clean()
        for id_ in self.ids:
            if given.get(f"met.{id_}") == "no" and not given.get(f"why.{id_}"):
                self.add_error(f"why.{id_}", ValidationError(_("Say why this condition is not met."), code="why"))  # fmt: skip
        return given

    @property
    def judged(self):
        """What was judged, as `actions.move` takes it."""
        given = self.cleaned_data
        return {
            id_: {"met": given[f"met.{id_}"] == "yes", "reason": given.get(f"why.{id_}", "")}
            for id_ in self.ids
            if given.get(f"met.{id_}")
        }


class ReturnForm(Seen):
    """What is to be corrected: a text at each place that is wrong, all at once.

    Each place is one line with what stands there; it opens for the text, so that thirty places are seen at once.
    """

    template_name = "procedures/return_fields.html"

    def __init__(self, *given, case, **more):
        super().__init__(*given, **more)
        self.case, self.places = case, places(case)
        later = case.submissions.count() > 1
        for number, place in enumerate(self.places):
            self.fields[f"wrong.{number}"] = forms.CharField(
                label=_("What is wrong at “%(place)s”") % {"place": place_name(case, place)}, required=False,
                max_length=LONGEST, widget=forms.Textarea({"rows": 2}),
            )  # fmt: skip
            if later:
                self.fields[f"late.{number}"] = forms.CharField(
                    label=_("Why only now, if it stood there before"), required=False, max_length=LONGEST,
                )  # fmt: skip

    def groups(self):
        """The places as the page shows them: title, and of each place its name, what stands there, its fields, whether it is open."""
        facts, number = facts_of(self.case), {place: at for at, place in enumerate(self.places)}
        for group in groups(self.case):
            yield group.title, [self.line(place, number[place], facts) for place in group.places]

    def line(self, place, number, facts):
        names = (f"wrong.{number}", f"late.{number}")
        fields = [self[name] for name in names if name in self.fields]
        return {
            "name": place_name(self.case, place), "says": handed_in_at(self.case, place, facts), "fields": fields,
            "is_open": any(one.value() or one.errors for one in fields),
        }  # fmt: skip

    def clean(self):
        given = super().clean()
        if not self.errors and not self.pins:
            raise ValidationError(_("Name at least one place that is to be corrected, with what is wrong there."), code="none")  # fmt: skip
        return given

    @property
    def pins(self):
        """Places with what is wrong there, as `actions.move` takes them."""
        given = self.cleaned_data
        return [
            (place, given[f"wrong.{number}"], given.get(f"late.{number}", ""))
            for number, place in enumerate(self.places)
            if given.get(f"wrong.{number}")
        ]
