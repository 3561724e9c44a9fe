"""How the space of a case was evaluated before, and what was paid: for officials who decide on it."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zhongchuang.past.models import Evaluation, Grant
from zhongchuang.procedures.models.cases import READING
from zhongchuang.procedures.needed import Beside

MOST = 5


def beside(case, acting):
    if acting.role not in READING:
        return []
    return [*evaluations(case, acting), *grants(case, acting)]


def latest(model, case, acting):
    found = model.objects.visible_to(acting).current().filter(space=case.space)
    return found.select_related("operator", "space")[:MOST]


def evaluations(case, acting):
    for one in latest(Evaluation, case, acting):
        marks = {Evaluation.Result.FAILED, Evaluation.Result.MISSED}
        mark = one.get_result_display() if one.result in marks else ""
        yield Beside(f"{one.year} {one.programme}", f"{one.outcome} · {one.basis}", one.get_absolute_url(), mark)  # fmt: skip


def grants(case, acting):
    """Payments, those for firms and persons in the space as well; one amount that is not known says so."""
    for one in latest(Grant, case, acting):
        paid = _("paid %(day)s") % {"day": date_format(one.paid, "Y-m-d")} if one.paid else _("not known whether paid")  # fmt: skip
        says = f"{amount(one)} · {one.who} · {paid} · {one.basis}"
        yield Beside(f"{one.year} {one.programme}", says, one.get_absolute_url(), _("paid already") if one.award else "")  # fmt: skip


def amount(grant):
    if grant.is_personal:
        return str(grant.personal_amount) or _("amount unknown")
    return _("%(amount)s yuan") % {"amount": f"{grant.amount:,.2f}"} if grant.amount is not None else _("amount unknown")  # fmt: skip
