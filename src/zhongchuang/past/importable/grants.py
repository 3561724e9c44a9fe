"""Awards and subsidies, one payment a row."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from zhongchuang.gap.packs import all_packs
from zhongchuang.imports.declaration import Column
from zhongchuang.past.importable.rows import (
    NOTE,
    Checking,
    aliases,
    answers,
    checked,
    closing,
    named,
)
from zhongchuang.past.models import Grant
from zhongchuang.past.rules import award_id
from zhongchuang.spaces.importable.columns import fault

Recipient = Grant.Recipient
KINDS = tuple(Recipient.choices)


def columns():
    packs = [pack for pack in all_packs().values() if pack.awards]
    return (
        *named(packs),
        Column("programme", _("Programme or award"), required=True, longest=200, aliases=aliases("grant"), about=_("Where the rules have the award, the name that they give it.")),
        Column("recipient_kind", _("Kind of recipient"), "choice", choices=KINDS, answers=answers(KINDS), aliases=aliases("recipient_kind"), about=_("Blank: the operator of the space.")),
        Column("recipient", _("Name of the recipient"), longest=200, aliases=aliases("recipient"), about=_("Of a firm, a team or a person; blank for the operator.")),
        Column("recipient_code", _("Unified social credit code of the recipient"), "code", aliases=aliases("recipient_code"), about=_("Of a firm, where it is known.")),
        Column("amount", _("Amount"), "amount", unit="CNY", aliases=aliases("amount"), about=_("Exact to the cent. Blank: unknown, which is not zero.")),
        Column("payer", _("Approved by"), longest=200, aliases=aliases("payer"), about=_("The department that approved it.")),
        *closing(),
        Column("paid", _("Paid on"), "day", aliases=aliases("paid"), about=_("Blank where it is not known or has not been paid.")),
        NOTE,
    )  # fmt: skip


def checked_grants(rows, *, by, scope, existing, on):
    """What writing the rows would do."""
    del scope, existing, on
    return checked(OfGrants(rows, by=by), rows)


class OfGrants(Checking):
    model = Grant
    same = ("year", "programme", "day", "recipient_kind", "recipient")
    compared = ("operator_id", "pack", "recipient_code", "amount", "personal_amount", "payer", "basis", "paid", "note")  # fmt: skip

    def of_kind(self, place, row):
        kind = kind_of(row)
        if kind == Recipient.OPERATOR and row["recipient"]:
            yield fault(place, "recipient", "operator_named", gettext_noop("A payment to the operator needs no name. Say to whom it was paid, or leave the name blank."))  # fmt: skip
        if kind != Recipient.OPERATOR and not row["recipient"]:
            yield fault(place, "recipient", "nobody", gettext_noop("Name who got it; only a payment to the operator stays without a name."))  # fmt: skip
        if row["recipient_code"] and kind != Recipient.FIRM:
            yield fault(place, "recipient_code", "no_firm", gettext_noop("Only a firm has this code here. Take it away, or say that it was paid to a firm."))  # fmt: skip
        if row["paid"] and row["paid"] > self.today:
            yield fault(place, "paid", "future", gettext_noop("%(day)s lies in the future. What is decided from now on is decided on the platform."), day=row["paid"].isoformat())  # fmt: skip
        pack = self.packs.get(row["pack"])
        if pack and not award_id(pack, row["programme"]):
            names = " / ".join(one.text["zh"] for one in pack.awards.values())
            yield fault(
                place, "programme", "other_award",
                gettext_noop("These rules have no award “%(found)s” (they have %(allowed)s). It is kept as it is written."),
                warning=True, found=row["programme"], allowed=names,
            )  # fmt: skip

    def record(self, row, **whose):
        kind, pack = kind_of(row), self.packs.get(row["pack"])
        amount = row["amount"]
        is_sealed = kind == Recipient.PERSON
        return Grant(
            **whose, **self.common(row, row["programme"]), award=award_id(pack, row["programme"]),
            recipient_kind=kind, recipient=row["recipient"] or "", recipient_code=row["recipient_code"] or "",
            amount=None if is_sealed else amount, personal_amount=f"{amount:.2f}" if is_sealed and amount is not None else "",
            payer=row["payer"] or "", paid=row["paid"],
        )  # fmt: skip


def kind_of(row):
    return row["recipient_kind"] or Recipient.OPERATOR
