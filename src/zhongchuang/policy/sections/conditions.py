"""Conditions as a pack writes them."""

from dataclasses import replace
from typing import Any

from zhongchuang.policy.citation import Citation
from zhongchuang.policy.conditions import (
    GROUPS,
    OPERATORS,
    Bound,
    Condition,
    Group,
    Includes,
    Judged,
    OneOf,
    RatioBound,
    When,
    Within,
)
from zhongchuang.policy.errors import _
from zhongchuang.policy.facts import Column, Text, is_choice
from zhongchuang.policy.reading import Node

TESTS = (*OPERATORS, "is", "one_of", "includes", "within")
KINDS = ("fact", *GROUPS, "when", "judged")


def read_root(name: str, node: Node, cite: Citation | None) -> Group | None:
    """All conditions of a set; one without an article of its own has the set's."""
    seen: set[str] = set()
    members = [_condition(one, seen, cited=cite is not None) for one in node.list("conditions")]
    if not members:
        node.fault("conditions", _("This list is empty."))
    known = tuple(
        one if one.cite else replace(one, cite=cite) for one in members if one is not None
    )
    return Group(id=name, op="all_of", of=known) if known else None


def _condition(node: Node, seen: set[str], *, cited: bool) -> Condition | None:
    """A condition with id and text; `cited` says whether a group around it has the article."""
    id_, text = node.name("id"), node.words("text")
    if id_ and id_ in seen:
        node.fault("id", _("The id “%(found)s” is used twice in this set."), found=id_)
    seen.add(id_)
    head = {
        "id": id_,
        "text": text,
        "cite": node.cite(),
        "basis": node.basis(),
        "note": node.words("note", None),
    }
    cited = cited or "cite" in node
    return _body(node, head, seen, cited=cited)


def _body(node: Node, head: dict[str, Any], seen: set[str], *, cited: bool) -> Condition | None:
    """The one kind that a condition is of; faults where it is none or two."""
    kinds = [kind for kind in KINDS if kind in node]
    if len(kinds) != 1:
        node.fault(
            "",
            _("A condition has one of these keys, found %(found)s. Allowed: %(allowed)s."),
            found=", ".join(kinds) or "-",
            allowed=", ".join(KINDS),
        )
        return None
    kind = kinds[0]
    if not cited and head["id"] and kind not in GROUPS:
        node.fault("cite", _("This condition has no citation, nor has a group around it."))
    if kind == "fact":
        found: Condition | None = _test(node, head)
    elif kind == "judged":
        if not head["id"]:  # a member of a `when`'s group: nobody could name it in a judgement
            node.fault(
                "judged",
                _("“%(found)s” is not allowed. Allowed: %(allowed)s."),
                found="judged",
                allowed=", ".join(("fact", *GROUPS)),
            )
        found = Judged(**head, look_at=_look_at(node))
    elif kind == "when":
        found = _when(node, head, seen, cited=cited)
    else:
        found = _group(node, head, kind, seen, cited=cited)
    node.done()
    return found


def _look_at(node: Node) -> Text:
    """What a person looks at; the rules inside a decision leave the words out."""
    if node.value["judged"] == {}:
        node.taken.append("judged")
        return Text("", "")
    return node.words("judged") or Text("", "")


def _group(
    node: Node, head: dict[str, Any], kind: str, seen: set[str], *, cited: bool
) -> Group | None:
    key, count = kind, 0
    if kind == "at_least_n_of":
        count, key = node.whole(kind) or 0, "of"
    nodes = node.list(key)
    members = tuple(
        one for one in (_member(one, head, seen, cited=cited) for one in nodes) if one is not None
    )
    if not nodes:
        node.fault(key, _("This list is empty."))
    if count > len(nodes):
        node.fault(
            kind,
            _("Found %(found)s. Allowed: %(allowed)s."),
            found=count,
            allowed=f"≤ {len(nodes)}",
        )
    return Group(**head, op=kind, of=members, count=count) if members else None


def _member(node: Node, head: dict[str, Any], seen: set[str], *, cited: bool) -> Condition | None:
    """A member of a group; inside a `when` it has no id and text of its own."""
    return (
        _condition(node, seen, cited=cited)
        if head["text"]
        else _body(node, _nameless(""), seen, cited=True)
    )


def _nameless(id_: str) -> dict[str, Any]:
    return {"id": id_, "text": None, "cite": None}


