"""The two sets as an OpenFisca country model: a variable a condition, thresholds as dated parameters.

OpenFisca has no unknowns: figures that are not given count 0, answers count as no.
"""

import data
import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

PERIOD = "2016"
Space = build_entity(key="space", plural="spaces", label="An innovation space", is_person=True)


class Operator(Enum):
    """Who runs a space."""

    legal_person = "legal_person"
    organisation = "organisation"
    dependent_body = "dependent_body"
    individual = "individual"
    other = "other"


class Tenure(Enum):
    """How the premises are held."""

    owned = "owned"
    rented = "rented"


BOUNDS = {
    "filing_area": ("floor_area", 500),
    "filing_desks": ("desks", 100),
    "filing_fund": ("fund_amount", 3_000_000),
    "filing_projects": ("projects_invested_total", 3),
    "filing_running": ("months_operating", 3),
    "recognition_area": ("floor_area", 500),
    "recognition_residents": ("residents", 10),
    "recognition_running": ("months_operating", 6),
    "recognition_mentors": ("mentors", 3),
    "recognition_staff": ("staff", 5),
    "recognition_fund": ("fund_amount", 1_000_000),
    "recognition_partner": ("investor_partners", 1),
    "recognition_investments": ("investment_cases_total", 2),
    "recognition_free": ("free_months", 6),
}
OTHER_PARAMETERS = {
    "filing_lease": 3,
    "recognition_lease": 3,
    "recognition_public_area": 0.3,
    "hunan": 43,
}


def input_variable(name, kind, **more):
    settings = {
        "value_type": kind,
        "entity": Space,
        "definition_period": DateUnit.YEAR,
        "label": name,
    } | more
    return type(name, (Variable,), settings)


def computed(name, formula):
    return input_variable(name, bool, formula=formula)


def bound(name, figure):
    def formula(space, period, parameters):
        return space(figure, period) >= parameters(period)[name]

    return computed(name, formula)


def lease(name, figure):
    def formula(space, period, parameters):
        rented = space("tenure", period) == Tenure.rented
        return np.logical_not(rented) | (space(figure, period) >= parameters(period)[name])

    return computed(name, formula)


def all_of(name, members):
    def formula(space, period):
        held = space(members[0], period)
        for member in members[1:]:
            held = held & space(member, period)
        return held

    return computed(name, formula)


def filing_operator(space, period):
    return space("operator_kind", period) != Operator.other


def recognition_legal_person(space, period):
    return space("operator_kind", period) == Operator.legal_person


def recognition_registered(space, period, parameters):
    return space("province", period) == parameters(period).hunan


def recognition_public_area(space, period, parameters):
    share = parameters(period).recognition_public_area
    return space("public_area", period) >= share * space("floor_area", period)


def recognition_money(space, period):
    return space("recognition_fund", period) | space("recognition_partners", period)


def filing_online(space, period):
    return space("online_platform", period)


def judged(name):
    return name.replace(".", "_")


FILING = ["operator", "rules", "team", "premises", "lease", "facilities", "money", "technology", "platform", "online",
          "offline", "running"]  # fmt: skip
RECOGNITION = ["legal_person", "registered", "fixed", "lease", "area", "residents", "fields", "running", "offices",
               "public_area", "utilities", "services", "rules", "model", "mentors", "staff", "skills", "mentoring",
               "money", "free"]  # fmt: skip


def variables():
    """Every figure and every condition."""
    for name, (places, _low, _high) in data.NUMBERS.items():
        yield input_variable(judged(name), float if places else int)
    yield input_variable(
        "operator_kind", Enum, possible_values=Operator, default_value=Operator.other
    )
    yield input_variable("tenure", Enum, possible_values=Tenure, default_value=Tenure.owned)
    yield input_variable("province", int)
    yield input_variable("online_platform", bool)
    for name in data.judged_names():
        yield input_variable(judged(name), bool)
    for name, (figure, _limit) in BOUNDS.items():
        yield bound(name, figure)
    yield lease("filing_lease", "lease_years_left")
    yield lease("recognition_lease", "lease_years")
    for one in (filing_operator, filing_online, recognition_legal_person, recognition_registered,
                recognition_public_area, recognition_money):  # fmt: skip
        yield computed(one.__name__, one)
    yield all_of("filing_premises", ["filing_area", "filing_desks"])
    yield all_of("filing_money", ["filing_fund", "filing_projects"])
    yield all_of("recognition_partners", ["recognition_partner", "recognition_investments"])
    yield all_of("filing", [f"filing_{one}" for one in FILING])
    yield all_of("recognition", [f"recognition_{one}" for one in RECOGNITION])


def system():
    """The whole model."""
    found = TaxBenefitSystem([Space])
    found.add_variables(*variables())
    limits = {name: limit for name, (_figure, limit) in BOUNDS.items()} | OTHER_PARAMETERS
    dated = {name: {"values": {"2016-01-01": {"value": limit}}} for name, limit in limits.items()}
    found.parameters = ParameterNode("", data=dated)
    return found


def conditions():
    """The names of all conditions and of both sets, as `filing.area` and `filing.`."""
    return [one.__name__ for one in variables() if hasattr(one, "formula")]


def inputs(columns):
    """Arrays by variable, blanks as OpenFisca has them: 0, no, or the default."""
    found = {}
    for name, column in columns.items():
        if isinstance(column, data.Numbers):
            amounts = np.where(column.null, 0, column.scaled)
            found[judged(name)] = (
                (amounts / 10**column.places).astype(np.float32)
                if column.places
                else amounts.astype(np.int32)
            )
        elif name == "operator_kind":
            found[name] = Operator.encode(np.array(column.vocabulary)[column.index])
        elif name == "tenure":
            found[name] = Tenure.encode(np.array(column.vocabulary)[column.index])
        elif name == "registered_in":
            provinces = [int(code[:2]) for code in column.vocabulary]
            found["province"] = np.array([*provinces, 0], np.int32)[column.index]
        else:
            found[judged(name)] = column.index == 0
    return found
