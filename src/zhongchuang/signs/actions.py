"""Looking for signs, and answering one."""

from django.db import transaction
from django.utils import timezone

from zhongchuang.audit.actions import log
from zhongchuang.page.refusal import require
from zhongchuang.records.actions import change
from zhongchuang.signs.access import may_answer
from zhongchuang.signs.checks import look
from zhongchuang.signs.models import Sign


@transaction.atomic
def look_for_signs(on=None):
    """Write down what a look finds: new signs, those seen again, those gone. How many stand."""
    now = timezone.now()
    known = {(one.rule, one.space_id, one.key): one for one in Sign.objects.all()}
    seen = set()
    for rule, findings in look(on or timezone.localdate()).items():
        for found in findings:
            place = (rule, found.space, found.key)
            seen.add(place)
            see(known.get(place), rule, found)
    missed = [one.pk for place, one in known.items() if place not in seen and one.gone is None]
    Sign.objects.filter(pk__in=missed).update(gone=now)
    return len(seen)


def see(sign, rule, found):
    """Write a sign down, or that it is there again; an answer stays with the same figures only."""
    if sign is None:
        sign = Sign.objects.create(rule=rule, key=found.key, space_id=found.space, found=found.told)
        sign.others.set(found.others)
        return
    fresh = sign.found != found.told
    if fresh or sign.gone:
        values = {"found": found.told, "gone": None}
        values |= {"answer": "", "note": "", "answered": None, "answered_by": None} if fresh else {}
        change(sign, version=sign.version, **values)
    if fresh:
        sign.others.set(found.others)


@transaction.atomic
def answer(sign, *, by, version, answer, note):
    """Say what a person found; nothing else follows."""
    require(may_answer(by, sign))
    old = {"answer": sign.answer}
    change(
        sign,
        version=version,
        answer=answer,
        note=note,
        answered=timezone.now(),
        answered_by=by.user,
    )
    log(sign, "sign_answered", by=by.who, old=old, new={"answer": answer}, given={"note": note})
    return sign
