"""What people enter about desks, their plan and photographs."""

import json
import re
import unicodedata
import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from zhongchuang.files.kinds import EXTENSIONS, IMAGES
from zhongchuang.page.refusal import Refused
from zhongchuang.records.actions import look_at
from zhongchuang.records.forms import Keyed, Seen
from zhongchuang.records.models import Evidence
from zhongchuang.spaces.forms.versions import RECENT, EndForm, WritingForm, day_input
from zhongchuang.spaces.models import Desk
from zhongchuang.spaces.models.plan import LEAST, MOST
from zhongchuang.spaces.models.tables import YesNo
from zhongchuang.spaces.plans import MOST_AT_ONCE, WIDE, labels_between, size_of

A_ROW = (MOST - 2) // WIDE
PICTURES = ",".join(f".{ending}" for ending, kind in EXTENSIONS.items() if kind in IMAGES)
ROOM = re.compile(r"(?P<name>[^:]{0,60}):\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)[\s,]+(\d+)")
MOST_ROOMS = 100
LONGEST = 20
"""Signs of a label."""


class DeskRangeForm(WritingForm):
    """Several desks at once, from one label to another."""

    first = forms.CharField(label=_("First label"), max_length=20)
    last = forms.CharField(
        label=_("Last label"), max_length=20, required=False,
        help_text=_("A01 to A40 makes forty desks. Leave it empty for one desk."),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Kind"), choices=Desk.Kind)
    can_be_let = forms.ChoiceField(label=_("Can be let"), choices=YesNo)
    a_row = forms.IntegerField(
        label=_("Desks in a row"), min_value=1, max_value=A_ROW, initial=10,
        help_text=_("They are laid out in rows below those that stand there. You may move them afterwards."),
    )  # fmt: skip
    field_order = [
        "first",
        "last",
        "kind",
        "can_be_let",
        "a_row",
        "on",
        "reason",
        "file",
        "evidence",
    ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["version"]

    def clean(self):
        given = super().clean()
        first, last = given.get("first"), given.get("last")
        if first and not self.errors:
            labels = labels_between(first, last) if last else [first]
            if labels is None or max(map(len, labels)) > LONGEST:
                text = _(
                    "“%(first)s” to “%(last)s” is no range: both differ in one number alone, as A01 and A40, the first is the smaller, and there are at most %(most)s desks."
                )
                params = {"first": first, "last": last, "most": MOST_AT_ONCE}
                self.add_error("last", ValidationError(text, code="no_range", params=params))
            given["labels"] = labels
        return given


class DesksField(forms.ModelMultipleChoiceField):
    """Desks of a site by their series."""

    widget = forms.MultipleHiddenInput
    default_error_messages = {
        "invalid_choice": _("One of these desks has already ended. Choose again on the plan."),
        "invalid_pk_value": _("One of these desks has already ended. Choose again on the plan."),
    }

    def __init__(self, **more):
        super().__init__(Desk.objects.none(), to_field_name="series", **more)


class EndDesksForm(EndForm):
    series = DesksField()

    def __init__(self, *args, desks, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["series"].queryset = desks
        del self.fields["version"]

    def clean(self):
        given = super().clean()
        if "series" in self.errors:
            self.add_error(None, _("Choose on the plan which desks end."))
        return given


class DeskForm(WritingForm):
    """One desk: what is recorded of it, from a day on, and where it stands."""

    label = forms.CharField(label=_("Label"), max_length=20)
    kind = forms.ChoiceField(label=_("Kind"), choices=Desk.Kind)
    can_be_let = forms.ChoiceField(label=_("Can be let"), choices=YesNo)
    x = forms.IntegerField(
        label=_("Cells from the left"), min_value=0, max_value=MOST, required=False,
        help_text=_("A cell is half a metre. Empty: it is not on the plan."),
    )  # fmt: skip
    y = forms.IntegerField(
        label=_("Cells from the top"), min_value=0, max_value=MOST, required=False
    )
    turned = forms.BooleanField(label=_("Turned by 90°"), required=False)
    plan_version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = [
        "label",
        "kind",
        "can_be_let",
        "on",
        "reason",
        "file",
        "evidence",
        "x",
        "y",
        "turned",
    ]

    def clean(self):
        given = super().clean()
        x, y = given.get("x"), given.get("y")
        if (x is None) != (y is None) and not {"x", "y"} & set(self.errors):
            self.add_error("x" if x is None else "y", _("A place needs both numbers."))
        elif x is not None and y is not None and not on_plan(x, y, *size_of(given.get("turned"))):
            text = _(
                "The desk would reach over the edge. A plan has at most %(most)s cells each way."
            )
            self.add_error("x", ValidationError(text, code="outside", params={"most": MOST}))
        return given

    @property
    def values(self):
        return {name: self.cleaned_data[name] for name in ("label", "kind", "can_be_let")}

    @property
    def place(self):
        """Where it is to stand."""
        return tuple(self.cleaned_data[name] for name in ("x", "y", "turned"))


def on_plan(x, y, width, depth):
    whole = all(type(number) is int for number in (x, y, width, depth))
    return whole and min(x, y) >= 0 and min(width, depth) > 0 and max(x + width, y + depth) <= MOST


class ImageChoice(forms.ModelChoiceField):
    def label_from_instance(self, evidence):
        return f"{evidence.name} ({timezone.localdate(evidence.moment)})"


class RoomsField(forms.CharField):
    """Rooms, one a line: `Meeting room 1: 0, 0, 8, 6`."""

    widget = forms.Textarea({"rows": 5})

    def prepare_value(self, value):
        if isinstance(value, str) or value is None:
            return value
        names = ("x", "y", "width", "depth")
        return "\n".join(f"{r['name']}: {', '.join(str(r[n]) for n in names)}" for r in value)

    def clean(self, value):
        lines = super().clean(unicodedata.normalize("NFKC", value or "")).splitlines()
        return [self.room(line) for line in lines if line.strip()]

    def room(self, line):
        found = ROOM.fullmatch(line.strip())
        numbers = [int(number) for number in found.groups()[1:]] if found else [-1] * 4
        if not on_plan(*numbers):
            raise ValidationError(
                _("“%(line)s” is no room: write its name, a colon, and four numbers: cells from the left, from the top, width, depth; at most %(most)s each way."),
                code="no_room", params={"line": line.strip()[:80], "most": MOST},
            )  # fmt: skip
        return {"name": found["name"].strip()} | dict(
            zip(("x", "y", "width", "depth"), numbers, strict=True)
        )


class PlanForm(Seen):
    columns = forms.IntegerField(
        label=_("Width in cells"), min_value=LEAST, max_value=MOST,
        help_text=_("A cell is half a metre: 40 cells are 20 m."),
    )  # fmt: skip
    rows = forms.IntegerField(label=_("Depth in cells"), min_value=LEAST, max_value=MOST)
    rooms = RoomsField(
        label=_("Rooms and walls"), required=False, max_length=10_000,
        help_text=_("One a line: name, colon, cells from the left, cells from the top, width, depth. Example: Meeting room: 0, 0, 8, 6"),
    )  # fmt: skip
    background = ImageChoice(
        label=_("Picture beneath"), queryset=Evidence.objects.none(), required=False,
        empty_label=_("none"),
        help_text=_("A drawing of the floor that you handed in as evidence; it is stretched to the size of the plan."),
    )  # fmt: skip

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        own = Evidence.objects.visible_to(by).current().filter(organisation=by.organisation)
        pictures = own.exclude(content__thumbnail_digest="").order_by("-moment")
        self.fields["background"].queryset = Evidence.objects.filter(
            pk__in=pictures.values("pk")[:RECENT]
        )


class DrawingForm(Seen):
    """What was drawn since the plan was opened: places, desks taken away, rooms."""

    differences = forms.CharField(
        widget=forms.HiddenInput, max_length=200_000, initial="",
        error_messages={"required": _("Nothing was drawn.")},
    )  # fmt: skip
    on = forms.DateField(
        label=_("They end from which day"), required=False, widget=day_input(),
        initial=timezone.localdate,
    )  # fmt: skip
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)

    def __init__(self, *args, desks, reason_needed=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.desks, self.reason_needed = desks, reason_needed

    def clean_differences(self):
        """Desks and rooms as the action takes them; what no script of ours sends is refused as a whole."""
        try:
            return self.read(json.loads(self.cleaned_data["differences"]))
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
            raise ValidationError(
                _("What was drawn could not be read. Load the page again and repeat it."),
                code="unreadable",
            ) from None

    def read(self, given):
        moves = {uuid.UUID(series): self.place(place) for series, place in given["moves"].items()}
        rooms = given.get("rooms")
        ending = {uuid.UUID(series) for series in given["ended"]}
        return {
            "moves": moves,
            "rooms": None if rooms is None else [self.room(one) for one in rooms[:MOST_ROOMS]],
            "ending": list(self.desks.filter(series__in=ending)),
        }

    def place(self, given):
        x, y, turned = given
        if not isinstance(turned, bool) or not on_plan(x, y, *size_of(turned)):
            raise ValueError(given)
        return x, y, turned

    def room(self, given):
        room = {name: given[name] for name in ("x", "y", "width", "depth")}
        if not on_plan(*room.values()):
            raise ValueError(given)
        name = forms.CharField(max_length=60, required=False).clean(given["name"])
        name.encode()  # a half sign that no database keeps is unreadable
        return {"name": name} | room

    def clean(self):
        given = super().clean()
        if (given.get("differences") or {}).get("ending"):
            if not given.get("on"):
                self.add_error("on", _("Say from which day the desks end."))
            if self.reason_needed and not given.get("reason"):
                self.add_error(
                    "reason", _("The department reads why the desks end. Give the reason.")
                )
        return given


# --- photographs ----------------------------------------------------------------------------------

AT_ONCE = 6
text_with = lazy(lambda text, given: str(text) % given, str)


class PhotographsForm(Keyed):
    """Up to six pictures with their captions; a picture without a caption is not taken."""

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        for number in range(1, AT_ONCE + 1):
            given = {"number": number}
            self.fields[f"file_{number}"] = forms.FileField(
                label=text_with(_("Picture %(number)s"), given), required=number == 1,
                widget=forms.FileInput({"accept": PICTURES}),
                help_text=_("JPG or PNG. Hidden data such as place and camera is removed.") if number == 1 else "",
            )  # fmt: skip
            self.fields[f"caption_{number}"] = forms.CharField(
                label=text_with(_("What picture %(number)s shows"), given), required=number == 1,
                max_length=200,
                help_text=_("It stands below the picture and is read out to those who do not see it.") if number == 1 else "",
            )  # fmt: skip

    def clean(self):
        given = super().clean()
        for number in range(1, AT_ONCE + 1):
            file, caption = given.get(f"file_{number}"), given.get(f"caption_{number}")
            if file and EXTENSIONS.get(file.name.rpartition(".")[2].lower()) not in IMAGES:
                self.add_error(f"file_{number}", _("A photograph is a JPG or PNG file."))
            elif file and not caption and not self.has_error(f"caption_{number}"):
                self.add_error(f"caption_{number}", _("Say what the picture shows."))
            elif caption and not file and not self.has_error(f"file_{number}"):
                self.add_error(
                    f"file_{number}", _("Choose the picture that this caption belongs to.")
                )
            elif file:
                given[f"file_{number}"] = self.looked_at(number, file)
        return given

    def looked_at(self, number, file):
        """The file is looked at here, before anything is written: that takes seconds."""
        try:
            return look_at(file, by=self.by)
        except Refused as refused:
            self.add_error(f"file_{number}", str(refused))
            return None

    @property
    def pictures(self):
        """File and caption of each picture given."""
        pairs = [(f"file_{n}", f"caption_{n}") for n in range(1, AT_ONCE + 1)]
        given = self.cleaned_data
        return [(given[file], given[caption]) for file, caption in pairs if given.get(file)]


class CaptionForm(Seen):
    caption = forms.CharField(
        label=_("What the picture shows"), max_length=200,
        help_text=_("It stands below the picture and is read out to those who do not see it."),
    )  # fmt: skip


class TakeDownForm(Keyed):
    on = forms.DateField(label=_("From which day"), widget=day_input(), initial=timezone.localdate)
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)
