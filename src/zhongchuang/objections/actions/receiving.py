"""An objection is begun by anyone, counts once the code from the letter was entered, and holds the notice."""

import secrets

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhongchuang.admission.actions.applications import CODES, LETTERS, TOO_MANY, digest_of, doubt
from zhongchuang.audit.actions import log
from zhongchuang.objections import attempts, jobs
from zhongchuang.objections.access import NOTICE_ENDED, not_taken
from zhongchuang.objections.actions.exhibits import told_of
from zhongchuang.objections.actions.holding import hold
from zhongchuang.objections.models import Objection
from zhongchuang.page.refusal import Refusal, Refused, require
from zhongchuang.procedures.models import Case

State = Objection.State
FROM_HERE = Refusal("from_here", _("Many objections were begun from here within an hour. Try again in an hour, or write to the department by the last day; what you entered stands below."), status=TOO_MANY)  # fmt: skip
CODES_SENT = Refusal("codes", _("%(most)s codes were sent for this objection. Begin a new one, and check the e-mail address."), {"most": CODES}, status=TOO_MANY)  # fmt: skip


def held_case(pk):
    """The case as it stands, held until the commit, so that neither the nightly job nor another objection moves it meanwhile."""
    Case.objects.select_for_update().get(pk=pk)
    return Case.objects.select_related("rules", "space", "operator", "department").get(pk=pk)


def begin(case, *, key, ip, **given):
    """An objection whose address is still to be confirmed: a code is on its way. The same form twice is the same one."""
    found = Objection.objects.filter(request_key=key, case=case).first()
    if found:
        return found
    require(not_taken(case))
    require(FROM_HERE if attempts.from_here(ip) else None)
    try:
        with transaction.atomic():
            fresh = Objection.objects.create(
                case=case, notice=case.arrived, department=case.department, request_key=key, **given
            )
            send_code(fresh)
    except IntegrityError:
        return Objection.objects.get(request_key=key, case=case)
    return fresh


@transaction.atomic
def send_code(objection):
    """Another code to the address; those before it no longer work."""
    address = objection.email.plain()
    require(CODES_SENT if objection.codes >= CODES else None)
    require(LETTERS if attempts.letters_to(address) else None)
    code = f"{secrets.randbelow(10**6):06d}"
    begun = Objection.objects.filter(pk=objection.pk, state=State.BEGUN, codes__lt=CODES)
    if begun.update(code_digest=digest_of(objection, code), code_sent=timezone.now(), code_tries=0, codes=F("codes") + 1):  # fmt: skip
        jobs.write("code", address, url="", code=code, case=objection.case)
    return objection


def confirm_address(objection, *, code, by, at):
    """Take the objection if the code is the one in the letter; wrong ones count, and sent twice it is taken once.

    `at` is when the server had received the code. If the notice ended meanwhile, the objection is refused; if the
    objection is first, the notice is held.
    """
    with transaction.atomic():
        case = held_case(objection.case_id)
        found = Objection.objects.select_for_update().get(pk=objection.pk)
        found.case = case
        if found.state != State.BEGUN:
            return found
        refusal = doubt(found, code)
        if refusal is None:
            return receive(found, case, by=by, at=at)
    raise Refused(refusal)


def receive(objection, case, *, by, at):
    """The objection gets its number, and the case waits for the answer."""
    require(NOTICE_ENDED if case.arrived != objection.notice else not_taken(case, timezone.localdate(at)))  # fmt: skip
    number = f"Y{timezone.localdate(at).year}-{objection.pk:07d}"
    new = {"state": State.RECEIVED, "number": number, "received": at, "code_digest": ""}
    Objection.objects.filter(pk=objection.pk).update(**new, version=F("version") + 1)
    objection.refresh_from_db(fields=[*new, "version"])
    hold(case, by=by, at=at)
    jobs.write("received", objection.email.plain(), url=objection.follow_url, it=objection, case=case)  # fmt: skip
    log(objection, "objection_received", by=by, new={"number": number, "case": case.number, "kind": objection.kind, "place": objection.place, "files": told_of(objection.exhibits.all())})  # fmt: skip
    return objection
