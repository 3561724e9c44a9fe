"""The peers' tasks, for the worker in their environment. Peers are favoured: inputs are in place before the clock starts."""

import json
from functools import cache
from pathlib import Path

import data
import duckdb
import numpy as np
import pandas as pd
import polars as pl
import rule_engine
import scores
import zen
from openfisca_core.simulation_builder import SimulationBuilder

from peers import openfisca_model

# --- OpenFisca ------------------------------------------------------------------------------------


@cache
def _system():
    return openfisca_model.system()


def _simulation(rows, unknown):
    simulation = SimulationBuilder().build_default_simulation(_system(), count=rows)
    arrays = openfisca_model.inputs(data.columns(rows, unknown))
    for name, values in arrays.items():
        simulation.set_input(name, openfisca_model.PERIOD, values)
    return simulation


def openfisca(rows):
    """All conditions computed; results of the time before are forgotten outside the clock."""
    simulation, names = _simulation(rows, data.UNKNOWN_SHARE), openfisca_model.conditions()

    def before():
        for name in names:
            simulation.delete_arrays(name)

    def calculate():
        for name in names:
            simulation.calculate(name, openfisca_model.PERIOD)

    return calculate, before


def openfisca_from_inputs(rows):
    """The same with a new simulation and its inputs, ready in its own types, inside the clock."""
    arrays = openfisca_model.inputs(data.columns(rows))
    return _anew(rows, lambda: arrays)


def openfisca_from_columns(rows):
    """The same from the columns that we start from: blanks filled and types changed inside the clock."""
    columns = data.columns(rows)
    return _anew(rows, lambda: openfisca_model.inputs(columns))


def _anew(rows, inputs):
    names = openfisca_model.conditions()

    def run():
        arrays = inputs()
        simulation = SimulationBuilder().build_default_simulation(_system(), count=rows)
        for name, values in arrays.items():
            simulation.set_input(name, openfisca_model.PERIOD, values)
        for name in names:
            simulation.calculate(name, openfisca_model.PERIOD)

    return run


def met_counts(rows):
    """How many meet each condition where nothing is unknown, by OpenFisca."""
    simulation = _simulation(rows, 0.0)
    counts = {
        name: int(simulation.calculate(name, openfisca_model.PERIOD).sum())
        for name in openfisca_model.conditions()
    }
    return lambda: counts


# --- ZEN and rule-engine, a space at a time -------------------------------------------------------


def _graph():
    return (Path(__file__).parent / "decision_graph.json").read_text(encoding="utf-8")


def _space(row=0):
    """The space under names without points, None where unknown."""
    found = dict.fromkeys(map(_name, (*data.NUMBERS, *data.CODES, *data.judged_names())))
    return found | {_name(name): value for name, value in data.one_space(row).items()}


def _name(name):
    set_name, _dot, id_ = name.partition(".")
    return f"{set_name}_judged_{id_}" if set_name in data.JUDGED else name.replace(".", "_")


def _spaces(rows):
    """Many spaces in that form."""
    columns = data.columns(rows)
    lists = {}
    for name, column in columns.items():
        if isinstance(column, data.Codes):
            lists[_name(name)] = [
                column.vocabulary[place] if place >= 0 else None for place in column.index.tolist()
            ]
        else:
            amounts = column.scaled / 10**column.places if column.places else column.scaled
            lists[_name(name)] = [
                None if null else one
                for one, null in zip(amounts.tolist(), column.null.tolist(), strict=True)
            ]
    return [dict(zip(lists, values, strict=True)) for values in zip(*lists.values(), strict=True)]


def zen_graph():
    decision, space = zen.ZenEngine().create_decision(_graph()), _space()
    return lambda: decision.evaluate(space) and None


def zen_verdicts():
    decision, space = zen.ZenEngine().create_decision(_graph()), _space()
    return lambda: decision.evaluate(space)["result"]


def zen_columns(rows):
    decision, spaces = zen.ZenEngine().create_decision(_graph()), _spaces(rows)

    def run():
        for space in spaces:
            decision.evaluate(space)

    return run


