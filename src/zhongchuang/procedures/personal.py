"""What this app holds about a person: what they handed in and did in cases."""

from django.db.models import Q
from django.utils.translation import gettext as _

from zhongchuang.organisations.personal import Holding
from zhongchuang.procedures.models import Act, Advice
from zhongchuang.procedures.words import MOVES


def personal(user):
    columns = {"case": _("Filings in hand"), "move": _("What was done"), "moment": _("When"), "words": _("Opinion")}  # fmt: skip
    found = Act.objects.filter(user=user).select_related("case__space").order_by("pk")
    rows = [
        {"case": str(one.case), "move": str(MOVES.get(one.move, one.move)), "moment": one.moment, "words": one.words}
        for one in found
    ]  # fmt: skip
    return [Holding("acts", _("Acts in cases"), columns, rows), opinions(user)]


def opinions(user):
    """What colleagues asked of this person, and what this person asked of them."""
    columns = {"case": _("Filings in hand"), "question": _("What was asked"), "moment": _("When"), "answer": _("Opinion")}  # fmt: skip
    found = Advice.objects.filter(Q(adviser=user) | Q(asked_by=user)).select_related("case__space")
    rows = [
        {"case": str(one.case), "question": one.question, "moment": one.answered or one.asked, "answer": one.answer}
        for one in found.order_by("pk")
    ]  # fmt: skip
    return Holding("opinions", _("Opinions of colleagues"), columns, rows)
