"""What experts said, beside a case that has left their step; its applicant reads the numbers once it is decided."""

from collections import Counter

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhongchuang.panels.access import asks_opinions, reads_panel
from zhongchuang.panels.models import Seat
from zhongchuang.procedures.needed import Beside


def beside(case, acting):
    if asks_opinions(case):
        return []
    given = list(latest(case))
    if not given or not (reads_panel(acting) or not case.is_open):
        return []
    url = reverse("panels:panel", args=[case.key]) if reads_panel(acting) else ""
    return [Beside(_("Experts' opinions"), counted(given), url)]


def latest(case):
    """The opinions of the last review of a case."""
    given = Seat.objects.filter(case=case).given()
    last = given.order_by("-arrived").values_list("arrived", flat=True).first()
    return given.filter(arrived=last)


def counted(given):
    """How many there are, and how many conclude what."""
    count = len(given)
    text = ngettext("%(count)s opinion", "%(count)s opinions", count) % {"count": count}
    tally = Counter(one.conclusion for one in given)
    parts = [f"{Seat.Conclusion(name).label} {number}" for name, number in sorted(tally.items())]
    return f"{text} · {'、'.join(parts)}" if parts else text
