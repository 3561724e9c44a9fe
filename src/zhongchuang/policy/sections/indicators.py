"""Indicators, parts, bonus and grades as a pack writes them."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from zhongchuang.policy.errors import Refused, _
from zhongchuang.policy.facts import Column, Text, space_catalogue
from zhongchuang.policy.quantity import Exact, exact
from zhongchuang.policy.reading import Node
from zhongchuang.policy.scoring import Bonus, Grade, Indicator, JudgedPoints, PerItem, Scoring
from zhongchuang.policy.sections.scales import read_scale

PARTS = ("total", "increment", "year")
HUNDRED = 100


def read_scoring(node: Node) -> Scoring:
    seen: set[str] = set()
    weights_by = node.column("weights_by") if "weights_by" in node else None
    indicators = [_indicator(one, seen, weights_by) for one in node.list("indicators")]
    if not indicators:
        node.fault("indicators", _("This list is empty."))
    _same_types(node, indicators)
    rounding = node.table("rounding") if "rounding" in node else None
    places = 2
    if rounding is not None:
        places = rounding.typed("places", int, "0, 1, 2, 3, 4")
        if places not in range(5):
            rounding.fault(
                "places",
                _("Found %(found)s. Allowed: %(allowed)s."),
                found=places,
                allowed="0, 1, 2, 3, 4",
            )
        rounding.one_of("mode", ("half_up",))
        rounding.done()
    return Scoring(
        parts=_parts(node),
        indicators=tuple(one for one in indicators if one is not None),
        increment=node.one_of(
            "increment", ("change_of_total", "growth_of_year"), "change_of_total"
        ),
        first_year=node.one_of("first_year", ("total_only",), "total_only"),
        places=places or 0,
        ties=node.one_of("ties", ("share",), "share"),
        bonus=_bonus(node),
        weights_by=weights_by,
        grades=tuple(_grade(name, one) for name, one in node.tables("grades")),
    )


def _same_types(node: Node, indicators: Sequence[Indicator | None]) -> None:
    """Every indicator has a weight for each type of space that any of them names."""
    weights = {one.id: one.weight for one in indicators if one and isinstance(one.weight, Mapping)}
    types = {code: None for weight in weights.values() for code in weight}
    for id_, weight in weights.items():
        for code in types:
            if code not in weight:
                node.fault(f"indicators[{id_}].weight.{code}", _("This key is missing."))


def _parts(node: Node) -> dict[str, Exact]:
    if "parts" not in node:
        return {"total": 1}
    table = node.table("parts")
    shares = {part: table.amount(part, "%") for part in PARTS if part in table}
    table.taken += PARTS
    table.done()
    if sum(share or 0 for share in shares.values()) != HUNDRED:
        node.fault(
            "parts",
            _("The parts add up to %(found)s %%. Allowed: 100 %%."),
            found=sum(share or 0 for share in shares.values()),
        )
    if tuple(shares) not in (("total", "increment"), ("total",), ("year",)):
        node.fault(
            "parts",
            _("“%(found)s” is not allowed. Allowed: %(allowed)s."),
            found=", ".join(shares),
            allowed="total, increment; total; year",
        )
    return {part: exact(Fraction(share or 0) / HUNDRED) for part, share in shares.items()}


def _indicator(node: Node, seen: set[str], weights_by: Column | None) -> Indicator | None:
    id_ = node.name("id")
    if id_ in seen:
        node.fault("id", _("The id “%(found)s” is used twice in this set."), found=id_)
    seen.add(id_)
    text, cite = node.words("text"), node.cite()
    if cite is None and "cite" not in node:
        node.fault("cite", _("This condition has no citation, nor has a group around it."))
    fact = _base_fact(node) if "fact" in node else None
    weight = _weights(node, weights_by)
    scale = read_scale(node, fact.unit if fact else "")
    alone = isinstance(scale, JudgedPoints) or (isinstance(scale, PerItem) and scale.factors)
    if fact is None and not alone and "fact" not in node:
        node.fault("fact", _("This key is missing."))
    if fact is not None and alone:
        node.fault("fact", _("This scale takes no fact of its own."))
    basis, note = node.basis(), node.words("note", None)
    node.done()
    if scale is None or weight is None:
        return None
    return Indicator(
        id=id_, text=text, cite=cite, fact=fact, weight=weight, scale=scale, basis=basis, note=note
    )


def _base_fact(node: Node) -> Any:
    """A fact without time kind: the parts of the score choose it."""
    name = node.text("fact")
    fact = space_catalogue().facts.get(name)
    if fact is None or fact.type != "quantity":
        node.fault(
            "fact",
            _("There is no fact “%(found)s”. Nearest: %(allowed)s."),
            found=name,
            allowed=", ".join(space_catalogue().nearest(name)),
        )
        return None
    return fact


def _weights(node: Node, weights_by: Column | None) -> Any:
    if weights_by is None:
        return node.number("weight")
    table = node.table("weight")
    weights = {code: table.number(code) for code in table.value}
    for code in weights:
        if code not in weights_by.fact.choices:
            table.fault(
                code,
                _("“%(found)s” is not allowed. Allowed: %(allowed)s."),
                found=code,
                allowed=", ".join(weights_by.fact.choices),
            )
    return weights


def _bonus(node: Node) -> Bonus | None:
    if "bonus" not in node:
        return None
    table = node.table("bonus")
    column, each, most, cite = (
        table.column(),
        table.number("each"),
        table.number("at_most"),
        table.cite(),
    )
    table.done()
    return (
        Bonus(column, each, most, cite)
        if column and each is not None and most is not None
        else None
    )


def _grade(name: str, node: Node) -> Grade:
    bars = []
    for one in node.texts("barred_by", ()):
        try:
            bars.append(space_catalogue().column(one))
        except Refused as refused:
            node.add("barred_by", refused)
    grade = Grade(
        id=name,
        text=node.words("text", Text(name, name)),
        cite=node.cite(),
        score_at_least=node.number("score_at_least", None),
        score_below=node.number("score_below", None),
        rank_at_most=node.whole("rank_at_most", None),
        among=node.one_of("among", ("not_yet_awarded",), ""),
        rank_share_at_most=node.amount("rank_share_at_most", "%", None),
        barred_by=tuple(bars),
        title_years=node.whole("title_years", None),
        award=node.text("award", ""),
        basis=node.basis(),
    )
    node.done()
    return grade
