"""How long there is until a last day, in words: in working days where the arrangements of all years on the way are known."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhongchuang.policy.workdays import is_known, is_working


def working_days_left(due, *, today):
    """Working days after `today` up to the last day; None where a year on the way is unknown."""
    on_the_way = [today + timedelta(days=n + 1) for n in range((due - today).days)]
    return sum(map(is_working, on_the_way)) if all(map(is_known, on_the_way)) else None


@dataclass(frozen=True)
class Left:
    """How long there is until a last day: the words, and the look (nothing, `warn`, `late`)."""

    text: str
    look: str = ""


def left(due, *, today, soon=1):
    """What stands under a last day: working days where they are known, else days; from `soon` on it warns."""
    days = (due - today).days
    if days < 0:
        late = ngettext("%(count)d day overdue", "%(count)d days overdue", -days)
        return Left(late % {"count": -days}, "late")
    if days == 0:
        return Left(_("due today"), "warn")
    count = working_days_left(due, today=today)
    if count is None:
        text = ngettext("%(count)d day left", "%(count)d days left", days) % {"count": days}
        return Left(text, "warn" if days <= soon else "")
    text = ngettext("%(count)d working day left", "%(count)d working days left", count)
    return Left(text % {"count": count}, "warn" if count <= soon else "")
