"""The sections of a pack file: sets with conditions or indicators, awards, consequences."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from .awards import CASE_BY_CASE, NOT_STATED, Award, Consequence, OtherUses, Programme
from .conditions import (
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
from .errors import Refused, _
from .facts import Column, Text, is_choice, space_catalogue
from .pack import RuleSet
from .quantity import Exact, Quantity, exact, units
from .reading import Node
from .scales import read_scale
from .scoring import Bonus, Grade, Indicator, JudgedPoints, PerItem, Scoring

SUBJECTS = ("space", "resident", "person", "organisation", "region")
TESTS = (*OPERATORS, "is", "one_of", "includes", "within")
KINDS = ("fact", *GROUPS, "when", "judged")
WINDOWS = ("calendar_year", "last_12_months")
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
PARTS = ("total", "increment", "year")
HUNDRED = 100


def read_sets(root: Node) -> dict[str, RuleSet]:
    """All sets of a pack; a pack without one is at fault."""
    sets = {name: _set(name, node) for name, node in root.tables("sets")}
    if not sets:
        root.fault("sets", _("A pack has at least one set."))
    return sets


def _set(name: str, node: Node) -> RuleSet:
    cite, basis = node.cite(), _basis(node)
    root = _root(name, node) if "conditions" in node else None
    scoring = _scoring(node) if "indicators" in node else None
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


def _basis(node: Node) -> str:
    return node.one_of("basis", ("project",), "")


# ── conditions ──────────────────────────────────────────────────────────────────────────────────────────────────


def _root(name: str, node: Node) -> Group | None:
    seen: set[str] = set()
    cited = node.value.get("cite") is not None
    members = [_condition(one, seen, cited=cited) for one in node.list("conditions")]
    if not members:
        node.fault("conditions", _("This list is empty."))
    known = tuple(one for one in members if one is not None)
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
        "basis": _basis(node),
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


# ── indicators ──────────────────────────────────────────────────────────────────────────────────────────────────


def _scoring(node: Node) -> Scoring:
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
    basis, note = _basis(node), node.words("note", None)
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
        basis=_basis(node),
    )
    node.done()
    return grade


# ── awards and consequences ─────────────────────────────────────────────────────────────────────────────────────


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
        basis=_basis(node),
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
    when = (
        _body(node.table("when"), _nameless(f"{name}.when"), set(), cited=True)
        if "when" in node
        else None
    )
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
        basis=_basis(node),
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
    when = (
        _body(node.table("when"), _nameless(f"{name}.when"), set(), cited=True)
        if "when" in node
        else None
    )
    consequence = Consequence(
        id=name,
        text=node.words("text"),
        cite=_cited(node),
        effects=_listed(node, "effects", EFFECTS),
        when=when,
        refused_for=node.quantity("refused_for", None),
        basis=_basis(node),
        note=node.words("note", None),
    )
    node.taken.append("when")
    node.done()
    return consequence


def read_procedures(root: Node) -> dict[str, Any]:
    """Steps of procedures as values; their meaning comes with the procedures themselves."""
    procedures = {}
    for name, node in root.tables("procedures"):
        procedures[name] = {
            "set": node.text("set", ""),
            "cite": node.cite(),
            "steps": [_step(one) for one in node.list("steps")],
        }
        node.done()
    return procedures


def _step(node: Node) -> dict[str, Any]:
    step = {
        "id": node.name("id"),
        "kind": node.text("kind"),
        "level": node.text("level", ""),
        "may": node.texts("may", ()),
    }
    node.done()
    return step
