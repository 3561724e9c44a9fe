"""Who may hand in, take back and number; every answer "no" says why."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.models import Role
from zhongchuang.organisations.models.people import ADMINISTRATORS, APPLICANTS, OFFICIALS
from zhongchuang.page.refusal import Refusal
from zhongchuang.records.models import Content

NUMBERING = OFFICIALS - {Role.FINANCE}


def may_hand_in(acting):
    """Whether this post hands in files: administrators of the platform do not (S-04)."""
    if not acting.user.is_authenticated:
        return Refusal("not_signed_in", _("Sign in to hand in files."))
    if acting.role in ADMINISTRATORS:
        return Refusal("administrator", _("Administrators of the platform hand in no files."))
    return None


def may_open(evidence):
    """Whether the file is given out: not while it is being scanned, and not when something was found in it (S-12)."""
    scan, state = Content.Scan, evidence.content.scan
    if state == scan.WAITING:
        return Refusal(
            "scanning",
            _("This file is still being scanned. Try again in a minute."),
            status=HTTPStatus.CONFLICT,
        )
    if state == scan.QUARANTINED:
        return Refusal(
            "quarantined", _("The scanner found malware in this file, so it is not given out.")
        )
    return None


def may_withdraw(acting, evidence):
    """Whether this post takes a file back: of its own organisation, as long as it is not taken back."""
    own = acting.organisation and evidence.organisation_id == acting.organisation.pk
    alone = evidence.organisation_id is None and evidence.handed_in_by_id == acting.pk
    if not (alone or (own and acting.role in APPLICANTS | OFFICIALS)):
        return Refusal("not_yours", _("This file was handed in by another organisation."))
    if evidence.withdrawn:
        return Refusal(
            "withdrawn", _("This file was already taken back."), status=HTTPStatus.CONFLICT
        )
    return None


def may_number(acting):
    """Whether this post gives out document numbers: those who write the documents of a department or an alliance."""
    if acting.role not in NUMBERING or not acting.organisation:
        return Refusal("no_documents", _("Your post does not issue documents."))
    return None


def may_void(acting, number):
    """Whether this post makes a number void."""
    refusal = may_number(acting)
    if refusal is None and number.series.organisation_id != acting.organisation.pk:
        return Refusal("not_yours", _("This number belongs to another organisation."))
    if refusal is None and number.void:
        return Refusal("void", _("This number is already void."), status=HTTPStatus.CONFLICT)
    return refusal
