"""Random sets of conditions in the language of packs, and random facts to judge by them."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from hypothesis import strategies as st

from zhongchuang.policy.facts import agrees, space_catalogue
from zhongchuang.policy.loading import parse_pack, parse_toml
from zhongchuang.policy.quantity import decimal_places, exact, round_half_up
from zhongchuang.policy.table import Table

CATALOGUE = space_catalogue()
HUGE = 10**15 - 1

QUANTITIES = [
    *("floor_area", "public_area", "desk_area", "public_area_share", "usable_area_share"),
    *("desks", "desks_occupied", "occupancy", "staff", "staff_college", "staff_college_share"),
    *("mentors", "residents", "resident_teams", "resident_firms", "lease_years"),
    *("months_operating", "fund_amount", "financing.year", "income", "income_rent"),
    *("income_services", "income_investment", "income_public", "income_other"),
    "income_service_share",
]
CODES = {
    "tenure": ["owned", "rented"],
    "operator_relies_on": ["incubator", "science_park", "university", "none"],
    "registered_in": ["430000", "430100", "430104", "331000", "110101"],
    "online_platform": [True, False],
    "host_platforms": ["key_laboratory@municipal", "key_laboratory@national"],
}
MORE_CODES = ["engineering_laboratory@provincial", "engineering_laboratory@municipal"]
OPERATORS = ["at_least", "more_than", "at_most", "less_than"]

# ── amounts ───────────────────────────────────────────────────────────────────────────────────────

whole = st.sampled_from([0, 1, 2, 3, 14, 15, 16, 30, 60, 100, 500, 3_000_000])
small = st.sampled_from(["0.01", "0.5", "499.99", "59.999999", "33.3333", "12.25"]).map(Fraction)
huge = st.sampled_from(["0", "0.99", "0.9999"]).map(lambda part: HUGE + Fraction(part))
amounts = st.one_of(whole, whole, small, huge).map(exact)


def written(amount, unit):
    """An amount as packs write it."""
    places = decimal_places(amount)
    digits = Decimal(amount.numerator) / Decimal(amount.denominator) if places else amount
    return f"{digits} {unit}"


@st.composite
def thresholds(draw, name):
    """A quantity for a fact; times are counted in months or in years."""
    unit = CATALOGUE.columns[name].unit
    if unit in {"month", "year"}:
        return (
            f"{draw(st.sampled_from([0, 3, 12, 36, 5]))} {draw(st.sampled_from(['month', 'year']))}"
        )
    return written(draw(amounts), unit)


# ── conditions ────────────────────────────────────────────────────────────────────────────────────


@st.composite
def bounds(draw):
    name = draw(st.sampled_from(QUANTITIES))
    return {"fact": name, draw(st.sampled_from(OPERATORS)): draw(thresholds(name))}


@st.composite
def ratios(draw):
    per = draw(st.sampled_from([1, 15, 30, Decimal("0.5"), Decimal("2.5"), 10**14]))
    other = {"fact": draw(st.sampled_from(QUANTITIES)), "per": per}
    return {"fact": draw(st.sampled_from(QUANTITIES)), draw(st.sampled_from(OPERATORS)): other}


tests_of_codes = st.one_of(
    st.sampled_from(CODES["tenure"]).map(lambda code: {"fact": "tenure", "is": code}),
    st.booleans().map(lambda wanted: {"fact": "online_platform", "is": wanted}),
    st.lists(st.sampled_from(CODES["operator_relies_on"]), min_size=1, max_size=3, unique=True).map(
        lambda codes: {"fact": "operator_relies_on", "one_of": codes}
    ),
    st.sampled_from(["43", "4301", "430104", "33", "11"]).map(
        lambda region: {"fact": "registered_in", "within": region}
    ),
    st.lists(
        st.sampled_from(["key_laboratory@municipal+", "engineering_laboratory@provincial"]),
        min_size=1,
        unique=True,
    ).map(lambda codes: {"fact": "host_platforms", "includes": codes}),
)
tests = st.one_of(bounds(), bounds(), ratios(), tests_of_codes)
judged = st.just({"judged": {"zh": "看", "en": "Look"}})


def grouped(members):
    """The groups over some members."""
    lists = st.lists(members, min_size=1, max_size=4)
    return st.one_of(
        st.sampled_from(["all_of", "any_of", "none_of"]).flatmap(
            lambda kind: lists.map(lambda some: {kind: some})
        ),
        lists.flatmap(
            lambda some: st.integers(1, len(some)).map(
                lambda count: {"at_least_n_of": count, "of": some}
            )
        ),
    )


nameless = st.recursive(tests, grouped, max_leaves=4)


@st.composite
def whens(draw, members):
    then = draw(st.one_of(tests, judged, grouped(members)))
    return {"when": draw(st.one_of(nameless, judged)), "then": then}


conditions = st.recursive(
    st.one_of(tests, tests, judged),
    lambda members: st.one_of(grouped(members), whens(members)),
    max_leaves=10,
)


def named(condition, ids):
    """The condition with an id and a text, and so its members."""
    head = {"id": f"c{next(ids)}", "text": {"zh": "条件", "en": "Condition"}}
    return head | _with_named_members(condition, ids)


def _with_named_members(condition, ids):
    body = dict(condition)
    for key in ("all_of", "any_of", "none_of", "of"):
        if key in body:
            body[key] = [named(one, ids) for one in body[key]]
    if "then" in body:
        body["then"] = _with_named_members(body["then"], ids)
    return body


@st.composite
def packs(draw):
    """A pack with one set of random conditions, as plain values."""
    ids = iter(range(1000))
    some = draw(st.lists(conditions, min_size=1, max_size=4))
    text = {"zh": "试验", "en": "Trial"}
    return {
        "pack": {
            "id": "trial",
            "version": "1",
            "status": "law",
            "authority": "省",
            "in_force": {"from": Day("2016-02-01")},
            "entry": "filing",
            "title": text,
        },
        "sets": {
            "filing": {
                "subject": "space",
                "title": text,
                "cite": "第六条",
                "conditions": [named(one, ids) for one in some],
            }
        },
    }


class Day(str):
    """A day that TOML writes without quotes."""

    __slots__ = ()


def toml(value):
    """A plain value as TOML, tables inline."""
    if isinstance(value, dict):
        return (
            "{" + ", ".join(f"{json.dumps(key)} = {toml(one)}" for key, one in value.items()) + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Day | int | Decimal):
        return str(value)
    return json.dumps(value, ensure_ascii=False)


def document(raw):
    """A pack as the text of its file."""
    return "\n".join(f"{key} = {toml(value)}" for key, value in raw.items())


def load(raw):
    """The pack that a document holds; it must have no fault."""
    read = parse_toml(document(raw).encode(), "pack.toml")
    pack, faults = parse_pack(read, Path("trial/pack.toml"))
    assert [str(fault) for fault in faults] == []
    return pack


# ── facts ─────────────────────────────────────────────────────────────────────────────────────────


def values_of(name):
    """Values that a column may hold."""
    if name == "host_platforms":
        some = st.lists(st.sampled_from(CODES[name] + MORE_CODES), unique=True, max_size=3)
        return some.map(frozenset)
    if name in CODES:
        return st.sampled_from(CODES[name])
    if name == "lease_years":
        return st.sampled_from([0, 3, 5, Fraction(5, 12), Fraction(35, 12), Fraction(1, 3)])
    if CATALOGUE.columns[name].unit == "%":
        return st.sampled_from([0, 30, 60, 100, Fraction("33.3333"), Fraction("59.999999")])
    return amounts


@st.composite
def tables(draw, ids=(), most=14):
    """A table of random facts with missing ones; typed shares agree with what their inputs say."""
    count = draw(st.integers(1, most))
    names = draw(
        st.lists(st.sampled_from([*QUANTITIES, *CODES]), unique=True, min_size=1, max_size=16)
    )
    columns = {
        name: draw(st.lists(st.none() | values_of(name), min_size=count, max_size=count))
        for name in names
    }
    for row in range(count):
        _agree(columns, row, draw(st.sampled_from([None, 0, 2, 6])))
    judgements = {}
    for id_ in ids:
        for prefix in draw(st.sets(st.sampled_from(["", "trial.", "trial:filing.", "other."]))):
            judgements[prefix + id_] = draw(
                st.lists(st.none() | st.booleans(), min_size=count, max_size=count)
            )
    return Table([f"space {row}" for row in range(count)], columns, judgements)


def _agree(columns, row, places):
    """Round a typed figure beside its inputs to `places`, or blank it, so that they agree."""
    known = {name: values[row] for name, values in columns.items() if values[row] is not None}
    for name, added, over in CATALOGUE.formulas:
        if any(one not in known for one in (*added, *over)):
            continue
        computed = sum(known[one] for one in added)
        if over and not known[over[0]]:
            continue
        computed = exact(Fraction(100 * computed, known[over[0]])) if over else computed
        if name in known and not agrees(known[name], computed):
            rounded = None if places is None else round_half_up(computed * 10**places)
            columns[name][row] = None if rounded is None else exact(Fraction(rounded, 10**places))
            known[name] = columns[name][row]
        if known.get(name) is None:
            known[name] = computed
