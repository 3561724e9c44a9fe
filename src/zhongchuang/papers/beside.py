"""The documents of a case on its page, and the way to write one that its step allows."""

from django.urls import reverse
from django.utils.translation import gettext as _

from zhongchuang.papers.access import may_write
from zhongchuang.papers.models import Paper
from zhongchuang.procedures.needed import Beside

OPINION = Paper.Kind.OPINION


def beside(case, acting):
    found = list(Paper.objects.visible_to(acting).filter(case=case).select_related("number__series"))  # fmt: skip
    lines = [Beside(one.get_kind_display(), says(one), one.get_absolute_url()) for one in found]
    here = any(one.kind == OPINION and one.step == case.step for one in found)
    if case.step and not here and may_write(acting, case, OPINION) is None:
        url = reverse("papers:write", args=[case.key, OPINION])
        lines.append(Beside(_("Write the review opinion"), "", url))
    return lines


def says(paper):
    return _("Draft") if paper.is_draft else str(paper.number)
