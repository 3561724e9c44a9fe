"""Figures of invented spaces, the same in every process: whole numbers with a scale, codes, null masks."""

from dataclasses import dataclass

import numpy as np

UNKNOWN_SHARE = 0.1
SEED = 2016


@dataclass
class Numbers:
    """Amounts: scaled ÷ 10**places; null rows hold any number."""

    scaled: np.ndarray
    places: int
    null: np.ndarray


@dataclass
class Codes:
    """Codes: index into the vocabulary, -1 where null."""

    index: np.ndarray
    vocabulary: list


# name: (places, lowest, highest), so chosen that each condition is met by some and not by others
NUMBERS = {
    "floor_area": (1, 3_000, 12_000),
    "public_area": (1, 500, 4_000),
    "desks": (0, 40, 300),
    "lease_years": (0, 1, 8),
    "lease_years_left": (0, 0, 6),
    "fund_amount": (0, 0, 8_000_000),
    "projects_invested.total": (0, 0, 10),
    "months_operating": (0, 0, 40),
    "residents": (0, 0, 60),
    "mentors": (0, 0, 12),
    "staff": (0, 1, 15),
    "investor_partners": (0, 0, 4),
    "investment_cases.total": (0, 0, 6),
    "free_months": (0, 0, 18),
}
CODES = {
    "operator_kind": ["legal_person", "organisation", "dependent_body", "individual", "other"],
    "tenure": ["owned", "rented"],
    "online_platform": [True, False],
    "registered_in": ["4301", "4302", "430103", "3301", "33", "110105"],
}
JUDGED = {
    "filing": ["rules", "team", "facilities", "technology", "platform", "offline"],
    "recognition": [
        "fixed",
        "fields",
        "offices",
        "utilities",
        "services",
        "rules",
        "model",
        "skills",
        "mentoring",
    ],
}


def judged_names():
    """The judged conditions of both sets as columns: set.id."""
    return [f"{name}.{id_}" for name, ids in JUDGED.items() for id_ in ids]


def columns(rows, unknown=UNKNOWN_SHARE):
    """All figures of so many spaces. The figures do not depend on how many of them are unknown."""
    figures, holes = np.random.default_rng(SEED), np.random.default_rng(SEED + 1)
    found = {}
    for name, (places, low, high) in NUMBERS.items():
        found[name] = Numbers(
            figures.integers(low, high, rows), places, holes.random(rows) < unknown
        )
    vocabularies = CODES | {name: [True, False] for name in judged_names()}
    for name, vocabulary in vocabularies.items():
        index = figures.integers(0, len(vocabulary), rows).astype(np.int8)
        index[holes.random(rows) < unknown] = -1
        found[name] = Codes(index, vocabulary)
    return found


def one_space(row=0, unknown=UNKNOWN_SHARE):
    """The known figures of one space as plain values, in the units of the catalogue."""
    values = {}
    for name, column in columns(row + 1, unknown).items():
        if isinstance(column, Codes):
            if column.index[row] >= 0:
                values[name] = column.vocabulary[column.index[row]]
        elif not column.null[row]:
            amount = int(column.scaled[row])
            values[name] = amount / 10**column.places if column.places else amount
    return values


def bytes_of(found):
    """How much memory the columns take."""
    return sum(
        one.index.nbytes if isinstance(one, Codes) else one.scaled.nbytes + one.null.nbytes
        for one in found.values()
    )
