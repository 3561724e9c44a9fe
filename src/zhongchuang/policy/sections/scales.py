"""The scales of indicators as a pack writes them."""

from itertools import pairwise

from zhongchuang.policy.errors import Refused, _
from zhongchuang.policy.facts import space_catalogue
from zhongchuang.policy.reading import Node
from zhongchuang.policy.scoring import (
    JudgedPoints,
    Linear,
    Percentile,
    PerItem,
    Scale,
    ShareOfBest,
    Steps,
    ThresholdThenSlope,
)

NAMED = ("share_of_best", "percentile")
TABLES = ("linear", "steps", "threshold_then_slope", "per_item", "judged")


def read_scale(node: Node, unit: str) -> Scale | None:
    """The scale of an indicator whose fact is counted in `unit`; None after a fault."""
    written = node.take("scale")
    if isinstance(written, str):
        return _named(node, written)
    table = Node(
        written if written is not None else {},
        f"{node.path}.scale",
        node.file,
        node.faults,
        bare=node.bare,
    )
    kinds = [kind for kind in TABLES if kind in table]
    if len(kinds) != 1:
        node.fault(
            "scale",
            _("“%(found)s” is not allowed. Allowed: %(allowed)s."),
            found=", ".join(table.value) or "-",
            allowed=", ".join((*NAMED, *TABLES)),
        )
        return None
    scale = {
        "linear": _linear,
        "steps": _steps,
        "threshold_then_slope": _slope,
        "per_item": _per_item,
        "judged": _judged,
    }[kinds[0]](table, unit)
    table.done()
    return scale


def _named(node: Node, written: str) -> Scale | None:
    if written not in NAMED:
        node.fault(
            "scale",
            _("“%(found)s” is not allowed. Allowed: %(allowed)s."),
            found=written,
            allowed=", ".join((*NAMED, *TABLES)),
        )
        return None
    return ShareOfBest() if written == "share_of_best" else Percentile()


def _linear(outer: Node, unit: str) -> Scale | None:
    node = outer.table("linear")
    start, end = node.amount("from", unit), node.amount("to", unit)
    node.done()
    if start is not None and start == end:
        node.fault("to", _("The scale begins and ends at the same figure."))
        return None
    return None if start is None or end is None else Linear(start, end)


def _steps(outer: Node, unit: str) -> Scale | None:
    steps = []
    for node in outer.list("steps"):
        steps.append((node.amount("at_least", unit), node.number("points")))
        node.done()
    if not steps or any(None in step for step in steps):
        if not steps:
            outer.fault("steps", _("This list is empty."))
        return None
    if any(later[0] <= earlier[0] for earlier, later in pairwise(steps)):
        outer.fault("steps", _("The steps do not rise."))
    return Steps(tuple(steps))


def _slope(outer: Node, unit: str) -> Scale | None:
    node = outer.table("threshold_then_slope")
    threshold, per = node.amount("threshold", unit), node.amount("per", unit)
    base, each = node.number("points"), node.number("each")
    node.done()
    if per == 0:
        node.fault("per", _("Found %(found)s. Allowed: %(allowed)s."), found=0, allowed="> 0")
        return None
    return (
        None
        if None in (threshold, per, base, each)
        else ThresholdThenSlope(threshold, base, per, each)
    )


def _per_item(outer: Node, _unit: str) -> Scale | None:
    node = outer.table("per_item")
    each = node.number("each", 1)
    factors = []
    if "factors" in node:
        table = node.table("factors")
        for name in table.value:
            factor = table.number(name)
            fact = space_catalogue().facts.get(name)
            if fact is None:
                table.add(
                    name,
                    Refused(
                        _("There is no fact “%(found)s”. Nearest: %(allowed)s."),
                        found=name,
                        allowed=", ".join(space_catalogue().nearest(name)),
                    ),
                )
            elif factor is not None:
                factors.append((fact, factor))
    node.done()
    return PerItem(each, tuple(factors))


def _judged(outer: Node, _unit: str) -> Scale | None:
    most = outer.number("judged")
    return None if most is None else JudgedPoints(most)
