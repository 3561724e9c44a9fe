"""Our tasks, and what is written by hand beside them, for the worker in the project's environment."""

import io
import json
import tracemalloc
from datetime import date
from functools import cache
from pathlib import Path

import data
import hand
import hand_one
import numpy as np
import scores
from python_calamine import CalamineWorkbook

from zhongchuang.policy.answer import compare_answer, compared, tested
from zhongchuang.policy.arrays import CodeColumn, NumberColumn
from zhongchuang.policy.columns import judge_columns
from zhongchuang.policy.facts import Facts, space_catalogue
from zhongchuang.policy.loading import all_packs, find_pack, load_pack
from zhongchuang.policy.rankarrays import counted_places
from zhongchuang.policy.ranking import rank
from zhongchuang.policy.table import Table
from zhongchuang.tables import read
from zhongchuang.tables.writing import export

SETS = (("zhejiang-2016", "filing"), ("hunan-2016", "recognition"))
ON = date(2016, 3, 1)


# --- columns --------------------------------------------------------------------------------------


@cache
def table(rows, unknown=data.UNKNOWN_SHARE):
    columns = {name: _column(one) for name, one in data.columns(rows, unknown).items()}
    judgements = {
        f"{pack}:{name}.{id_}": columns.pop(f"{name}.{id_}")
        for pack, name in SETS
        for id_ in data.JUDGED[name]
    }
    return Table(range(rows), columns, judgements)


def _column(one):
    if isinstance(one, data.Codes):
        return CodeColumn(one.index, one.vocabulary)
    return NumberColumn(one.scaled, one.places, one.null)


def rules_of(pack, name):
    return find_pack(pack)[0].set(name)


def judge_both(spaces):
    """{condition: codes} of both sets, keys `filing.area`, `filing.` for the set."""
    found = {}
    for pack, name in SETS:
        verdicts = judge_columns(rules_of(pack, name), spaces, pack)
        found |= {f"{name}.{id_}": codes for id_, codes in verdicts.by_id.items()}
        found[f"{name}."] = verdicts.root
    return found


def columns(rows):
    spaces = table(rows)
    return lambda: judge_both(spaces) and None


def columns_by_hand(rows):
    figures = data.columns(rows)
    return lambda: hand.judge(figures) and None


def same_columns(rows):
    """How many verdicts differ between ours and those by hand."""
    ours, by_hand = judge_both(table(rows)), hand.judge(data.columns(rows))
    if set(ours) != set(by_hand):
        raise ValueError(set(ours) ^ set(by_hand))
    return lambda: sum(int(np.count_nonzero(ours[key] != by_hand[key])) for key in ours)


def met_counts(rows):
    """How many meet each condition where nothing is unknown."""
    found = judge_both(table(rows, 0.0))
    return lambda: {key: int(np.count_nonzero(codes <= hand.MET)) for key, codes in found.items()}


def memory(rows):
    """(bytes of the columns, most bytes taken beside them while judging both sets)."""
    columns = data.columns(rows)
    spaces = table(rows)

    def measure():
        tracemalloc.start()
        kept = judge_both(spaces)
        _now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        del kept
        return [data.bytes_of(columns), peak]

    return measure


# --- one space ------------------------------------------------------------------------------------


def one_space():
    """Facts by column as exact amounts, and judgements by set."""
    values, judgements = data.one_space(), {}
    for name, ids in data.JUDGED.items():
        judgements[name] = {
            id_: values.pop(f"{name}.{id_}") for id_ in ids if f"{name}.{id_}" in values
        }
    spaces = table(1)
    return {name: spaces.columns[name][0] for name in values}, judgements


def explained(facts, judgements):
    """Both sets with every leaf of their explanations."""
    found = []
    for pack, name in SETS:
        finding = rules_of(pack, name).judge(facts, judgements[name])
        found.append((finding.verdict, list(finding.leaves())))
    return found


def space():
    values, judgements = one_space()
    facts = Facts.of("A", values)
    both = [(rules_of(pack, name), judgements[name]) for pack, name in SETS]

    def explain():
        for rules, given in both:
            list(rules.judge(facts, given).leaves())

    return explain


def space_from_figures():
    """The same, derived figures computed anew."""
    values, judgements = one_space()
    both = [(rules_of(pack, name), judgements[name]) for pack, name in SETS]

    def explain():
        facts = Facts.of("A", values)
        for rules, given in both:
            list(rules.judge(facts, given).leaves())

    return explain


def space_by_hand():
    values, judgements = one_space()
    facts = Facts.of("A", values).values
    filing, recognition = judgements["filing"], judgements["recognition"]

    def explain():
        hand_one.filing(facts, filing)
        hand_one.recognition(facts, recognition)

    return explain


def same_space():
    """Whether both explanations say the same, leaf by leaf."""
    values, judgements = one_space()
    facts = Facts.of("A", values)
    ours = [
        (verdict, [_told(*leaf) for leaf in leaves])
        for verdict, leaves in explained(facts, judgements)
    ]
    by_hand = [
        (verdict, leaves)
        for verdict, leaves, _groups in (
            hand_one.filing(facts.values, judgements["filing"]),
            hand_one.recognition(facts.values, judgements["recognition"]),
        )
    ]
    if ours != by_hand:
        raise ValueError(
            [
                pair
                for one, other in zip(ours, by_hand, strict=True)
                for pair in zip(one[1], other[1], strict=True)
                if pair[0] != pair[1]
            ]
        )
    return lambda: True


