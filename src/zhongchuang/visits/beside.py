"""The visits of a case on its page; where a figure differs on the spot, it stands there for the one who decides."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zhongchuang.organisations.models.people import APPLICANTS
from zhongchuang.procedures.needed import Beside
from zhongchuang.visits.models import Finding, Visit
from zhongchuang.visits.reports import report


def beside(case, acting):
    found = []
    for visit in Visit.objects.visible_to(acting).filter(case=case).select_related("submission"):
        visit.case = case
        begins = date_format(timezone.localtime(visit.begins), "Y-m-d H:i")
        found.append(Beside(_("Visit on %(moment)s") % {"moment": begins}, visit.get_state_display(), visit.get_absolute_url()))  # fmt: skip
        if acting.role not in APPLICANTS and visit.state == Visit.Standing.CONFIRMED:
            found += notable(visit)
    return found


def notable(visit):
    """The lines that differ or could not be seen, each by its figure or condition."""
    for row in report(visit):
        if row.finding and row.finding.found != Finding.Found.AS_STATED:
            yield Beside(row.line.text, row.says, f"{visit.get_absolute_url()}#{row.anchor}", row.answer)  # fmt: skip
