"""The shape of what people enter about imports."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.imports.models import Import
from zhongchuang.records.forms import Keyed

ACCEPTED = ".xlsx,.xls,.csv,.json"
SAMPLES = 3


class UploadForm(Keyed):
    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput({"accept": ACCEPTED}),
        help_text=_("Excel (.xlsx, .xls), text table (.csv) or .json, at most 50 MB. Nothing is recorded before you confirm it."),
    )  # fmt: skip


class ColumnsForm(forms.Form):
    """What each column of the file means, and what happens to what is recorded already."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    existing = forms.ChoiceField(
        label=_("What is recorded already"), choices=Import.Existing, widget=forms.RadioSelect,
    )  # fmt: skip
    on = forms.DateField(
        label=_("From which day the rows hold"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("For rows that name no day themselves."),
    )

    def __init__(self, *args, kind, grid, imported, **kwargs):
        initial = {
            "version": imported.version,
            "existing": imported.existing,
            "on": imported.on or timezone.localdate(),
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.kind, self.width = kind, len(grid.headings)
        choices = [("", _("not read"))] + [(one.name, label_of(one)) for one in kind.columns]
        for place, heading in enumerate(grid.headings):
            self.fields[f"c{place}"] = forms.ChoiceField(
                label=heading or _("column %(letter)s") % {"letter": grid.letters[place]},
                choices=choices, required=False, initial=imported.columns[place],
                help_text=samples(grid, place),
            )  # fmt: skip

    @property
    def heads(self):
        """The fields of the columns, in the order of the file."""
        return [self[f"c{place}"] for place in range(self.width)]

    @property
    def columns(self):
        return [self.cleaned_data[f"c{place}"] for place in range(self.width)]

    def clean(self):
        given = super().clean()
        seen = {}
        for place in range(self.width):
            name = given.get(f"c{place}")
            if name and name in seen:
                self.add_error(
                    f"c{place}",
                    ValidationError(
                        _("“%(label)s” was chosen for “%(other)s” already. Choose it once."),
                        code="twice",
                        params={"label": self.kind.column(name).label, "other": seen[name]},
                    ),
                )
            elif name:
                seen[name] = self.fields[f"c{place}"].label
        return given


def label_of(column):
    return f"{column.label} *" if column.required else column.label


def samples(grid, place):
    """The first values of a column, so that one sees what it holds."""
    found = [shown(cell) for cell in grid.columns[place] if cell not in (None, "")][:SAMPLES]
    return " · ".join(found)


def shown(cell):
    """A cell as its program shows it: a whole number without a point."""
    whole = isinstance(cell, float) and cell.is_integer() and abs(cell) < 10**15
    return str(int(cell) if whole else cell)[:20]


class ConfirmForm(Keyed):
    version = forms.IntegerField(widget=forms.HiddenInput)
