"""One invented space: its figures now and, if it was open then, a year before."""

from collections.abc import Mapping
from dataclasses import dataclass

from zhongchuang.policy.facts import Value

from .dice import Dice
from .flows import A_YEAR, Flow, Served, flows_of, of_three_years, served

Figures = dict[str, Value]

OLDEST = 72
OPERATORS = {"legal_person": 78, "organisation": 10, "dependent_body": 9, "individual": 3}
HOSTS = {"none": 40, "university": 18, "incubator": 14, "leading_firm": 10, "science_park": 8, "institute": 5,
         "new_research_body": 2, "other": 3}  # fmt: skip
LEVELLED = ("incubator", "science_park")
WITH_PLATFORMS = ("university", "institute", "leading_firm", "new_research_body")
PLATFORMS = (
    "key_laboratory",
    "engineering_technology_centre",
    "enterprise_technology_centre",
    "engineering_research_centre",
)
LEVELS = ("municipal", "provincial", "national")
TITLES = tuple(f"innovation_space@{level}" for level in ("county", *LEVELS))


@dataclass(slots=True)
class Space:
    """Column name → value; `before` is None for a space that opened within the year."""

    now: Figures
    before: Figures | None


def draw_space(dice: Dice, city: str) -> Space:
    """A space of any size and age in a city."""
    size, months = dice.whole(0, 100), dice.whole(2, OLDEST)
    desks = 55 + size * 5 // 2 + dice.whole(0, 30)
    lasting = premises(dice, desks) | operator(dice) | fund(dice, size) | {"registered_in": city}
    now = stocks(dice, desks)
    before = stocks_before(dice, now)
    flows = flows_of(dice, now | {"residents": residents(now)}, months)
    guests = served(dice, residents(now), residents(before), months)
    terms, marks = lease(dice, lasting["tenure"] == "rented", months), standing(dice, size, months)
    facts = lasting | terms[0] | marks | now | year_of(dice, now, flows, months) | written(flows)
    facts |= {
        "residents_served.year": guests.year,
        "residents_served.total": guests.total,
        "residents_served.years3": guests.years3,
    }
    if months <= A_YEAR:
        return Space(facts, None)
    past = lasting | terms[1] | marks_before(marks) | before
    return Space(
        facts,
        past
        | year_of(dice, before, earlier(flows), months - A_YEAR)
        | written(earlier(flows))
        | guests_before(guests),
    )


def residents(figures: Mapping[str, int]) -> int:
    """Teams and firms together."""
    return figures["resident_teams"] + figures["resident_firms"]


def premises(dice: Dice, desks: int) -> Figures:
    """20 to 35 m² a desk, of which the most is for residents."""
    area = desks * dice.whole(20, 34) + dice.whole(0, desks)
    return {
        "floor_area": area,
        "public_area": dice.part(area, 22, 40),
        "desk_area": dice.part(area, 38, 55),
        "desks": desks,
        "tenure": "rented" if dice.chance(80) else "owned",
        "free_broadband": dice.chance(90),
        "online_platform": dice.chance(95),
        "equipment_value": dice.whole(5, 200) * 10_000,
    }