def _when(node: Node, head: dict[str, Any], seen: set[str], *, cited: bool) -> When | None:
    test_node = node.table("when")
    test_head = _nameless("")
    if "judged" in test_node:
        test_head["id"] = f"{head['id']}.when"
    test = _body(test_node, test_head, seen, cited=True)
    then_node = node.table("then")
    then = _body(then_node, head, seen, cited=cited)
    if test is None or then is None:
        return None
    return When(**head, test=test, then=then)


def _test(node: Node, head: dict[str, Any]) -> Condition | None:
    """A test of one fact."""
    column = node.column()
    tests = [test for test in TESTS if test in node]
    if len(tests) != 1:
        node.fault(
            "",
            _("A fact has one of these tests, found %(found)s. Allowed: %(allowed)s."),
            found=", ".join(tests) or "-",
            allowed=", ".join(TESTS),
        )
        return None
    test = tests[0]
    if column is None:
        node.take(test)
        return None
    if not _fits(test, column):
        node.fault(
            test,
            _("“%(fact)s” is of type %(type)s and takes none of this. Allowed: %(allowed)s."),
            fact=column.name,
            type=column.fact.type,
            allowed=", ".join(one for one in TESTS if _fits(one, column)),
        )
        node.take(test)
        return None
    if test in OPERATORS:
        return (
            _ratio(node, head, column, test)
            if isinstance(node.value[test], dict)
            else _bound(node, head, column, test)
        )
    if test == "within":
        region = node.text(test)
        if not region.isdigit():
            node.fault(
                test,
                _("“%(found)s” is no region code. Allowed: digits, such as “33” or “4110”."),
                found=region,
            )
        return Within(**head, column=column, region=region)
    return _codes(node, head, column, test)


def _fits(test: str, column: Column) -> bool:
    kind = column.fact.type
    if test in OPERATORS:
        return kind == "quantity"
    return {
        "is": kind in ("yes_no", "choice"),
        "one_of": kind == "choice",
        "includes": kind == "list",
        "within": kind == "region",
    }[test]


def _bound(node: Node, head: dict[str, Any], column: Column, test: str) -> Condition | None:
    needed = node.amount(test, column.unit)
    if needed is None:
        return None
    return Bound(
        **head, column=column, op=test, needed=needed, name=column.name, holds=OPERATORS[test]
    )


def _ratio(node: Node, head: dict[str, Any], column: Column, test: str) -> Condition | None:
    ratio = node.table(test)
    other, per = ratio.column(), ratio.number("per")
    ratio.done()
    if per == 0:
        ratio.fault("per", _("Found %(found)s. Allowed: %(allowed)s."), found=0, allowed="> 0")
        return None
    if other is None or per is None:
        return None
    if other.fact.type != "quantity":
        ratio.fault("fact", _("“%(found)s” is no quantity."), found=other.name)
        return None
    return RatioBound(**head, column=column, op=test, other=other, per=per)


def _codes(node: Node, head: dict[str, Any], column: Column, test: str) -> Condition | None:
    fact = column.fact
    if fact.type == "yes_no":
        value = node.typed(test, bool, "true, false")
        return (
            None
            if value is None
            else OneOf(**head, column=column, allowed=frozenset({value}), op=test)
        )
    written = (node.text(test),) if test == "is" else node.texts(test)
    for code in written:
        if not is_choice(fact, code.removesuffix("+")) or (code.endswith("+") and "@" not in code):
            node.fault(
                test,
                _("“%(found)s” is not allowed. Allowed: %(allowed)s."),
                found=code,
                allowed=", ".join((*fact.choices, *(f"…@{level}" for level in fact.levels))),
            )
            return None
    if test == "includes":
        accepted = frozenset(one for code in written for one in _expanded(code, fact.levels))
        return Includes(**head, column=column, accepted=accepted, written=frozenset(written))
    return OneOf(**head, column=column, allowed=frozenset(written), op=test)


def _expanded(code: str, levels: tuple[str, ...]) -> tuple[str, ...]:
    """The codes that a code with + stands for: its level and those above."""
    if not code.endswith("+"):
        return (code,)
    kind, _at, level = code.removesuffix("+").partition("@")
    return tuple(f"{kind}@{one}" for one in levels[levels.index(level) :])


def read_test(node: Node, id_: str) -> Condition | None:
    """A condition without text: who gets an award, what brings a consequence about."""
    return _body(node, _nameless(id_), set(), cited=True)
