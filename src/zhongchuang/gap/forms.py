"""The form for a figure that is stated instead of computed."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.gap import entry, words
from zhongchuang.gap.models import Statement
from zhongchuang.gap.registered import recorded
from zhongchuang.ledgers.forms import LineForm
from zhongchuang.policy.errors import Refused
from zhongchuang.policy.facts import fact_groups, space_catalogue
from zhongchuang.policy.quantity import unit_of
from zhongchuang.records.register import REGISTER
from zhongchuang.tables.cells import CellReader


def labelled(column):
    """A figure with its unit, to choose from."""
    label = words.label(column)
    return f"{label} ({unit_of(column.unit).en if not words.chinese() else unit_of(column.unit).zh})" if column.unit else label  # fmt: skip


class StatementForm(LineForm):
    """A figure, its value in words or numbers with a unit, the day from which it holds, and why."""

    rare = ("until",)

    fact = forms.ChoiceField(label=_("Which figure"))
    text = forms.CharField(
        label=_("Stated value"), max_length=400,
        help_text=_("With or without a unit, such as 300, 12 000 m2, yes; several separated by semicolons."),
    )  # fmt: skip

    class Meta:
        model = Statement
        fields = ["fact", "text", "day", "reason", "until"]
        labels = {"day": _("Holds from")}
        widgets = {"reason": forms.Textarea({"rows": 2})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        groups = {key: [] for key in fact_groups()}
        for name, column in space_catalogue().columns.items():
            groups[column.fact.group].append((name, labelled(column)))
        titles = fact_groups()
        self.fields["fact"].choices = [
            ("", _("Choose a figure")),
            *((words.say(titles[key]), found) for key, found in groups.items()),
        ]

    def clean(self):
        """The value is read as a cell of a file is, and kept in the unit of the catalogue."""
        given = super().clean()
        column = space_catalogue().columns.get(given.get("fact", ""))
        if column is None or "text" not in given:
            return given
        try:
            reader = CellReader(column.fact, language="zh" if words.chinese() else "en")
            value = reader.read(given["text"])
        except Refused as refused:
            self.add_error("text", ValidationError(words.refusal(refused), code="unreadable"))
        else:
            given["text"] = entry.written(value)
            self.refuse_official(column)
        return given

    def refuse_official(self, column):
        """What a department put on record of the space is not stated otherwise: it counts whatever is stated."""
        name = column.name
        known = recorded(self.space, timezone.localdate(), names={name}) if name in REGISTER.official else {}  # fmt: skip
        if name in known:
            self.add_error("fact", ValidationError(_("A department put this on record: %(value)s. Where that is wrong, ask the department to correct it; the record stands on the page of the space."), code="official", params={"value": words.value(column, known[name])}))  # fmt: skip
