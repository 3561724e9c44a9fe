"""Giving out document numbers, and making one void."""

from django.db import transaction
from django.utils import timezone

from zhongchuang.audit.actions import log
from zhongchuang.page.refusal import require
from zhongchuang.records.access import may_number, may_void
from zhongchuang.records.models import DocumentNumber, Series


@transaction.atomic
def take_number(word, *, by, title, year=None):
    """The next number of the word in the year, for the organisation that acts; undone, it leaves no gap.

    Who takes a number holds the series until the commit, so take it as late as the action can.
    """
    require(may_number(by))
    year = year or timezone.localdate().year
    series = series_held(by.organisation, word.strip(), year)
    number = DocumentNumber.objects.create(
        series=series, number=series.last + 1, title=title, taken_by=by.user
    )
    Series.objects.filter(pk=series.pk).update(last=number.number)
    log(number, "taken", by=by.who, new={"number": str(number), "title": title})
    return number


def series_held(organisation, word, year):
    """The series, made if it is the first of its year, locked by this transaction."""
    named = {"organisation": organisation, "word": word, "year": year}
    Series.objects.bulk_create([Series(**named)], ignore_conflicts=True)
    return Series.objects.select_for_update().get(**named)


@transaction.atomic
def void_number(number, *, by, reason):
    """Make a number void: it stays in the register with the reason and is never given out again."""
    number = (
        DocumentNumber.objects.select_for_update(of=["self"])
        .select_related("series")
        .get(pk=number.pk)
    )
    require(may_void(by, number))
    number.void, number.reason = timezone.now(), reason
    number.save(update_fields=["void", "reason"])
    log(number, "voided", by=by.who, new={"reason": reason})
    return number
