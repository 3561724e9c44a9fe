"""The sets of a pack."""

from zhongchuang.policy.errors import _
from zhongchuang.policy.pack import RuleSet
from zhongchuang.policy.reading import Node
from zhongchuang.policy.sections.conditions import read_root
from zhongchuang.policy.sections.indicators import read_scoring

SUBJECTS = ("space", "resident", "person", "organisation", "region")
WINDOWS = ("calendar_year", "last_12_months")


def read_sets(root: Node) -> dict[str, RuleSet]:
    """All sets of a pack; a pack without one is at fault."""
    sets = {name: _set(name, node) for name, node in root.tables("sets")}
    if not sets:
        root.fault("sets", _("A pack has at least one set."))
    return sets


def _set(name: str, node: Node) -> RuleSet:
    cite, basis = node.cite(), node.basis()
    root = read_root(name, node, cite) if "conditions" in node else None
    scoring = read_scoring(node) if "indicators" in node else None
    if root is None and scoring is None:
        node.fault("conditions", _("A set has conditions or indicators."))
    read = RuleSet(
        name=name,
        subject=node.one_of("subject", SUBJECTS),
        title=node.words("title"),
        root=root,
        scoring=scoring,
        window=node.one_of("window", WINDOWS, WINDOWS[0]),
        note=node.words("note", None),
        cite=cite,
        basis=basis,
    )
    node.taken += ["conditions", "indicators"]
    node.done()
    return read
