"""The line of the register: what lists, filters and searches look at, written anew from the dated rows."""

import re
from functools import lru_cache

from django.db.models import Count, Sum
from django.utils import timezone
from pypinyin import Style, lazy_pinyin

from zhongchuang.spaces.models import Desk, Particulars, Premises, Space

LINE = (Particulars, Premises, Desk)
"""Tables that the line is made of; what is written in the others leaves it as it is."""


def refresh(space, *, on=None):
    """Bring the line of one space in step with what holds on the day."""
    on = on or timezone.localdate()
    now = (
        Particulars.objects.filter(space=space)
        .on(on)
        .select_related("operator", "region")
        .order_by("valid_from")
        .last()
    ) or Particulars.objects.filter(space=space).select_related("operator", "region").first()
    if now is not None:
        space.name, space.operator, space.industry = now.name, now.operator, now.industry
        space.region, space.path = now.region, now.region.path
        space.words = words_of(now)
    space.floor_area, space.desks = area_of(space, on), desks_of(space, on)
    space.save(
        update_fields=[
            "name",
            "operator",
            "region",
            "path",
            "industry",
            "words",
            "floor_area",
            "desks",
        ]
    )
    return space


def words_of(now):
    """Everything that a search should find the space by, in small letters: as written, and by pinyin initials."""
    texts = [now.name, now.short_name, now.operator.name, now.address, now.region.full_name]
    whole = "\n".join(text for text in texts if text).casefold()
    return f"{whole}\n{CHINESE.sub(lambda run: initials(run[0]), whole)}"


CHINESE = re.compile("[\u3007\u3400-\u9fff\U00020000-\U0003ffff]+")


@lru_cache(maxsize=16384)
def initials(run):
    """The first letters of a run of Chinese signs; runs such as names of roads come again and again."""
    return "".join(lazy_pinyin(run, style=Style.FIRST_LETTER)).casefold()


def area_of(space, on):
    return Premises.objects.filter(space=space).on(on).aggregate(area=Sum("floor_area"))["area"]


def desks_of(space, on):
    """Desks listed one by one where there are any, else those stated of the sites; None where a site lacks them."""
    listed = Desk.objects.filter(space=space)
    if listed.exists():
        return listed.on(on).filter(can_be_let="yes").count()
    sites = Premises.objects.filter(space=space).on(on)
    found = sites.aggregate(all=Count("pk"), known=Count("desks"), desks=Sum("desks"))
    return found["desks"] if found["all"] == found["known"] else None


def refresh_all(*, on):
    """Bring the lines of the spaces in step for which something begins or ends on the day; returns how many."""
    touched = set()
    for table in LINE:
        for field in ("valid_from", "valid_until"):
            touched |= set(table.objects.filter(**{field: on}).values_list("space", flat=True))
    spaces = Space.objects.filter(pk__in=touched)
    for space in spaces:
        refresh(space, on=on)
    return len(spaces)
