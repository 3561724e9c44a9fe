"""Who may import, confirm and undo; every answer "no" says why."""

from datetime import timedelta
from http import HTTPStatus

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.imports.declaration import kind_of
from zhongchuang.imports.models import Import
from zhongchuang.imports.rules import limits
from zhongchuang.page.refusal import Refusal

State = Import.State


def may_import(acting, kind, scope):
    """Whether this post imports rows of a kind; the app that declares them decides."""
    if kind.scope and kind.scope(acting, scope) is None:
        return Refusal(
            "no_scope",
            _("There is nothing to import into at this address."),
            status=HTTPStatus.NOT_FOUND,
        )
    return kind.may(acting, scope)


def may_go_on(acting, imported):
    """Whether this post still works on an import: its columns, its choices, its confirmation."""
    if not imported.is_in_preparation:
        return Refusal(
            "not_open",
            _("Nothing is changed in this import any more: it was confirmed, or it has expired."),
            status=HTTPStatus.CONFLICT,
        )
    return may_import(acting, kind_of(imported.kind), imported.scope)


def may_confirm(acting, imported):
    """Whether this post has the rows recorded: when they were checked and nothing is wrong with them."""
    if imported.state not in {State.MAPPED, State.CHECKED}:
        return may_go_on(acting, imported) or Refusal(
            "not_checked",
            _("The rows were not checked yet. Assign the columns first."),
            status=HTTPStatus.CONFLICT,
        )
    found = imported.findings
    if found["errors_in_all"]:
        return Refusal(
            "errors",
            _("%(count)s problems stand in the way. Correct them in the file and send it in again."),
            {"count": found["errors_in_all"]}, status=HTTPStatus.CONFLICT,
        )  # fmt: skip
    if not any(found["counts"].get(fate) for fate in ("new", "changed", "waiting")):
        return Refusal(
            "nothing_new",
            _("Everything in the file is recorded already, or is left as it is. There is nothing to record."),
            status=HTTPStatus.CONFLICT,
        )  # fmt: skip
    return may_import(acting, kind_of(imported.kind), imported.scope)


def undo_until(imported):
    """The moment up to which an import may be undone."""
    return imported.finished + timedelta(hours=limits()["undo_hours"])


def may_undo(acting, imported):
    """Whether this post takes an import back: who may import, within the hours that are given."""
    if imported.state != State.DONE:
        return Refusal(
            "not_recorded",
            _("Only an import that was recorded can be undone."),
            status=HTTPStatus.CONFLICT,
        )
    if timezone.now() > undo_until(imported):
        return Refusal(
            "too_late",
            _("An import can be undone for %(hours)s hours. Change what is wrong one by one."),
            {"hours": limits()["undo_hours"]}, status=HTTPStatus.CONFLICT,
        )  # fmt: skip
    return may_import(acting, kind_of(imported.kind), imported.scope)
