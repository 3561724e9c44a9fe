"""Who writes in the ledgers of a space; every answer "no" says why."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.models.people import APPLICANTS
from zhongchuang.page.refusal import Refusal
from zhongchuang.spaces.models import Space


def written_by(acting):
    """The spaces in whose ledgers this post writes."""
    if acting.role not in APPLICANTS or acting.organisation is None:
        return Space.objects.none()
    return Space.objects.filter(operator=acting.organisation).exclude(state=Space.State.CLOSED)


def may_write(acting, space):
    """Whether this post writes in the ledgers: those who work for the operator do, as long as the space runs."""
    if acting.role not in APPLICANTS or acting.organisation != space.operator:
        return Refusal(
            "not_yours",
            _("Only those who work for the operator of this space write in its ledgers."),
        )
    if space.state == Space.State.CLOSED:
        return Refusal(
            "closed",
            _("This space is closed; its ledgers are read, not written."),
            status=HTTPStatus.CONFLICT,
        )
    return None


def may_correct(acting, line):
    """Whether this post corrects a line or strikes it out."""
    refusal = may_write(acting, line.space)
    if refusal is None and line.struck:
        return Refusal(
            "struck",
            _("This line is struck out. Write a new one if it was right after all."),
            status=HTTPStatus.CONFLICT,
        )
    return refusal
