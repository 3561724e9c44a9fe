"""One move out of many: made by itself, or refused with its reason while the others go on."""

from django.db import transaction

from zhongchuang.page.refusal import Refused
from zhongchuang.procedures.actions.moving import move
from zhongchuang.procedures.models import Member

LONGEST = Member._meta.get_field("refusal").max_length


def tried(case, name, **given):
    """Why a move was not made, as a list of many shows it; empty where it was. What a refused one had written is undone."""
    try:
        with transaction.atomic():
            move(case, name, **given)
    except Refused as fault:
        return str(fault.refusal)[:LONGEST]
    return ""
