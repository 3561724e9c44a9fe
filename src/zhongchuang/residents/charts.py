"""Occupancy over time, residents by stage and by who founded them, and how long they last."""

from calendar import monthrange
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhongchuang.ledgers.behind import address
from zhongchuang.ledgers.drawing import Cell, Chart, across, line, steps
from zhongchuang.ledgers.periods import lasting
from zhongchuang.records.register import collect
from zhongchuang.residents.facts import NO_MAKER, as_one
from zhongchuang.residents.models import Founder, Stage, Stay
from zhongchuang.residents.rules import meanings
from zhongchuang.residents.survival import at, at_risk, observed, survival

MONTHS = 36
HALF_YEAR = 6
YEAR_MONTHS = 12
YEAR_DAYS = 365.25
OCCUPANCY = gettext_lazy("Desks taken of the desks that can be let, at the end of each month: from the stays with their desks, and from the desks or sites as they were dated. A month in which either is unknown is left out.")  # fmt: skip
BY_STAGE = gettext_lazy("Teams and firms that stay on the day, by the stage of their stay; from the ledger of residents.")  # fmt: skip
BY_ORIGIN = gettext_lazy("Teams and firms that stay on the day, by the kind of their founders; one with founders of several kinds counts under each. From the records of founders.")  # fmt: skip
LASTING = gettext_lazy("Share of stays that did not end as %(gone)s, by the time since moving in: the product-limit estimate of Kaplan and Meier. Whose stay ended otherwise (%(others)s), or still goes on, is observed until that day and then drops out of the count. From the ledger of residents; makers are left out.")  # fmt: skip


def charts(acting, space, on):  # noqa: ARG001 -- every app is asked in the same way
    """In the order in which they are read."""
    return [occupancy(space, on), by_stage(space, on), by_origin(space, on), lasting_chart(space, on)]  # fmt: skip


def chart(space, name, title, about, header, rows, drawn, empty, **more):  # noqa: PLR0913, PLR0917 -- all of a chart in one call
    """One that is entered by taking residents in."""
    enter = reverse("residents:take_in", args=[space.code])
    return Chart(name, title, about, header, rows, drawn, empty, enter, **more)


# --- occupancy ------------------------------------------------------------------------------------


def month_ends(opened, on):
    """The last days of the months since the space opened, at most three years; of this month the day itself."""
    found, year, month = [], on.year, on.month
    while len(found) < MONTHS and (year, month) >= (opened.year, opened.month):
        found.append(min(date(year, month, monthrange(year, month)[1]), on))
        year, month = (year, month - 1) if month > 1 else (year - 1, YEAR_MONTHS)
    return found[::-1]


def occupied(space, day):
    """Desks taken, desks, and their share in percent; None where it is unknown."""
    columns = collect([space.pk], ("desks_occupied", "desks"), day).columns
    taken, desks = columns["desks_occupied"][0], columns["desks"][0]
    return taken, desks, float(taken) * 100 / float(desks) if desks and taken is not None else None


def occupancy(space, on):
    days = month_ends(space.opened, on)
    found = [occupied(space, day) for day in days]
    shares = [share for _taken, _desks, share in found]
    drawn = None
    if any(share is not None for share in shares):
        drawn = line(shares, month_ticks(days), least_top=100, unit="%")
    rows = [occupancy_row(space, day, *one) for day, one in zip(days, found, strict=True)]
    return chart(
        space, "occupancy", _("Occupancy of desks"), OCCUPANCY, [_("Month"), _("Desks taken"), _("Desks"), _("Share")],
        rows[::-1], drawn, _("Record the desks of the sites, and of each resident how many desks it takes."),
    )  # fmt: skip


def occupancy_row(space, day, taken, desks, share):
    told = ["" if one is None else f"{float(one):g}" for one in (taken, desks)]
    return [
        Cell(month_of(day)),
        Cell(told[0], address("ledgers:behind", space, "desks_occupied", day)),
        Cell(told[1], address("ledgers:behind", space, "desks", day)),
        Cell("" if share is None else f"{share:.1f}%"),
    ]


def month_of(day):
    return formats.date_format(day, "YEAR_MONTH_FORMAT")


