"""What a granted major change leaves at the titles of its space: a dated line, and another operator."""

from django.db import transaction
from django.utils import timezone

from zhongchuang.audit.actions import log
from zhongchuang.filing.models import Title, TitleChange
from zhongchuang.organisations.models import Organisation
from zhongchuang.procedures.changing import changes_of
from zhongchuang.records.actions import change as write


def register_changes(case, act, *, by):
    """Register the changes of a granted case at the titles of its pack that the space holds; each keeps its number."""
    day = timezone.localdate(act.moment)
    titles = Title.objects.not_over(day).filter(space=case.space, pack=case.pack)
    for title in titles.select_for_update().order_by("pk"):
        for one in changes_of(case):
            line = TitleChange.objects.create(title=title, change=one, case=case, registered=day, operator=new_operator(one))  # fmt: skip
            log(title, "title_change_registered", by=by.who if by else None, old=one.old, new=one.values, given={"case": case.number, "on": one.on})  # fmt: skip
            carry_over(line, day)


def new_operator(change):
    """The operator that takes the space over by a change; None where it stays."""
    new = change.values.get("operator") if change.table == "particulars" else None
    if new is None or new == change.old.get("operator"):
        return None
    return Organisation.objects.get(pk=new)


def carry_over(line, today):
    """Let a title go over to the new operator of its space, on the day on which the space does."""
    if line.operator is None or line.carried or line.change.on > today:
        return False
    title = Title.objects.select_for_update().get(pk=line.title_id)
    if title.is_over:
        return False
    old = title.operator
    write(title, version=title.version, operator=line.operator, of_operator=line.operator.name)
    line.carried = today
    line.save(update_fields=["carried"])
    log(title, "title_carried_over", by=None, old={"operator": old.name}, new={"operator": line.operator.name})  # fmt: skip
    return True


@transaction.atomic
def carry_over_due(today):
    """The changes of operator that begin today, or were missed; how many titles went over."""
    lines = TitleChange.objects.filter(operator__isnull=False, carried=None, change__on__lte=today)
    found = lines.select_related("change", "operator").order_by("change__on", "pk")
    return sum(carry_over(one, today) for one in found)
