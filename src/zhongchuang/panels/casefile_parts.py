"""Experts' opinions in the archive of a case, for its officials and their audit."""

import json

from django.core.serializers.json import DjangoJSONEncoder

from zhongchuang.panels.access import shows_opinions
from zhongchuang.panels.models import Seat

WORDS = ("conclusion", "words", "judgements")
"""What an opinion says."""


def casefile_parts(case, _acting):
    """Who was asked at each review, and what was answered, as one file; none where nobody was asked."""
    seats = (
        Seat.objects.filter(case=case).select_related("expert", "department", "case").order_by("pk")
    )
    held = kept_back(case, seats)
    told = [as_data(one, without=WORDS if one in held else ()) for one in seats]
    if told:
        yield (
            "experts.json",
            json.dumps(told, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder).encode(),
        )


def kept_back(case, seats):
    """The seats whose opinion nobody reads yet: those of a review that still waits for others."""
    current = [one for one in seats if one.is_current]
    return [] if shows_opinions(case, current) else current


def as_data(seat, without=()):
    told = {
        "step": seat.step, "expert": seat.expert.name, "asked": seat.named, "by": seat.department.name, "state": seat.state,
        "reason": seat.reason, "conclusion": seat.conclusion, "words": seat.words, "judgements": seat.judgements,
        "given": seat.given,
    }  # fmt: skip
    return {name: value for name, value in told.items() if name not in without}
