"""The life of one invented space, drawn before it is played: pure values that fit each other."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from zhongchuang.demo.province import stem_of
from zhongchuang.demo.space import draw_space
from zhongchuang.spaces.demonstration.world import data
from zhongchuang.spaces.models import Particulars

KINDS = {
    "space": 78, "incubator": 7, "accelerator": 3, "science_park": 3, "student_base": 3,
    "returnee_base": 2, "migrant_park": 2, "small_firm_base": 2,
}  # fmt: skip
STATES = {"confirmed": 86, "submitted": 5, "returned": 3, "draft": 3, "closed": 3}
CHANGES = {"none": 45, "confirmed": 38, "waiting": 9, "refused": 5, "withdrawn": 3}
SITES = {1: 66, 2: 26, 3: 8}
FOUNDERS = {"other": 55, "leading_firm": 15, "institute": 15, "zone": 15}
CARELESS = 12.5
FORGOTTEN_BY_CARELESS = 35
ENDING_SOON = 12
SOON = (4, 6, 19, 27, 41, 55)
"""Days until the end of a lease, on both sides of each reminder."""

LISTED = 20
"""In so many of a hundred small spaces the people are listed one by one."""

MANAGERS = 8
MOVING = 12
"""So many of a hundred have moved once."""

GROWTH = (70, 90)
"""Size before the change of the area, in percent of the size after it."""


@dataclass(frozen=True)
class Site:
    """A site as it was when the space opened, and as it is or shall be after the change of the first one."""

    name: str
    before: dict
    after: dict
    leases: list


@dataclass(frozen=True)
class Life:
    """All that happens to a space, from its registration to its end."""

    kind: str
    state: str
    change: str
    changed: date
    opened: date
    files: bool
    drawn: bool
    particulars: dict
    moves_to: str
    sites: list
    counts: list
    staff: list
    equipment: list
    host: dict | None


def life(world, number, region, set_):
    """The life of the space of a number; what `set_` gives is not left to chance."""
    dice, figures = world.dice, draw_space(world.dice, region.code[:6]).now
    careless = dice.chance(CARELESS) and not set_
    known = {
        name: None if careless and dice.chance(FORGOTTEN_BY_CARELESS) else value
        for name, value in figures.items()
    }
    opened = months_before(world.today, figures["months_operating"])
    changed = opened + (world.today - opened) * dice.whole(40, 90) // 100
    known["floor_area"] = figures["floor_area"]
    known["tenure"] = set_.get("tenure") or known["tenure"]
    kind = "space" if set_ else dice.weighed(KINDS)
    change = set_.get("change") or dice.weighed(CHANGES)
    entered = particulars(dice, number, kind, region, known)
    if change == "waiting":
        changed = world.today - timedelta(days=dice.whole(0, 12))
    return Life(
        kind=kind,
        state=set_.get("state") or dice.weighed(STATES),
        change=change,
        changed=max(changed, opened + timedelta(days=1)),
        opened=opened,
        files=set_.get("files", False),
        drawn=set_.get("drawn", False),
        particulars=entered,
        moves_to=address(dice, region) if dice.chance(MOVING) else "",
        sites=sites(world, known, figures, opened, set_),
        counts=counts(known, opened, world.today),
        staff=people(world, known),
        equipment=equipment(dice, entered["industry"], known),
        host=host(known),
    )


def months_before(day, months):
    """The day of the month so many months earlier, at most its 28th."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(years, month + 1, min(day.day, 28))


def yes_no(value):
    return {None: "", True: "yes", False: "no"}[value]


# --- particulars, host, equipment -----------------------------------------------------------------


def address(dice, region):
    words = data("words")
    return f"{region.name}{dice.pick(words['streets'])}{dice.whole(1, 299)}{words['house']}"


def particulars(dice, number, kind, region, known):
    words = data("words")
    industry = dice.pick(list(words["directions"]))
    special = known["operator_relies_on"] not in {None, "none", "other"}
    return {
        "name": stem_of(number) + (words["kinds"][kind] or dice.pick(words["endings"])),
        "region": region,
        "address": address(dice, region),
        "operator_kind": known["operator_kind"] or "",
        "industry": industry,
        "founder": dice.weighed(FOUNDERS),
        "service": "professional" if special else dice.pick(Particulars.Service.values[:5]),
        "direction": words["directions"][industry],
        "goals": words["goals"],
        "separate_accounts": yes_no(known["separate_accounts"]),
        "free_broadband": yes_no(known["free_broadband"]),
        "online_platform": yes_no(known["online_platform"]),
        "hours": dice.pick(words["hours"]),
        "introduction": words["introduction"],
    }


