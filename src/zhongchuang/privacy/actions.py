"""The verbs of people's rights in their own data: ask, answer, delete, agree to a notice."""

from functools import partial

from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_q.models import Task

from zhongchuang.audit.actions import log
from zhongchuang.audit.models import Subject
from zhongchuang.organisations import jobs
from zhongchuang.organisations.actions import Erased, erase
from zhongchuang.organisations.models import Invitation, Role, User
from zhongchuang.organisations.personal import all_personal
from zhongchuang.organisations.touched import everyone_touched
from zhongchuang.page.refusal import Refused, require
from zhongchuang.privacy.access import (
    ANSWERED,
    NOBODY,
    OPEN_ALREADY,
    department_for,
    may_answer,
    may_erase,
)
from zhongchuang.privacy.models import DataRequest
from zhongchuang.privacy.terms import answer_due, kept
from zhongchuang.records.actions import consequences, once, write

State = DataRequest.State
NOBODY_ADDRESS = "nobody@erased.invalid"
ANSWERED_TITLE = _("Your request about your data was answered")


@transaction.atomic
def ask(user, *, by, kind, text, request_key):
    """A person asks about their own data; the department has 15 working days, and is told at once."""
    key = once(
        request_key, partial(made, user, by=by, kind=kind, text=text), by=by, purpose="data_request"
    )
    return DataRequest.objects.get(pk=key)


def made(user, *, by, kind, text):
    department = department_for(user)
    require(None if department else NOBODY)
    try:
        with transaction.atomic():
            request = DataRequest.objects.create(
                user=user, department=department, kind=kind, text=text,
                due=answer_due(timezone.localdate()),
            )  # fmt: skip
    except IntegrityError:
        raise Refused(OPEN_ALREADY) from None
    keepers = User.objects.filter(pk__in=keepers_of(department))
    write(
        list(keepers), key=f"data_request:{request.pk}", url=request.get_absolute_url(),
        title=_("A person asks about their data"),
        text=_("%(name)s asked for something about their own data. The answer is due by %(due)s."),
        given={"name": user.name, "due": request.due},
    )  # fmt: skip
    log(request, "data_asked_for", by=by.who, given={"kind": kind, "due": request.due})
    return request.pk


def keepers_of(department):
    return department.posts.current().filter(role=Role.SYSTEM_ADMIN).values("user")


@transaction.atomic
def answer(request, *, by, done, text):
    """Answer a request by a letter; a request to be deleted that is done deletes the account."""
    request = DataRequest.objects.select_related("user", "department").get(pk=request.pk)
    require(may_answer(by, request))
    state = State.DONE if done else State.REFUSED
    erases = done and request.kind == DataRequest.Kind.DELETE
    require(may_erase(request.user) if erases else None)
    moved = DataRequest.objects.open().filter(pk=request.pk)
    given = {"state": state, "answer": text, "answered_by": by.user, "answered": timezone.now()}
    if not moved.update(**given):
        raise Refused(ANSWERED)
    if erases:
        jobs.post(
            str(ANSWERED_TITLE), text + "\n", request.user.email
        )  # before the address is gone
        erase(request.user, by=by)
        consequences(Erased(request.user))
    else:
        write(
            [request.user], key=f"data_request:{request.pk}:answered", title=ANSWERED_TITLE,
            text=text, url=request.get_absolute_url(),
        )  # fmt: skip
    log(request, "data_answered", by=by.who, new=state, given={"late": request.is_late})
    request.refresh_from_db()
    return request


@transaction.atomic
def agree(user, *, version, by):
    """Note that a person agreed to a version of the privacy notice, and when."""
    old = User.objects.values_list("notice", flat=True).get(pk=user.pk)
    User.objects.filter(pk=user.pk).update(notice=version, notice_agreed=timezone.now())
    log(user, "notice_agreed", by=by.who, old=old, new=version)
    return user


@transaction.atomic
def export(user, *, by):
    """All that is held about a person, for themselves; that it was taken is recorded."""
    holdings = all_personal(user)
    log(user, "data_exported", by=by.who, given={one.name: len(one.rows) for one in holdings})
    return holdings


@transaction.atomic
def clear_away(now):
    """Delete or empty what is no longer needed (terms.toml); how many of each."""
    invitations = Invitation.objects.filter(accepted=None, expires__lt=now - kept("invitations"))
    requests = DataRequest.objects.exclude(state=State.OPEN).exclude(text="", answer="")
    cleared = {
        "invitations": invitations.exclude(name="").update(name="", email=NOBODY_ADDRESS),
        "requests": requests.filter(answered__lt=now - kept("requests")).update(text="", answer=""),
        "jobs": Task.objects.filter(stopped__lt=now - kept("jobs")).delete()[0],
        "sessions": Session.objects.filter(expire_date__lt=now).delete()[0],
    }
    if any(cleared.values()):
        log(Subject("privacy.terms", label="terms"), "data_cleared", by=None, new=cleared)
    return cleared


@transaction.atomic
def list_touched(incident, *, reason):
    """Whom an incident touches (PIPL art. 57); that the list was made, and why, is recorded."""
    found = everyone_touched(incident)
    given = {
        "organisations": sorted(incident.organisations), "evidence": sorted(incident.evidence),
        "users": sorted(incident.users), "reason": reason,
    }  # fmt: skip
    log(
        Subject("privacy.incident", label="incident"),
        "breach_listed",
        by=None,
        given=given,
        new=len(found),
    )
    return found
