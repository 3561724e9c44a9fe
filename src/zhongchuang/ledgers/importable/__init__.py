"""What the ledgers take from files: each ledger of a space is a kind of rows."""

from functools import cache

from django.utils.translation import gettext_lazy as _

from zhongchuang.imports.declaration import Kind
from zhongchuang.ledgers.access import may_write
from zhongchuang.ledgers.declaration import ledgers
from zhongchuang.ledgers.importable.rows import written_by
from zhongchuang.ledgers.importable.writing import undo
from zhongchuang.page.refusal import Refusal
from zhongchuang.spaces.importable.rows import own_space


@cache
def importable():
    """A kind for each ledger that has a sheet."""
    return [as_kind(ledger) for ledger in ledgers().values() if ledger.sheet]


def key_of(ledger):
    """What its kind is called; tables of a space have names of their own."""
    return f"ledger-{ledger.name}"


def as_kind(ledger):
    sheet = sheet_of(ledger)
    return Kind(
        key_of(ledger),
        ledger.title,
        ledger.about,
        sheet.columns,
        may=may,
        undo=undo,
        scope=own_space,
        **written_by(sheet, own_space),
    )


def may(acting, code):
    """Whether the post writes in the ledgers of the space."""
    space = own_space(acting, code)
    if space is None:
        return Refusal(
            "not_yours",
            _("Only those who work for the operator of this space write in its ledgers."),
        )
    return may_write(acting, space)


def sheet_of(ledger):
    """How its lines stand in a workbook; None where they stand in none."""
    return sheets().get(ledger.name)


@cache
def sheets():
    return {ledger.name: ledger.sheet(ledger) for ledger in ledgers().values() if ledger.sheet}