def _rules():
    """The expressions of the graph as rules: the verdict of each condition as a number."""
    context = rule_engine.Context(default_value=None)
    return {key: rule_engine.Rule(text, context=context) for key, text in rule_texts().items()}


def rule_texts():
    """Each leaf of both sets in the language of rule-engine."""
    found = {}
    for node in json.loads(_graph())["nodes"]:
        for one in node.get("content", {}).get("expressions", ()):
            if "$." not in one["value"]:
                found[one["key"]] = _in_rule_engine(one["value"])
    return found


def _in_rule_engine(text):
    text = text.replace("startsWith(registered_in, '43')", "registered_in.starts_with('43')")
    head, *rest = text.split(" ? ", 1)
    if not rest:
        return text
    value, tail = rest[0].split(" : ", 1)
    return f"({head}) ? {value} : ({_in_rule_engine(tail)})"


def rules():
    found, space = _rules(), _space()
    return lambda: [rule.evaluate(space) for rule in found.values()] and None


def rules_verdicts():
    found, space = _rules(), _space()
    return lambda: {key: int(rule.evaluate(space)) for key, rule in found.items()}


def rules_columns(rows):
    found, spaces = list(_rules().values()), _spaces(rows)

    def run():
        for space in spaces:
            for rule in found:
                rule.evaluate(space)

    return run


# --- ranking --------------------------------------------------------------------------------------


@cache
def _figures(rows):
    return pd.DataFrame(scores.figures(rows))


def _pandas_ranks(frame):
    total = sum(
        weight * (frame[name].rank(method="average") - 1) / (len(frame) - 1)
        for name, weight in scores.WEIGHTS.items()
    )
    return total.round(2).rank(method="min", ascending=False)


def _polars_ranks(frame):
    others = frame.height - 1
    points = [
        weight * (pl.col(name).rank("average") - 1) / others
        for name, weight in scores.WEIGHTS.items()
    ]
    total = pl.sum_horizontal(points).round(2)
    return frame.select(total.rank("min", descending=True).alias("rank"))["rank"]


def _duckdb_query():
    points = " + ".join(
        f"{weight} * (rank() OVER (ORDER BY {name}) + (count(*) OVER (PARTITION BY {name}) - 1) / 2.0 - 1)"
        f" / (count(*) OVER () - 1)::DOUBLE"
        for name, weight in scores.WEIGHTS.items()
    )
    return f"SELECT rank() OVER (ORDER BY s DESC) AS place FROM (SELECT row, round({points}, 2) AS s FROM spaces) ORDER BY row"


def pandas_ranking(rows):
    frame = _figures(rows)
    return lambda: _pandas_ranks(frame) is None


def polars_ranking(rows):
    frame = pl.from_dict(scores.figures(rows))
    return lambda: _polars_ranks(frame) is None


def duckdb_ranking(rows):
    database, query = _database(rows), _duckdb_query()
    return lambda: database.execute(query).fetchnumpy() is None


def _database(rows):
    database = duckdb.connect()
    spaces = _figures(rows).assign(row=np.arange(rows))
    database.register("given", spaces)
    database.execute("CREATE TABLE spaces AS SELECT * FROM given")
    return database


def pandas_percentile(rows):
    figures = _figures(rows)["residents_served"]
    return lambda: figures.rank(pct=True) is None


def wrong_ranks(rows):
    """How many ranks differ from those by fractions, for each library."""
    exact = np.array(scores.exact_ranks(rows))
    found = {
        "pandas": _pandas_ranks(_figures(rows)).to_numpy(),
        "polars": _polars_ranks(pl.from_dict(scores.figures(rows))).to_numpy(),
        "duckdb": _database(rows).execute(_duckdb_query()).fetchnumpy()["place"],
    }
    return lambda: {
        name: int(np.count_nonzero(np.asarray(ranks) != exact)) for name, ranks in found.items()
    }
