"""Answers to take away: PDF, workbook, and the decision with its grounds."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhongchuang.gap import address, entry, exports, matrix, report, subjects
from zhongchuang.gap.choice import Choice
from zhongchuang.gap.sources import source
from zhongchuang.gap.views.attachment import attachment
from zhongchuang.gap.views.private import private
from zhongchuang.page.errors import Problem, problem
from zhongchuang.policy.table import Table


@require_safe
@private
def by_link(request, kind):
    """The answer of the facts in the address."""
    entered = entry.read(request.GET)
    if entered.errors or entered.empty:
        raise Http404
    return answer_file(request, entered.table(_("Your space")), 0, kind)


@require_safe
@private
def of_subject(request, kind, name, number, form):
    """The answer of one subject of a file."""
    one = source(kind, name)
    return answer_file(request, one.table, subjects.row_of(one, number), form)


@require_safe
@private
def of_all(request, kind, name, form):
    """The answers of all subjects of a file."""
    one = source(kind, name)
    if form not in ("xlsx", "csv"):
        raise Http404
    choice = Choice.read(request.GET, timezone.localdate())
    if choice.wrong_day:
        return no_day(request, choice)
    return attachment(
        exports.of_all(one, choice, form), one.title.rpartition(".")[0] or one.title, form
    )


def answer_file(request, table: Table, row: int, form: str) -> HttpResponse:
    """One subject's answer in a form."""
    choice = Choice.read(request.GET, timezone.localdate())
    if choice.wrong_day:
        return no_day(request, choice)
    name = subjects.name_of(table, row)
    if form == "json":
        return attachment(
            exports.decision(table, row, choice).encode(), f"{name} {choice.one}", form
        )
    every, facts = matrix.answers(table, row, choice), table.facts(row)
    if form == "pdf":
        return attachment(report.pdf(facts, every, choice, name), name, form)
    if form in ("xlsx", "csv"):
        return attachment(exports.of_subject(name, facts, every, choice, form), name, form)
    raise Http404


def no_day(request, choice: Choice) -> HttpResponse:
    """A file cannot say above itself that its day is another than the one asked for: it is refused."""
    return problem(
        request,
        400,
        problem=Problem(
            _("This file was not made"),
            _("“%(found)s” is not a day. A day is written as %(example)s.")
            % {"found": address.short(choice.wrong_day), "example": "2016-03-01"},
            _("Correct the day in the address, or open the answer and choose a day there."),
        ),
    )
