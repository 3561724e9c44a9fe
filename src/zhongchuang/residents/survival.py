"""How long residents last: the product-limit estimate of Kaplan and Meier (1958) over their stays."""

import warnings
from dataclasses import dataclass

from django.db.models import Q

from zhongchuang.residents.facts import NO_MAKER, as_one
from zhongchuang.residents.models import Stay
from zhongchuang.residents.rules import meanings

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Step:
    """From this duration on: the share that survives, with its band; None where the band is undefined."""

    duration: int
    share: float
    low: float | None
    high: float | None


def observed(space, on):
    """Days of the stays that ended as not survived, and of all others until they ended or until the day."""
    stays = as_one(Stay.objects.standing().filter(Q(day__lte=on), space=space)).filter(NO_MAKER)
    ended, others = [], []
    for began, until, outcome in stays.order_by().values_list("day", "until", "outcome"):
        over = until is not None and until <= on
        days = ((until if over else on) - began).days
        (ended if over and outcome in meanings()["not_survived"] else others).append(days)
    return ended, others


def survival(ended, others):
    """The curve from durations that ended in the event and durations of which no more is known; it begins at 1."""
    from scipy import stats  # noqa: PLC0415 -- slow import

    data = stats.CensoredData(uncensored=ended, right=others)
    found = stats.ecdf(data).sf
    with warnings.catch_warnings():  # where none or all are gone the band has no value
        warnings.simplefilter("ignore", RuntimeWarning)
        band = found.confidence_interval(CONFIDENCE, method="log-log")
    rows = zip(found.quantiles, found.probabilities, band.low.probabilities, band.high.probabilities, strict=True)  # fmt: skip
    return [Step(0, 1.0, None, None), *(Step(int(t), float(s), known(low), known(high)) for t, s, low, high in rows)]  # fmt: skip


def known(value):
    return None if value != value else float(value)  # noqa: PLR0124 -- only what is no number differs from itself


def at(curve, duration):
    """The step that holds at a duration."""
    return [one for one in curve if one.duration <= duration][-1]


def at_risk(ended, others, duration):
    """How many had lasted at least so long, and were still observed."""
    return sum(days >= duration for days in (*ended, *others))
