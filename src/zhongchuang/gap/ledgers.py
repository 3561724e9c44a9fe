"""The ledger of figures that an operator states instead of its records."""

from django.utils.translation import gettext_lazy as _

from zhongchuang.gap import words
from zhongchuang.gap.forms import StatementForm
from zhongchuang.gap.models import Statement
from zhongchuang.ledgers.declaration import Column, Ledger


def ledgers():
    """Stated figures."""
    return [STATEMENTS]


STATEMENTS = Ledger(
    name="statements",
    title=_("Stated figures"),
    about=_("A figure that differs from the records, with the reason and the file behind it; both are shown."),
    button=_("State a figure"),
    model=Statement,
    form=StatementForm,
    columns=(
        Column("fact", _("Which figure"), value=str),
        Column("text", _("Stated value"), value=lambda line: words.value(line.column, line.value), number=True),
        Column("until", _("Until"), ending=True),
        Column("reason", _("Reason")),
    ),
    group="figures",
    searched=("reason",),
)  # fmt: skip
