"""What a space does in a year, and all it did before: figures that fit each other by construction.

Each flow is a share of a stock or of another flow. The share is drawn once and taken of the year, of the year
before and of all earlier years alike, so a part never exceeds its whole in any of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from .dice import Dice

A_YEAR = 12
THREE_YEARS = 36


@dataclass(frozen=True, slots=True)
class Flow:
    """This year's figure, that of the year before, and the sum of all years before this one."""

    year: int
    year_before: int
    before: int

    @property
    def total(self) -> int:
        """Since opening."""
        return self.year + self.before

    def share(self, percent: int) -> "Flow":
        """The same share of each figure."""
        return Flow(
            self.year * percent // 100,
            self.year_before * percent // 100,
            self.before * percent // 100,
        )

    def times(self, factor: int) -> "Flow":
        """Each figure so many times."""
        return Flow(self.year * factor, self.year_before * factor, self.before * factor)

    def __add__(self, other: "Flow") -> "Flow":
        return Flow(
            self.year + other.year, self.year_before + other.year_before, self.before + other.before
        )


SHARES = (
    # flow, of what, percent of it a year from and to
    ("mentor_sessions", "mentors", 100, 300),
    ("trainings", "residents", 30, 70),
    ("roadshows", "residents", 8, 20),
    ("international_events", "residents", 0, 4),
    ("other_events", "residents", 20, 60),
    ("technical_services", "residents", 30, 120),
    ("policy_services", "residents", 40, 100),
    ("firms_registered", "resident_teams", 20, 45),
    ("cases_incubated", "firms_registered", 20, 60),
    ("firms_commercialised", "resident_firms", 10, 25),
    ("growth_placements", "firms_commercialised", 30, 80),
    ("graduates_employed", "makers", 10, 25),
    ("ip_applied", "residents", 30, 90),
    ("ip_granted", "ip_applied", 40, 70),
    ("results_developed", "residents", 20, 60),
    ("results_transferred", "results_developed", 20, 50),
    ("results_promoted", "results_developed", 30, 80),
    ("residents_financed", "residents", 12, 30),
    ("projects_invested", "residents_financed", 20, 60),
    ("investment_cases", "residents_financed", 30, 60),
)


def flows_of(dice: Dice, stocks: Mapping[str, int], months: int) -> dict[str, Flow]:
    """All that a space with these stocks does, after so many months."""
    flows: dict[str, Flow] = {}
    for name, whole, low, high in SHARES:
        share = dice.whole(low, high)
        flows[name] = (
            flows[whole].share(share)
            if whole in flows
            else of_stock(dice, stocks[whole] * share // 100, months)
        )
    flows["events"] = (
        flows["trainings"]
        + flows["roadshows"]
        + flows["international_events"]
        + flows.pop("other_events")
    )
    flows["attendance"] = flows["events"].times(dice.whole(15, 60))
    ticket = dice.whole(30, 200) * 10_000
    flows["financing"] = flows["residents_financed"].times(ticket)
    flows["financing_own"] = flows["projects_invested"].times(
        min(ticket, dice.whole(10, 60) * 10_000)
    )
    return flows


def of_stock(dice: Dice, year: int, months: int) -> Flow:
    """A flow of `year` now that was smaller in the years before."""
    earlier = max(months - A_YEAR, 0)
    before = year * earlier * dice.whole(60, 95) // (100 * A_YEAR)
    return Flow(year, last_of(before, earlier), before)


def last_of(before: int, months: int) -> int:
    """What fell into the last of all earlier years."""
    return before if months <= A_YEAR else before * A_YEAR // months


def of_three_years(flow: Flow, months: int) -> int:
    """What fell into the last three years."""
    if months <= THREE_YEARS:
        return flow.total
    return flow.year + flow.before * (THREE_YEARS - A_YEAR) // (months - A_YEAR)


@dataclass(frozen=True, slots=True)
class Served:
    """Residents served: who stayed on from the year before adds to the year, not to the total."""

    year: int
    total: int
    years3: int
    year_before: int
    total_before: int


def served(dice: Dice, residents: int, residents_before: int, months: int) -> Served:
    """Residents served, for a space with so many residents now and a year before."""
    year = residents + dice.part(residents, 20, 60)
    earlier = max(months - A_YEAR, 0)
    if not earlier:
        return Served(year, year, year, 0, 0)
    stayed = dice.part(min(residents, residents_before), 40, 80)
    new = year - stayed
    gone = new * earlier * dice.whole(60, 95) // (100 * A_YEAR)
    total_before = max(stayed + gone, residents_before)
    total = total_before + new
    return Served(
        year,
        total,
        total if months <= THREE_YEARS else year + gone * (THREE_YEARS - A_YEAR) // earlier,
        min(total_before, max(stayed + last_of(gone, earlier), residents_before)),
        total_before,
    )
