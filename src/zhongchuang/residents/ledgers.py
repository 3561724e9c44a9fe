"""The ledgers of residents."""

from django.utils.translation import gettext_lazy as _

from zhongchuang.ledgers.declaration import Column, Ledger
from zhongchuang.ledgers.forms import LineForm
from zhongchuang.residents.models import Stay


def ledgers():
    """Stays: written by admission, moves and leaving, read here."""
    return [STAYS]


STAYS = Ledger(
    name="stays",
    title=_("Residents"),
    about=_("Who moved in when, at which stage, and where it went."),
    button=_("Take a resident in"),
    model=Stay,
    form=LineForm,
    columns=(
        Column("resident", _("Resident")),
        Column("until", _("Left on")),
        Column("free_months", _("Free months"), number=True),
        Column("outcome", _("How it ended")),
    ),
    group="residents",
    queries=("resident",),
    searched=("resident__name", "resident__words"),
    written=False,
)
