"""The letter that a step needs before it leads on."""

from django.urls import reverse
from django.utils.translation import gettext as _

from zhongchuang.papers.access import may_write
from zhongchuang.papers.models import Paper
from zhongchuang.procedures.needed import Need

LETTER = Paper.Kind.LETTER


def needs(case, acting):
    """Met when a draft stands that was kept since the case came to this step."""
    paper = Paper.objects.at(case).filter(kind=LETTER).first()
    fresh = paper is not None and paper.written >= case.arrived
    writes = acting is not None and may_write(acting, case, LETTER) is None
    url, label = "", ""
    if paper and acting:
        url, label = paper.get_absolute_url(), _("Look through") if writes else _("Read")
    elif writes:
        url, label = reverse("papers:write", args=[case.key, LETTER]), _("Write the letter")
    says = paper.title if paper else ""
    if paper and not fresh:
        says = _("It was written before the application came back. Look it through and keep it again.")  # fmt: skip
    return [Need("letter", Paper.Kind(LETTER).label, fresh, says, url, label)]
