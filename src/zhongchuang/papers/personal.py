"""What this app holds about a person: the documents that they wrote or signed."""

from django.db.models import Q
from django.utils.translation import gettext as _

from zhongchuang.organisations.personal import Holding
from zhongchuang.papers.models import Paper


def personal(user):
    columns = {"title": _("Title of the document"), "number": _("Document number"), "written": _("When")}  # fmt: skip
    found = Paper.objects.filter(Q(written_by=user) | Q(signed_by=user)).select_related("number__series").order_by("pk")  # fmt: skip
    rows = [
        {"title": one.title, "number": str(one.number or ""), "written": one.written}
        for one in found
    ]
    return [Holding("papers", _("Official documents"), columns, rows)]