def host(known):
    """What the space relies on; None where it is not known."""
    kind = known["operator_relies_on"]
    if kind is None:
        return None
    platforms, level = known["host_platforms"], known["operator_relies_on_level"]
    return {
        "kind": kind,
        "name": data("words")["hosts"].get(kind, ""),
        "level": level or "",
        "platforms": None if platforms is None else sorted(platforms),
    }


def equipment(dice, industry, known):
    """One to three machines whose values add up to the figure; none where it is not known."""
    value = known["equipment_value"]
    if value is None:
        return []
    names = data("words")["equipment"][industry]
    kept = names[: dice.whole(1, 3)]
    parts = shared(value, [dice.whole(1, 5) for _name in kept])
    return [
        {"name": name, "pieces": dice.whole(1, 4), "value": Decimal(part),
         "shared": "yes" if dice.chance(60) else "no"}
        for name, part in zip(kept, parts, strict=True)
    ]  # fmt: skip


# --- sites and leases -----------------------------------------------------------------------------


def shared(whole, weights):
    """A whole number in parts by weight that add up to it; the first takes what is left."""
    parts = [whole * weight // sum(weights) for weight in weights]
    return [parts[0] + whole - sum(parts), *parts[1:]]


def sites(world, known, figures, opened, set_):
    """One to three sites that share the figures; only the first one grows."""
    dice, words = world.dice, data("words")
    weights = [6, 3, 2][: set_.get("sites") or dice.weighed(SITES)]
    columns = {
        name: None if known[name] is None else shared(known[name], weights)
        for name in ("floor_area", "public_area", "desk_area", "desks")
    }
    tenure, smaller = known["tenure"] or "", dice.whole(*GROWTH)
    terms = lease_terms(world, figures, opened, set_.get("lease")) if tenure == "rented" else []
    made = []
    for place in range(len(weights)):
        after = {name: parts and parts[place] for name, parts in columns.items()}
        percent = 100 if place else smaller
        before = {name: value and value * percent // 100 for name, value in after.items()}
        landlord = dice.pick(words["landlords"])
        leases = [lease(dice, landlord, after["floor_area"], *term) for term in terms]
        entered = {"name": words["sites"][place], "tenure": tenure}
        made.append(
            Site(words["sites"][place], exact(before) | entered, exact(after) | entered, leases)
        )
    return made


def exact(values):
    """Areas as the register holds them."""
    return {
        name: value if value is None or name == "desks" else Decimal(value)
        for name, value in values.items()
    }


def lease_terms(world, figures, opened, days_left):
    """The lease in force, and the one before it where the space is older."""
    dice, years = world.dice, figures.get("lease_years", 5)
    soon = dice.pick(SOON) if dice.chance(ENDING_SOON) else None
    later = (figures.get("lease_years_left", 3) - 1) * 365 + dice.whole(10, 300)
    ends = world.today + timedelta(days=days_left or soon or later)
    begins = ends - timedelta(days=years * 365 + dice.whole(0, 2))
    if begins <= opened:
        return [(begins, ends)]
    return [(opened, begins - timedelta(days=1)), (begins, ends)]


def lease(dice, landlord, area, begins, ends):
    return {
        "landlord": landlord,
        "number": f"{begins:%Y}-{dice.whole(1, 999):03d}",
        "begins": begins,
        "ends": ends,
        "area": Decimal(area),
        "yearly_rent": Decimal(area * dice.whole(120, 540)),
    }


# --- people ---------------------------------------------------------------------------------------

COUNTED = {
    "staff": "staff", "fulltime": "staff_fulltime", "college": "staff_college",
    "professional": "staff_professional", "investment_managers": "investment_managers",
    "trainers": "trainers_fulltime",
}  # fmt: skip


def counts(known, opened, today):
    """The numbers of staff with their days, one more version a year in older spaces."""
    now = {column: known[fact] for column, fact in COUNTED.items()}
    years = min((today - opened).days // 365, 2)
    days = [opened, *(date(today.year - back, 1, 1) for back in range(years - 1, -1, -1))]
    days = [day for day in days if opened <= day <= today]
    percents = [100 - 12 * (len(days) - place) for place in range(1, len(days))] + [100]
    return [
        (day, {name: value and value * percent // 100 for name, value in now.items()})
        for day, percent in zip(days, percents, strict=True)
    ]


def people(world, known):
    """Staff one by one, in some small spaces; what the careless forgot of a person is unknown."""
    dice, total = world.dice, known["staff"]
    if total is None or total > MANAGERS or not dice.chance(LISTED):
        return []
    return [
        {
            "name": world.name(),
            "education": dice.pick(("doctor", "master", "bachelor", "bachelor", "college")),
            "fulltime": "" if known["staff_fulltime"] is None else yes_no(dice.chance(80)),
            "professional": "" if known["staff_professional"] is None else yes_no(dice.chance(70)),
        }
        for _person in range(total)
    ]
