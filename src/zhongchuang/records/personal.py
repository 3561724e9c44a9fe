"""What this app holds about a person."""

import json

from django.utils.translation import gettext as _

from zhongchuang.organisations.personal import Holding
from zhongchuang.records.models import DocumentNumber, Draft, Evidence, Letter, Receipt, Release


def personal(user):
    """Letters, files handed in, document numbers taken, releases, drafts, and forms sent lately."""
    return [
        letters(user), files(user), numbers(user), releases(user), drafts(user), forms(user),
    ]  # fmt: skip


def letters(user):
    columns = {"moment": _("When"), "title": _("Title"), "text": _("Text"), "read": _("Read on")}
    rows = list(Letter.objects.filter(recipient=user).order_by("-moment").values(*columns))
    return Holding("letters", _("Letters"), columns, rows)


def files(user):
    columns = {
        "moment": _("When"), "name": _("Name"), "organisation": _("Organisation"), "sha256": "SHA-256",
    }  # fmt: skip
    found = Evidence.objects.filter(handed_in_by=user).select_related("organisation")
    rows = [
        {"moment": one.moment, "name": one.name, "sha256": one.content_id,
         "organisation": one.organisation and one.organisation.name}
        for one in found
    ]  # fmt: skip
    return Holding("files", _("Files handed in"), columns, rows)


def numbers(user):
    columns = {"taken": _("When"), "number": _("Number"), "title": _("Title")}
    found = DocumentNumber.objects.filter(taken_by=user).select_related("series")
    rows = [{"taken": one.taken, "number": str(one), "title": one.title} for one in found]
    return Holding("numbers", _("Document numbers"), columns, rows)


def releases(user):
    columns = {"file": _("File"), "part": _("Part taken"), "when": _("When"), "reason": _("Reason")}
    asked = Release.objects.filter(asked_by=user).select_related("evidence")
    decided = Release.objects.filter(decided_by=user).select_related("evidence")
    rows = [
        {"file": one.evidence.name, "part": _("asked"), "when": one.asked, "reason": one.reason}
        for one in asked
    ]
    rows += [
        {
            "file": one.evidence.name,
            "part": _("decided"),
            "when": one.decided,
            "reason": one.refusal,
        }
        for one in decided
    ]
    return Holding("releases", _("Releases of files"), columns, rows)


def drafts(user):
    columns = {"saved": _("Saved"), "title": _("Title"), "fields": _("Entries")}
    rows = [
        {
            "saved": one.saved,
            "title": one.title,
            "fields": json.dumps(one.fields, ensure_ascii=False),
        }
        for one in Draft.objects.filter(user=user)
    ]
    return Holding("drafts", _("Drafts"), columns, rows)


def forms(user):
    columns = {"moment": _("When"), "purpose": _("Purpose")}
    rows = list(Receipt.objects.filter(user=user).order_by("-moment").values(*columns))
    note = _("Kept for seven days, so that a form sent twice counts once.")
    return Holding("forms", _("Forms sent"), columns, rows, note)
