"""Who may hand in, take back and number; every answer "no" says why."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from zhongchuang.organisations.access import second_person
from zhongchuang.organisations.models import Role
from zhongchuang.organisations.models.people import ADMINISTRATORS, APPLICANTS, OFFICIALS
from zhongchuang.page.refusal import Refusal
from zhongchuang.records.models import Content, Release

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


def may_publish(evidence):
    """Whether a file may go to the public (M-09): no personal number was found in it, or two people released it.

    Every app asks this before it shows or exports a file to the public; an override is a release, nothing else.
    """
    look, state = Content.Look, evidence.content.look
    refusal = WITHDRAWN if evidence.withdrawn else may_open(evidence)
    if refusal or state == look.CLEAN or Release.objects.given(evidence).exists():
        return refusal
    if state == look.WAITING:
        return NOT_LOOKED_THROUGH
    return Refusal(f"personal_{state}", UNPUBLISHED[state], status=HTTPStatus.CONFLICT)


def may_ask_release(acting, evidence):
    """Whether this post asks for a file to be released although it may hold personal data."""
    if acting.role not in NUMBERING:
        return Refusal(
            "not_a_department", _("A department releases files to the public, not their owner.")
        )
    if evidence.content.look in {Content.Look.WAITING, Content.Look.CLEAN}:
        return NOTHING_TO_RELEASE
    if Release.objects.open(evidence).exists() or Release.objects.given(evidence).exists():
        return ASKED
    return may_open(evidence)


def may_decide_release(acting, release):
    """Whether this post confirms or refuses a release: a reviewer or approver who did not ask for it."""
    if acting.role not in {Role.REVIEWER, Role.APPROVER}:
        return Refusal("not_a_reviewer", _("A reviewer or an approver decides on a release."))
    if release.decided:
        return Refusal(
            "decided", _("This release has already been decided."), status=HTTPStatus.CONFLICT
        )
    return second_person(acting, earlier=[release.asked_by_id, release.evidence.handed_in_by_id])


WITHDRAWN = Refusal("withdrawn", _("This file was already taken back."), status=HTTPStatus.CONFLICT)
NOT_LOOKED_THROUGH = Refusal(
    "not_looked_through",
    _("This file is still being looked through for personal numbers. Try again in a minute."),
    status=HTTPStatus.CONFLICT,
)
NOTHING_TO_RELEASE = Refusal(
    "nothing_to_release",
    _("No personal number was found in this file, or it is still being looked through; it needs no release."),
    status=HTTPStatus.CONFLICT,
)  # fmt: skip
ASKED = Refusal(
    "asked", _("The release of this file was already asked for."), status=HTTPStatus.CONFLICT
)
UNPUBLISHED = {
    Content.Look.FOUND: _("This file holds personal numbers. Hand in a copy without them; or a clerk asks for its release, and a second person confirms it."),
    Content.Look.PICTURES: _("This file holds pages that are pictures, which nobody looked at for personal data. A clerk looks at them and asks for its release, and a second person confirms it."),
    Content.Look.UNREADABLE: _("This file could not be looked through for personal numbers. A clerk looks at it and asks for its release, and a second person confirms it."),
}  # fmt: skip


def may_withdraw(acting, evidence):
    """Whether this post takes a file back: of its own organisation, as long as it is not taken back."""
    own = acting.organisation and evidence.organisation_id == acting.organisation.pk
    alone = evidence.organisation_id is None and evidence.handed_in_by_id == acting.pk
    if not (alone or (own and acting.role in APPLICANTS | OFFICIALS)):
        return Refusal("not_yours", _("This file was handed in by another organisation."))
    if evidence.withdrawn:
        return WITHDRAWN
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
