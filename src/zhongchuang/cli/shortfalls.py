"""Which leaves of a verdict stand in its way, and which are settled."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from zhongchuang.policy.answer import tested
from zhongchuang.policy.verdict import FOR_JUDGEMENT, MET, NOT_APPLICABLE, NOT_MET, UNKNOWN, Finding

Path = tuple[Finding, ...]


@dataclass(slots=True)
class Standing:
    """The leaves of a verdict by what they mean for it, each with the groups around it."""

    met: int = 0
    short: list[tuple[Finding, Path]] = field(default_factory=list)
    unknown: list[tuple[Finding, Path]] = field(default_factory=list)
    to_judge: list[tuple[Finding, Path]] = field(default_factory=list)


def standing(finding: Finding) -> Standing:
    """What is met, missing, unknown and to judge; a leaf that an alternative has made idle is left out."""
    found = Standing(met=finding.count(MET))
    places = {NOT_MET: found.short, UNKNOWN: found.unknown, FOR_JUDGEMENT: found.to_judge}
    for leaf, path in _open(finding, ()):
        places[leaf.verdict].append((leaf, path))
    return found


def _open(group: Finding, path: Path) -> Iterator[tuple[Finding, Path]]:
    """The leaves that keep a group from being met; of a `none_of` the group itself."""
    kind = tested(group.condition).kind
    for child in group.children:
        if child.verdict in (MET, NOT_APPLICABLE) or (
            kind != "all_of" and child.verdict != group.verdict
        ):
            continue
        if child.children and tested(child.condition).kind != "none_of":
            yield from _open(child, (*path, child))
        else:
            yield child, path
