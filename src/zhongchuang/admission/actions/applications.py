"""An application is begun, confirmed by the code in a letter, decided on, taken back, and leads to a stay."""

import secrets
from datetime import timedelta
from http import HTTPStatus

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from zhongchuang.admission import attempts, jobs
from zhongchuang.admission.access import (
    CLOSED,
    TAKEN_BACK,
    may_call,
    may_decide,
    may_move_in,
    may_refuse,
    may_reveal,
    takes_applications,
)
from zhongchuang.admission.models import Application, Call
from zhongchuang.audit.actions import log
from zhongchuang.page.refusal import Refusal, Refused, conflict, require
from zhongchuang.records.actions import Stale, change
from zhongchuang.records.actions import write as write_letter
from zhongchuang.residents import actions as residents
from zhongchuang.residents.models import Founder
from zhongchuang.sealed.actions import reveal
from zhongchuang.spaces.models import Space

State = Application.State
VALID = timedelta(minutes=10)
TRIES, CODES = 5, 5
TOO_MANY = HTTPStatus.TOO_MANY_REQUESTS
STALE = Refusal(
    "stale", _("Someone else changed this after you opened the page. What you entered is kept below; compare it with what holds now."),
    status=HTTPStatus.CONFLICT,
)  # fmt: skip
FROM_HERE = Refusal("from_here", _("Many applications were begun from here within an hour. Try again in an hour; what you entered stands below."), status=TOO_MANY)  # fmt: skip
LETTERS = Refusal("letters", _("Many letters went to this address within an hour. Look into the folder for unwanted mail, or ask for another code in an hour."), status=TOO_MANY)  # fmt: skip
CODES_SENT = Refusal("codes", _("%(most)s codes were sent for this application. Begin a new one, and check the e-mail address."), {"most": CODES}, status=TOO_MANY)  # fmt: skip
TRIED = Refusal("tried", _("This code was tried %(most)s times and no longer works. Ask for another one."), {"most": TRIES}, status=TOO_MANY, field="code")  # fmt: skip
EXPIRED = Refusal("expired", _("This code is older than %(minutes)s minutes. Ask for another one."), {"minutes": VALID.seconds // 60}, field="code", status=HTTPStatus.CONFLICT)  # fmt: skip
WRONG = Refusal("wrong_code", _("This code does not match. Compare it with the newest letter."), field="code", status=HTTPStatus.OK)  # fmt: skip
RUNS = conflict("runs", _("An application of this name and e-mail address runs at this space already. Its private address stands in the letter about it."))  # fmt: skip


@transaction.atomic
def set_call(space, *, by, version, **given):
    """Say whether a space takes applications and on which conditions, from now on; what held before stays."""
    require(may_call(by, space))
    try:
        with transaction.atomic():
            call = Call.objects.create(space=space, number=version, set_by=by.user, **given)
    except IntegrityError as fault:
        raise Stale(STALE) from fault
    log(call, "call_set", by=by.who, new={"space": space.code} | given)
    return call


# --- applying -------------------------------------------------------------------------------------


def begin(space, *, key, ip, **given):
    """An application whose address is still to be confirmed: a code is on its way. The same form twice is the same one."""
    found = Application.objects.filter(request_key=key, space=space).first()
    if found:
        return found
    call = takes_applications(space)
    require(None if call else CLOSED)
    require(FROM_HERE if attempts.from_here(ip) else None)
    try:
        with transaction.atomic():
            fresh = Application.objects.create(space=space, call=call, request_key=key, **given)
            send_code(fresh)
    except IntegrityError:
        return Application.objects.get(request_key=key, space=space)
    return fresh


@transaction.atomic
def send_code(application):
    """Another code to the address; those before it no longer work."""
    require(CODES_SENT if application.codes >= CODES else None)
    require(LETTERS if attempts.letters_to(application.email) else None)
    code = f"{secrets.randbelow(10**6):06d}"
    begun = Application.objects.filter(pk=application.pk, state=State.BEGUN, codes__lt=CODES)
    sent = begun.update(
        code_digest=digest_of(application, code), code_sent=timezone.now(), code_tries=0,
        codes=F("codes") + 1,
    )  # fmt: skip
    if sent:
        jobs.write("code", application.email, url="", code=code, space=application.space)
    return application


def digest_of(application, code):
    return salted_hmac(
        "admission.code", f"{application.key} {code}", algorithm="sha256"
    ).hexdigest()


def confirm_address(application, *, code, by):
    """Hand the application in if the code is the one in the letter; wrong ones count, and sent twice it is handed in once."""
    with transaction.atomic():
        held = Application.objects.select_for_update().get(pk=application.pk)
        if held.state != State.BEGUN:
            return held
        refusal = doubt(held, code)
        if refusal is None:
            return hand_in(held, by=by)
    raise Refused(refusal)


def doubt(application, code):
    """Why a code is not taken; a wrong one is counted."""
    if application.code_tries >= TRIES:
        return TRIED
    if timezone.now() > application.code_sent + VALID:
        return EXPIRED
    if constant_time_compare(application.code_digest, digest_of(application, code)):
        return None
    type(application).objects.filter(pk=application.pk).update(code_tries=F("code_tries") + 1)
    return WRONG


@transaction.atomic
def hand_in(application, *, by):
    """The application gets its number and stands in the queue of the space."""
    space = Space.objects.select_for_update().get(pk=application.space_id)
    require(None if takes_applications(space) else CLOSED)
    now = timezone.now()
    year = timezone.localdate(now).year
    earlier = Application.objects.filter(space=space, number__startswith=f"{year}-").count()
    try:
        with transaction.atomic():
            handed = Application.objects.filter(pk=application.pk, state=State.BEGUN).update(
                state=State.WAITING, number=f"{year}-{earlier + 1:04d}", handed=now, code_digest=""
            )
    except IntegrityError as fault:
        raise Refused(RUNS) from fault
    application.refresh_from_db()
    if handed:
        jobs.write("handed_in", application.email, url=application.follow_url, it=application)
        log(application, "application_handed_in", by=by, new={"space": space.code, "kind": application.kind})  # fmt: skip
    return application


@transaction.atomic
def take_back(application, *, by, version):
    """The applicant takes it back; sent twice it is taken back once."""
    if application.state == State.WITHDRAWN:
        return application
    require(None if application.is_running else TAKEN_BACK)
    old = application.state
    change(application, version=version, state=State.WITHDRAWN)
    log(application, "application_taken_back", by=by, old=old, new=State.WITHDRAWN)
    return application


@transaction.atomic
def claim(application, *, by):
    """A person who signed in with the confirmed address takes the application to the account."""
    if application.claimed_by_id is None:
        Application.objects.filter(pk=application.pk, claimed_by=None).update(claimed_by=by.user)
        log(application, "application_claimed", by=by.who)
    return application


# --- deciding -------------------------------------------------------------------------------------


def decide(application, state, verb, *, by, version, words):
    """Move an application on; the applicant reads it at once. The first of two officers wins."""
    old = application.state
    change(
        application, version=version, state=state, words=words, decided=timezone.now(), decided_by=by.user
    )  # fmt: skip
    tell(application, verb)
    log(application, verb, by=by.who, old=old, new=state, given={"reason": words})
    return application


def tell(application, verb):
    """A letter in the platform where a person claimed it, else by mail."""
    if application.claimed_by_id is None:
        jobs.write(verb, application.email, url=application.follow_url, it=application)
        return
    write_letter(
        [application.claimed_by], key=f"{verb}-{application.key}-{application.version}",
        title=_("Your application to %(space)s: %(state)s"), text=_("%(words)s Open the application to read how it stands and what comes next."), url=application.follow_url,
        given={
            "space": application.space.name, "state": application.get_state_display(),
            "words": application.words,
        },
    )  # fmt: skip


@transaction.atomic
def invite_to_talk(application, *, by, version, words):
    """Ask the applicant to come and talk; `words` say where and when."""
    require(may_decide(by, application))
    return decide(application, State.INTERVIEW, "application_interview", by=by, version=version, words=words)  # fmt: skip


@transaction.atomic
def admit(application, *, by, version, words):
    """Admit; it moves in by `move_in`."""
    require(may_decide(by, application))
    return decide(application, State.ADMITTED, "application_admitted", by=by, version=version, words=words)  # fmt: skip


@transaction.atomic
def refuse(application, *, by, version, words):
    """Refuse with a reason that the applicant reads (HN-2, SH-1)."""
    require(may_refuse(by, application))
    return decide(application, State.REFUSED, "application_refused", by=by, version=version, words=words)  # fmt: skip


@transaction.atomic
def move_in(application, *, by, seen, **given):
    """Take the admitted one in as a resident; `seen` is the version of the application, `given` as of `take_in`."""
    require(may_move_in(by, application))
    stay = residents.take_in(application.space, by=by, **given)
    change(application, version=seen, state=State.MOVED_IN, stay=stay)
    person = Founder.objects.filter(
        resident=stay.resident, operator=by.organisation, name=application.contact, mobile=""
    ).first()
    if person and application.mobile:
        residents.revise_founder(
            person, by=by, version=person.version, mobile=application.mobile.plain()
        )
    log(application, "application_moved_in", by=by.who, new={"resident": stay.resident.code})
    return stay


def reveal_number(application, *, by, field, reason):
    """Open the telephone number; the log says who and why."""
    return reveal(application, field, by=by, reason=reason, may=may_reveal)
