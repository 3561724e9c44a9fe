"""Programmes, awards and consequences as a pack writes them."""

from collections.abc import Mapping
from typing import Any

from zhongchuang.policy.awards import (
    CASE_BY_CASE,
    NOT_STATED,
    Award,
    Consequence,
    OtherUses,
    Programme,
)
from zhongchuang.policy.errors import _
from zhongchuang.policy.facts import Text
from zhongchuang.policy.quantity import Quantity, units
from zhongchuang.policy.reading import Node
from zhongchuang.policy.sections.conditions import read_test

USES = (
    "rent",
    "broadband",
    "equipment",
    "software",
    "platform",
    "events",
    "training",
    "mentors",
    "operation",
    "refit",
    "online_content",
    "angel_investment",
)
EFFECTS = (
    "qualification_cancelled",
    "title_withdrawn",
    "filing_ended",
    "clawback",
    "credit_record",
    "referred",
    "rectification",
)
HUNDRED = 100


def read_programmes(root: Node) -> dict[str, Programme]:
    """The pots of money."""
    return {name: _programme(name, node) for name, node in root.tables("programmes")}


def _programme(name: str, node: Node) -> Programme:
    programme = Programme(
        id=name,
        text=node.words("text"),
        cite=_cited(node),
        budget=node.quantity("budget", None),
        shares=_shares(node),
        basis=node.basis(),
        note=node.words("note", None),
    )
    node.done()
    return programme


def _cited(node: Node) -> Any:
    cite = node.cite()
    if "cite" not in node:
        node.fault("cite", _("This key is missing."))
    return cite


def _shares(node: Node) -> dict[str, Quantity]:
    if "shares" not in node:
        return {}
    table = node.table("shares")
    shares = {payer: table.quantity(payer) for payer in table.value}
    table.done()
    known = [one.in_unit("%") for one in shares.values() if one is not None and one.unit == "%"]
    if len(known) != len(shares) or sum(known) != HUNDRED:
        node.fault("shares", _("The shares do not add up to 100 %%."))
        return {}
    return shares


def read_awards(root: Node, programmes: Mapping[str, Programme]) -> dict[str, Award]:
    """What is paid."""
    return {name: _award(name, node, programmes) for name, node in root.tables("awards")}


def _award(name: str, node: Node, programmes: Mapping[str, Programme]) -> Award:
    kind, amount, up_to = _money(node)
    when = read_test(node.table("when"), f"{name}.when") if "when" in node else None
    award = Award(
        id=name,
        text=node.words("text", Text(name, name)),
        cite=_cited(node),
        kind=kind,
        amount=amount,
        up_to=up_to,
        approximate=node.typed("approximate", bool, "true, false", default=False),
        once=node.one_of("once", ("ever", "while_valid"), ""),
        when=when,
        uses=_listed(node, "uses", USES),
        other_uses=_other_uses(node),
        shares=_shares(node),
        programme=node.one_of("programme", programmes, "")
        if programmes
        else node.text("programme", ""),
        basis=node.basis(),
        note=node.words("note", None),
    )
    node.taken.append("when")
    node.done()
    return award


def _money(node: Node) -> tuple[str, Quantity | None, Quantity | None]:
    """The kind of amount, the amount, and the upper end of a range."""
    value = node.value.get("amount")
    if value in (NOT_STATED, CASE_BY_CASE):
        node.take("amount")
        return str(value), None, None
    if isinstance(value, dict):
        table = node.table("amount")
        low, high = table.quantity("from"), table.quantity("to")
        table.done()
        return "range", _in_money(node, low), _in_money(node, high)
    return "fixed", _in_money(node, node.quantity("amount")), None


def _in_money(node: Node, quantity: Any) -> Quantity | None:
    if quantity is not None and units()[quantity.unit].dimension != "money":
        node.fault(
            "amount", _("%(found)s cannot be counted in %(unit)s."), found=str(quantity), unit="CNY"
        )
        return None
    return quantity  # type: ignore[no-any-return]


def _listed(node: Node, key: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
    words = node.texts(key, ())
    for word in words:
        if word not in allowed:
            node.fault(
                key,
                _("“%(found)s” is not allowed. Allowed: %(allowed)s."),
                found=word,
                allowed=", ".join(allowed),
            )
    return words


def _other_uses(node: Node) -> OtherUses | None:
    if "other_uses" not in node:
        return None
    table = node.table("other_uses")
    other = OtherUses(table.texts("needs"), table.text("filed_with", ""), table.cite())
    table.done()
    return other


def read_consequences(root: Node) -> dict[str, Consequence]:
    """What follows from misuse or failure."""
    return {name: _consequence(name, node) for name, node in root.tables("consequences")}


def _consequence(name: str, node: Node) -> Consequence:
    when = read_test(node.table("when"), f"{name}.when") if "when" in node else None
    consequence = Consequence(
        id=name,
        text=node.words("text"),
        cite=_cited(node),
        effects=_listed(node, "effects", EFFECTS),
        when=when,
        refused_for=node.quantity("refused_for", None),
        basis=node.basis(),
        note=node.words("note", None),
    )
    node.taken.append("when")
    node.done()
    return consequence