def lease(dice: Dice, rented: bool, months: int) -> tuple[Figures, Figures]:  # noqa: FBT001 -- reads well where it is called
    """The lease now and a year before; renewed now and then, so it is no older than the space."""
    if not rented:
        return {}, {}
    years = dice.whole(4, 10)
    gone = dice.whole(0, min(months // A_YEAR, years - 1, 3))
    now: Figures = {"lease_years": years, "lease_years_left": years - gone}
    return now, now | {"lease_years_left": years - gone + 1} if gone else {}


def operator(dice: Dice) -> Figures:
    """Who runs the space, and on what it relies."""
    host = dice.weighed(HOSTS)
    platforms = frozenset(
        f"{dice.pick(PLATFORMS)}@{dice.pick(LEVELS)}" for _number in range(dice.whole(0, 2))
    )
    return {
        "operator_kind": dice.weighed(OPERATORS),
        "operator_relies_on": host,
        "operator_relies_on_level": dice.pick(("county", *LEVELS)) if host in LEVELLED else "none",
        "separate_accounts": dice.chance(92),
        "host_platforms": platforms if host in WITH_PLATFORMS else frozenset(),
        "technical_service_bodies": dice.whole(0, 12),
        "free_months": dice.pick((0, 3, 6, 6, 6, 12)),
        "stay_months_max": dice.pick((12, 24, 24, 24, 36)),
        "investor_partners": dice.whole(0, 12),
    }


def fund(dice: Dice, size: int) -> Figures:
    """The fund, of which a part is at the space's own disposal; some have none."""
    amount = 0 if dice.chance(4) else dice.whole(16, 44 + size) * 100_000
    return {"fund_amount": amount, "fund_own": dice.part(amount, 40, 100)}


def stocks(dice: Dice, desks: int) -> dict[str, int]:
    """People in the space; half to three fifths of its desks are taken."""
    taken = dice.whole(-(-desks // 2), desks * 60 // 100)
    tenants = max(4, taken // dice.whole(2, 3))
    teams = dice.part(tenants, 45, 65)
    staff = 4 + tenants // 8 + dice.whole(0, 4)
    return {
        "desks_occupied": taken,
        "resident_teams": teams,
        "resident_firms": tenants - teams,
        "makers": teams * dice.whole(3, 5),
        "jobs": tenants * dice.whole(4, 8),
        "mentors": 3 + tenants // 6 + dice.whole(0, 8),
        "staff": staff,
        "staff_fulltime": dice.part(staff, 60, 100),
        "staff_college": dice.part(staff, 60, 100),
        "staff_professional": dice.part(staff, 45, 95),
        "investment_managers": dice.whole(0, 3),
        "trainers_fulltime": dice.whole(0, 3),
    }


def stocks_before(dice: Dice, now: Mapping[str, int]) -> dict[str, int]:
    """The same a year before: one share of all, so that a part stays within its whole; the desks were as full."""
    share = dice.whole(85, 100)
    return {
        name: figure if name == "desks_occupied" else figure * share // 100
        for name, figure in now.items()
    }


def standing(dice: Dice, size: int, months: int) -> Figures:
    """Titles, awards and records."""
    rank = dice.whole(0, 1 + size // 30)
    excellent = rank >= 3 and dice.chance(25)
    return {
        "titles": frozenset(TITLES[:rank]),
        "excellent_held": excellent,
        "excellent_awarded_ever": excellent or (rank >= 3 and dice.chance(10)),
        "evaluations_failed_running": int(dice.chance(4)),
        "evaluations_missed_running": int(dice.chance(4)),
        "banned": dice.chance(1),
        "false_material": dice.chance(0.5),
        "subsidy_misused": dice.chance(0.5),
        "statistics_missed_running": int(dice.chance(8)),
        "statistics_months": dice.whole(months * 3 // 4, months),
    }


def marks_before(marks: Figures) -> Figures:
    """Titles and records a year before."""
    return marks | {
        "evaluations_failed_running": 0,
        "evaluations_missed_running": 0,
        "statistics_months": max(int(marks["statistics_months"]) - A_YEAR, 0),
    }  # type: ignore[call-overload]


def year_of(
    dice: Dice, figures: Mapping[str, int], flows: Mapping[str, Flow], months: int
) -> Figures:
    """What depends on the year: age, rights held, survival, income, cost."""
    valid = dice.part(flows["ip_granted"].total, 70, 100)
    found: Figures = {
        "months_operating": months,
        "ip_valid": valid,
        "inventions_valid": dice.part(valid, 5, 30),
        "cases_incubated.years3": of_three_years(flows["cases_incubated"], months),
        "distinctive_cases": dice.whole(0, 3),
    }
    income = {
        "income_rent": figures["desks_occupied"] * dice.whole(20, 70) * 100,
        "income_services": residents(figures) * dice.whole(50, 300) * 100,
        "income_investment": dice.whole(0, 30) * 10_000 if dice.chance(30) else 0,
        "income_public": dice.whole(10, 50) * 10_000 if dice.chance(45) else 0,
        "income_other": dice.whole(0, 20) * 1_000,
    }
    found |= income | {"operating_cost": dice.part(sum(income.values()), 85, 115)}
    if months >= 2 * A_YEAR:
        found["survival_rate"] = dice.whole(45, 95)
    return found


def written(flows: Mapping[str, Flow]) -> Figures:
    """Flows as columns."""
    found: Figures = {}
    for name, flow in flows.items():
        found[f"{name}.year"], found[f"{name}.total"] = flow.year, flow.total
    return found


def earlier(flows: Mapping[str, Flow]) -> dict[str, Flow]:
    """The flows as they stood a year before."""
    return {
        name: Flow(flow.year_before, 0, flow.before - flow.year_before)
        for name, flow in flows.items()
    }


def guests_before(guests: Served) -> Figures:
    """Residents served, as the year before knew them."""
    return {
        "residents_served.year": guests.year_before,
        "residents_served.total": guests.total_before,
    }
