"""What belongs to the visits of a case in its file: each report as data and as PDF, and its photographs as they are kept."""

import json

from django.core.serializers.json import DjangoJSONEncoder

from zhongchuang.records.access import may_open
from zhongchuang.records.actions import opened
from zhongchuang.visits.models import Visit
from zhongchuang.visits.printed import pdf


def casefile_parts(case, _acting):
    """Path and bytes of each, one after the other; None for a photograph that is not given out."""
    visits = Visit.objects.filter(case=case).select_related("submission", "department", "closed_by", "confirmed_by").order_by("pk")  # fmt: skip
    for number, visit in enumerate(visits, start=1):
        visit.case = case
        folder = f"visits/{number:02d}"
        yield f"{folder}/visit.json", json.dumps(data(visit), ensure_ascii=False, indent=1, cls=DjangoJSONEncoder).encode()  # fmt: skip
        if visit.closed:
            yield f"{folder}/report.pdf", pdf(visit, internal=True)
        yield from pictures(visit, folder)


def data(visit):
    """A visit for programs."""
    names = (
        "key",
        "step",
        "state",
        "begins",
        "place",
        "names",
        "others",
        "announced",
        "ready",
        "why",
        "planned",
    )
    told = {name: getattr(visit, name) for name in names}
    if visit.closed is None:
        return told
    return told | {
        "report": visit.content, "closed_by": str(visit.closed_by), "confirmed": visit.confirmed,
        "confirmed_by": str(visit.confirmed_by or ""), "digest": visit.digest,
        "retaken": list(visit.retaken.values("moment", "by__name", "words")),
    }  # fmt: skip


def pictures(visit, folder):
    shown = visit.photographs.shown().select_related("evidence__content")
    for number, picture in enumerate(shown, start=1):
        evidence = picture.evidence
        path = f"{folder}/photographs/{number:03d}-{evidence.name}"
        file = None if may_open(evidence) else opened(evidence.content)
        if file is None:
            yield path, None
            continue
        with file:
            yield path, file.read()
