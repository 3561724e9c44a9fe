"""What this app holds about a person: the records that they entered, and what they asked or answered about one."""

from django.db.models import Q
from django.utils.translation import gettext as _

from zhongchuang.credit.models import Record, Request
from zhongchuang.organisations.personal import Holding


def personal(user):
    columns = {"operator": _("Operator"), "matter": _("Matter"), "what": _("What you did"), "when": _("When")}  # fmt: skip
    return [Holding("credit", _("Credit records"), columns, [*of_records(user), *of_requests(user)])]  # fmt: skip


def of_records(user):
    found = Record.objects.filter(Q(by=user) | Q(ended_by=user)).select_related("operator")
    for one in found.order_by("pk"):
        if one.by_id == user.pk:
            yield row(one, _("entered"), one.recorded)
        if one.ended_by_id == user.pk:
            yield row(one, _("ended"), one.ended)


def of_requests(user):
    found = Request.objects.filter(Q(asked_by=user) | Q(answered_by=user)).select_related("record__operator")  # fmt: skip
    for one in found.order_by("pk"):
        if one.asked_by_id == user.pk:
            yield row(one.record, _("asked: %(words)s") % {"words": one.words}, one.asked)
        if one.answered_by_id == user.pk:
            yield row(one.record, _("answered: %(words)s") % {"words": one.answer}, one.answered)


def row(record, what, when):
    return {"operator": record.operator.name, "matter": record.matter_name, "what": what, "when": when}  # fmt: skip
