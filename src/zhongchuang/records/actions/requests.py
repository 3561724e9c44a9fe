"""One request counts once, and a change is made on the row as its reader saw it."""

import uuid
from datetime import timedelta
from http import HTTPStatus

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.audit.models import Entry, named
from zhongchuang.page.refusal import Refusal, Refused
from zhongchuang.records.models import Receipt

KEPT = timedelta(days=7)
"""How long the answer to a request is kept; a day is promised."""


class Stale(Refused):
    """Someone else was first; the reader's own text is kept, and what happened is told."""


@transaction.atomic
def once(key, act, *, by, purpose):
    """The answer of `act`, which is carried out once for a key however often and at the same time it is asked.

    `key` comes with the form, `by` is the user, and `act` returns what JSON can hold, such as the address to go to.
    """
    mine = uuid.uuid4()
    asked = Receipt(key=key, owner=mine, user_id=by.pk, purpose=purpose)
    Receipt.objects.bulk_create([asked], ignore_conflicts=True)
    receipt = Receipt.objects.select_for_update().get(key=key)
    if (receipt.user_id, receipt.purpose) != (by.pk, purpose):
        raise Refused(
            Refusal(
                "other_request",
                _("This form was already sent for something else. Load the page again."),
                status=HTTPStatus.CONFLICT,
            )
        )
    if receipt.owner == mine:
        receipt.answer = act()
        receipt.save(update_fields=["answer"])
    return receipt.answer


def change(row, *, version, **values):
    """Write the values if the row is still as it was at `version`, else raise Stale; the row counts its change."""
    rows = type(row)._base_manager.filter(pk=row.pk)
    if not rows.filter(version=version).update(version=F("version") + 1, **values):
        raise Stale(last_change(row, version, rows.values_list("version", flat=True).first()))
    for name, value in values.items():
        setattr(row, name, value)
    row.version = version + 1
    return row


def last_change(row, version, current):
    """The refusal that tells who was first, and each change since `version`, by the audit chain."""
    entries = Entry.objects.about(row).order_by("-number")[: max((current or 0) - version, 1)]
    if not entries:
        return Refusal(
            "stale",
            _("This was changed after you opened the page. What you entered is kept below."),
            {"version": current, "changes": []},
            status=HTTPStatus.CONFLICT,
        )
    last = entries[0]
    told = {"who": last.name or last.organisation_name, "when": clock(last), "verb": last.verb}
    changes = [one for entry in reversed(entries) for one in changes_in(entry)]
    return Refusal(
        "stale",
        _(
            "%(who)s changed this at %(when)s, after you opened the page. What you entered is kept below."
        ),
        told | {"version": current, "changes": changes},
        status=HTTPStatus.CONFLICT,
    )


def changes_in(entry):
    """What an entry says of each field: who wrote it, when, from what to what."""
    old, new = (named(entry.values.get(part)) for part in ("old", "new"))
    who = {"who": entry.name or entry.organisation_name, "when": clock(entry)}
    return [who | {"name": name, "old": old.get(name), "new": value} for name, value in new.items()]


def clock(entry):
    return f"{timezone.localtime(entry.moment):%Y-%m-%d %H:%M}"


def forget_receipts():
    """Drop the answers that nobody will ask for any more; returns how many."""
    return Receipt.objects.filter(moment__lt=timezone.now() - KEPT).delete()[0]
