"""Figures of a year or a month: asked of residents, handed in by them, confirmed into the ledger or returned."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.admission import jobs
from zhongchuang.admission.access import DONE, OVER, may_cancel, may_confirm, may_renew
from zhongchuang.admission.models import Application, Figures
from zhongchuang.admission.models.applications import new_secret
from zhongchuang.audit.actions import log, log_all
from zhongchuang.ledgers.access import may_write
from zhongchuang.ledgers.actions import correct, write_down
from zhongchuang.page.refusal import Refused, conflict, require
from zhongchuang.records.actions import change
from zhongchuang.residents.models.month import YEAR, last_day

State = Figures.State
TWICE = conflict("twice", _("These figures were asked of one of them meanwhile. Load the page again."))  # fmt: skip
NOT_IN = conflict("not_in", _("Figures are given by who moved in. This application did not lead to a stay."))  # fmt: skip


@transaction.atomic
def ask(space, *, by, addresses, **when):
    """Ask residents for the figures of a year or a month, each by a letter with a private address: `addresses` are pairs of a resident and an e-mail."""
    require(may_write(by, space))
    rows = [
        Figures(space=space, resident=resident, email=email, asked_by=by.user, **time_of(**when))
        for resident, email in addresses
    ]  # fmt: skip
    try:
        with transaction.atomic():
            for row in rows:
                row.save()
    except IntegrityError as fault:
        raise Refused(TWICE) from fault
    for row in rows:
        jobs.write("figures_asked", row.email, url=row.give_url, it=row)
    log_all(
        [(row, "figures_asked", {"new": {"resident": row.resident.code} | when}) for row in rows],
        by=by.who,
    )  # fmt: skip
    return rows


def time_of(*, year, month=None):
    """Period and last day of a year, or of one of its months."""
    return {"period": "month" if month else "year", "day": last_day(year, month or YEAR)}


@transaction.atomic
def begin_own(application, *, by, **when):
    """The figures of a year or a month of who moved in, begun by the person who claimed the application."""
    stay = application.stay
    if application.state != Application.State.MOVED_IN or stay is None:
        raise Refused(NOT_IN)
    row, is_new = Figures.objects.standing().get_or_create(
        space=stay.space, resident=stay.resident, **time_of(**when),
        defaults={"email": application.email, "giver": by.user.name},
    )  # fmt: skip
    if not is_new and row.is_over and row.state in Figures.WRITTEN:
        with_fresh_address(row, version=row.version)
    if is_new:
        log(row, "figures_asked", by=by.who, new={"resident": row.resident.code} | when)
    return row


def with_fresh_address(figures, *, version):
    """Give figures another private address; the one before opens nothing any more."""
    change(figures, version=version, sent=timezone.now())
    figures.secret = new_secret()
    figures.save(update_fields=["secret", "secret_index"])


@transaction.atomic
def renew(figures, *, by, version):
    """Send a new private address; what was filled in stays."""
    require(may_renew(by, figures))
    with_fresh_address(figures, version=version)
    jobs.write("figures_asked", figures.email, url=figures.give_url, it=figures)
    log(figures, "figures_address_renewed", by=by.who)
    return figures


@transaction.atomic
def give(figures, *, by, version, giver, **given):
    """Hand the figures in: what is blank stays unknown. Sent twice, or once more before they are looked at, they count once."""
    require(None if figures.state in Figures.WRITTEN else DONE)
    require(OVER if figures.is_over else None)
    told = {name: None if value in (None, "") else str(value) for name, value in given.items()}
    if figures.state == State.HANDED and (figures.given, figures.giver) == (told, giver):
        return figures
    change(
        figures, version=version, state=State.HANDED, given=told, giver=giver, handed=timezone.now()
    )
    log(figures, "figures_handed_in", by=by, new=told)
    return figures


@transaction.atomic
def confirm(figures, *, by, version, **given):
    """Write the figures into the ledger, with the giver in the log; a line that stands there is corrected where something was given."""
    require(may_confirm(by, figures))
    table, whose = figures.table, {"resident": figures.resident, "day": figures.day}
    line = table.objects.standing().filter(space=figures.space, **whose).first()
    if line is None:
        line = write_down(table, figures.space, by=by, **whose, **given)
    else:
        known = {name: value for name, value in given.items() if value not in (None, "")}
        correct(line, by=by, version=line.version, **known)
    change(
        figures, version=version, state=State.CONFIRMED, decided=timezone.now(), decided_by=by.user,
        **{"month" if figures.monthly else "report": line},
    )  # fmt: skip
    log_all(
        [(one, "figures_confirmed", {"given": {"giver": figures.giver}}) for one in (line, figures)],
        by=by.who,
    )  # fmt: skip
    return line


@transaction.atomic
def return_(figures, *, by, version, words):
    """Return the figures with what is to be corrected; the letter leads back to the form as it was filled."""
    require(may_confirm(by, figures))
    change(
        figures, version=version, state=State.RETURNED, words=words, decided=timezone.now(), decided_by=by.user,
        sent=timezone.now(),
    )  # fmt: skip
    jobs.write("figures_returned", figures.email, url=figures.give_url, it=figures)
    log(figures, "figures_returned", by=by.who, given={"reason": words})
    return figures


@transaction.atomic
def cancel(figures, *, by, version):
    """Ask no longer: the private address closes."""
    require(may_cancel(by, figures))
    change(figures, version=version, state=State.CANCELLED)
    log(figures, "figures_cancelled", by=by.who)
    return figures