def month_ticks(days):
    """The first month, the last one, and each January that has room."""
    last = len(days) - 1
    room = max(last // 5, 1)
    between = [(n, str(day.year)) for n, day in enumerate(days) if day.month == 1 and room < n < last - room]  # fmt: skip
    ends = [(0, f"{days[0]:%Y-%m}"), (last, f"{days[-1]:%Y-%m}")] if last else [(0, f"{days[0]:%Y-%m}")]  # fmt: skip
    return sorted([*ends, *between])


# --- who stays ------------------------------------------------------------------------------------


def here(space, on):
    """Stays of teams and firms that run on the day."""
    stays = as_one(Stay.objects.standing().filter(lasting(on), space=space))
    return stays.filter(NO_MAKER).order_by()


def counted(space, on, name, title, about, choices, counts, unknown):  # noqa: PLR0913, PLR0917 -- all of a chart in one call
    """Bars of residents by a choice; those of whom it is not recorded stand apart."""
    rows = [(str(label), counts.get(value, 0)) for value, label in choices]
    rows += [(_("not recorded"), unknown)] if unknown else []
    drawn = across(rows) if sum(count for _said, count in rows) else None
    behind = address("ledgers:behind", space, "residents", on)
    return chart(
        space, name, title, about, [title, _("Residents")], [[Cell(said), Cell(str(count), behind)] for said, count in rows],
        drawn, _("Take residents in; their stage and their founders are entered with them."),
    )  # fmt: skip


def by_stage(space, on):
    stays = here(space, on)
    now = Q(stages__day__lte=on) & (Q(stages__until=None) | Q(stages__until__gt=on))
    rows = stays.filter(now).values("stages__name").annotate(n=Count("resident", distinct=True))
    counts = {row["stages__name"]: row["n"] for row in rows}
    unknown = residents_in(stays) - residents_in(stays.filter(now))
    return counted(space, on, "stages", _("Residents by stage"), BY_STAGE, Stage.Name.choices, counts, unknown)  # fmt: skip


def by_origin(space, on):
    stays = here(space, on)
    founders = Founder.objects.filter(Q(left=None) | Q(left__gt=on), resident__in=stays.values("resident")).exclude(kind="")  # fmt: skip
    rows = founders.order_by().values("kind").annotate(n=Count("resident", distinct=True))
    counts = {row["kind"]: row["n"] for row in rows}
    unknown = residents_in(stays) - founders.values("resident").distinct().count()
    return counted(space, on, "origins", _("Residents by kind of founder"), BY_ORIGIN, Founder.Kind.choices, counts, unknown)  # fmt: skip


def residents_in(stays):
    return stays.values("resident").distinct().count()


# --- how long -------------------------------------------------------------------------------------


def lasting_chart(space, on):
    ended, others = observed(space, on)
    drawn, rows, last = None, [], max((*ended, *others), default=0)
    if last:
        curve = survival(ended, others)
        drawn = steps(
            [(one.duration, one.share * 100) for one in curve],
            [(one.duration, percent(one.low), percent(one.high)) for one in curve], duration_ticks(last), last,
        )  # fmt: skip
        rows = [duration_row(curve, ended, others, months) for months in months_until(last)]
    return chart(
        space, "survival", _("How long residents last"), lasting_told(),
        [_("Since moving in"), _("Observed"), _("Still there"), _("95% interval")], rows, drawn,
        _("Take residents in, and record when and how each of them left."),
        key=[("f1", _("estimate")), ("band", _("95% interval"))],
        note=_("%(all)s stays, of which %(ended)s were eliminated or given up.") % {"all": len(ended) + len(others), "ended": len(ended)},
    )  # fmt: skip


def lasting_told():
    """The definition of the curve, with the outcomes that count."""
    gone = meanings()["not_survived"]
    names = {name: str(label) for name, label in Stay.Outcome.choices}
    ended = _(" or ").join(names[one] for one in gone)
    others = _(", ").join(label for name, label in names.items() if name not in gone)
    return LASTING % {"gone": ended, "others": others}


def percent(share):
    return None if share is None else share * 100


def days_of(months):
    return months * YEAR_DAYS / YEAR_MONTHS


def months_until(last):
    """Every half year that someone reached."""
    return [n for n in range(0, int(last / days_of(1)) + 1, HALF_YEAR) if days_of(n) <= last]


def duration_ticks(last):
    """Years, so many that there is room, or half years of a young space."""
    months = months_until(last)
    while len(months) > HALF_YEAR:
        months = months[::2]
    return [(days_of(n), _("%(months)s months") % {"months": n}) for n in months]


def duration_row(curve, ended, others, months):
    days = days_of(months)
    one = at(curve, days)
    band = f"{one.low:.1%} – {one.high:.1%}" if None not in {one.low, one.high} else "–"
    return [
        Cell(_("%(months)s months") % {"months": months}), Cell(str(at_risk(ended, others, days))),
        Cell(f"{one.share:.1%}"), Cell(band),
    ]  # fmt: skip
