"""Experts' opinions in the archive of a case, for its officials and their audit."""

import json

from django.core.serializers.json import DjangoJSONEncoder

from zhongchuang.panels.models import Seat


def casefile_parts(case, _acting):
    """Who was asked at each review, and what was answered, as one file; none where nobody was asked."""
    seats = Seat.objects.filter(case=case).select_related("expert", "department").order_by("pk")
    told = [as_data(one) for one in seats]
    if told:
        yield (
            "experts.json",
            json.dumps(told, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder).encode(),
        )


def as_data(seat):
    return {
        "step": seat.step, "expert": seat.expert.name, "asked": seat.named, "by": seat.department.name, "state": seat.state,
        "reason": seat.reason, "conclusion": seat.conclusion, "words": seat.words, "judgements": seat.judgements,
        "given": seat.given,
    }  # fmt: skip