def _told(leaf, groups):
    condition = leaf.condition
    facts = tested(condition).facts()
    cite = condition.cite or next(
        one.condition.cite for one in reversed(groups) if one.condition.cite
    )
    fact = facts[0].name if facts else None
    article = f"{cite.article}({cite.item})" if cite.item else f"{cite.article}"
    return (
        condition.id,
        fact,
        leaf.verdict,
        article,
        leaf.needed,
        leaf.found,
        leaf.short_by,
        leaf.missing,
    )


def space_codes():
    """The verdict of every leaf of the space, for peers with three values."""
    values, judgements = one_space()
    found = {}
    for (_pack, name), (verdict, leaves) in zip(
        SETS, explained(Facts.of("A", values), judgements), strict=True
    ):
        found |= {f"{name}_{leaf.condition.id}": leaf.verdict for leaf, _groups in leaves} | {
            name: verdict
        }
    return lambda: found


# --- ranking --------------------------------------------------------------------------------------


@cache
def ranked_table(rows):
    figures = scores.figures(rows)
    names = {
        "residents_served": "residents_served.total",
        "events": "events.total",
        "trainings": "trainings.total",
    }
    return Table(
        range(rows), {names.get(name, name): NumberColumn(one) for name, one in figures.items()}
    )


def ranking(rows):
    pack, spaces = load_pack(Path(__file__).parent / "percentile"), ranked_table(rows)
    return lambda: rank(pack, pack.set(), spaces) and None


def wrong_ranks(rows):
    pack = load_pack(Path(__file__).parent / "percentile")
    ranks = rank(pack, pack.set(), ranked_table(rows)).ranks
    return lambda: sum(
        one != other for one, other in zip(ranks, scores.exact_ranks(rows), strict=True)
    )


def percentile(rows):
    figures = scores.figures(rows)["residents_served"]
    return lambda: counted_places(figures) is None


def percentile_by_hand(rows):
    figures = scores.figures(rows)["residents_served"]

    def count():
        counts = np.bincount(figures)
        lower = np.cumsum(counts) - counts
        return (2 * lower + counts - 1)[figures] is None

    return count


# --- comparing ------------------------------------------------------------------------------------


@cache
def all_figures(rows):
    """Every fact and every judgement that any pack reads, a tenth of them unknown."""
    random = np.random.default_rng(2018)
    catalogue = space_catalogue()
    derived = {name for name, _sum, _over in catalogue.formulas}
    wanted = {name for _pack, rules in compared(all_packs()) for name in rules.columns()}
    for name, added, over in catalogue.formulas:
        wanted |= {*added, *over} if name in wanted else set()
    columns = {
        name: _random_column(catalogue.columns[name].fact, rows, random)
        for name in sorted(wanted - derived)
    }
    judgements = {
        f"{pack.id}:{rules.name}.{leaf.id}": CodeColumn(
            random.integers(-1, 2, rows).astype(np.int8), [True, False]
        )
        for pack, rules in compared(all_packs())
        for leaf in rules.leaves()
        if leaf.kind == "judged"
    }
    return Table([f"space {row}" for row in range(rows)], columns, judgements)


def _random_column(fact, rows, random):
    if fact.type == "quantity":
        high = 8_000_000 if fact.unit == "CNY" else 3_000 if fact.unit == "m2" else 100
        return NumberColumn(
            random.integers(0, high, rows), 0, random.random(rows) < data.UNKNOWN_SHARE
        )
    vocabulary = {
        "yes_no": [True, False], "region": ["4301", "3301", "411002"],
        "list": [frozenset(), *({f"{kind}@municipal"} if fact.levels else {kind} for kind in fact.choices)],
    }.get(fact.type, list(fact.choices))  # fmt: skip
    vocabulary = [frozenset(one) if isinstance(one, set) else one for one in vocabulary]
    return CodeColumn(random.integers(-1, len(vocabulary), rows).astype(np.int8), vocabulary)


def compare(rows):
    packs, spaces = all_packs(), all_figures(rows)
    return lambda: (
        [judge_columns(rules, spaces, pack.id) for pack, rules in compared(packs)] and None
    )


def write_compared(rows):
    """Every space with its explanation in every pack as a line of JSON."""
    packs, spaces = all_packs(), all_figures(rows)

    def write():
        out = io.StringIO()
        for row in range(rows):
            judgements = {
                (pack.id, rules.name): spaces.judged(row, pack.id, rules.name)
                for pack, rules in compared(packs)
            }
            json.dump(
                compare_answer(packs, spaces.facts(row), judgements, ON), out, ensure_ascii=False
            )
            out.write("\n")

    return write


# --- files ----------------------------------------------------------------------------------------


def written(folder, rows, kind, columns=30):
    """The path of a file of so many spaces and columns, the name included."""
    path = Path(folder) / f"spaces-{rows}.{kind}"
    if not path.exists():
        path.write_bytes(_file(rows, kind, columns))
    return lambda: str(path)


def _file(rows, kind, columns):
    random = np.random.default_rng(2019)
    catalogue = space_catalogue()
    derived = {name for name, _sum, _over in catalogue.formulas} | {"income.year", "income"}
    inputs = {one for name, added, over in catalogue.formulas for one in (*added, *over)}
    plain = [one for one in catalogue.columns.values() if one.name not in derived | inputs]
    codes = [one for one in plain if one.fact.type in ("yes_no", "choice", "list")][:8]
    amounts = [one for one in plain if one.fact.type == "quantity"][: columns - 1 - len(codes)]
    figures = {one.name: _random_column(one.fact, rows, random) for one in (*amounts, *codes)}
    return export(Table([f"space {row}" for row in range(rows)], figures), kind)


def reading(path):
    return lambda: read(Path(path)) and None


def calamine(path):
    """What calamine alone needs to give all cells of the first sheet."""
    return lambda: CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python() and None
