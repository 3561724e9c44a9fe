"""What is open to everybody: one public notice, objecting to it, and following an objection with its files under its private address."""

import uuid
from functools import partial
from http import HTTPStatus

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from zhongchuang.admission.forms import CodeForm
from zhongchuang.admission.views.public import filled
from zhongchuang.objections import actions
from zhongchuang.objections.access import not_added, not_taken
from zhongchuang.objections.actions.exhibits import too_many
from zhongchuang.objections.forms import FileForm, ObjectionForm
from zhongchuang.objections.models import Objection
from zhongchuang.objections.shown import condition_name, conditions, shown
from zhongchuang.organisations.forms import NOTICE_VERSION
from zhongchuang.organisations.signin import whoever
from zhongchuang.organisations.views import posted
from zhongchuang.page.errors import refused
from zhongchuang.page.refusal import Refused
from zhongchuang.page.visitor import limited
from zhongchuang.policy.procedure import FORWARD, REOPEN, UPHOLD
from zhongchuang.procedures.models import Case

ENDED_BY = (FORWARD["notice"], UPHOLD, REOPEN)


def noticed(name):
    """A case that stands, or stood, on public notice, by its number or key; otherwise 404."""
    try:
        named = Q(key=uuid.UUID(name))
    except ValueError:
        named = Q(number=name) & ~Q(number="")
    found = Case.objects.filter(named).select_related("rules", "space__region", "operator", "department")  # fmt: skip
    case = get_object_or_404(found)
    was = case.acts.filter(move__in=ENDED_BY).exists()
    if case.state == Case.Standing.WITHDRAWN or not (was or Case.objects.on_notice().filter(pk=case.pk).exists()):  # fmt: skip
        raise Http404
    return case


def taken_down(request):
    """The page of a notice that ended: nothing of the case, and the way to the register."""
    return render(request, "objections/ended.html", status=HTTPStatus.GONE)


@limited
@require_safe
def notice(request, name):
    """What is about to be granted, with its last day; after the end it is taken down."""
    case = noticed(name)
    if not_taken(case):
        return taken_down(request)
    return render(request, "objections/notice.html", shown(case))


@never_cache
@limited
def object_(request, name):
    """The form of an objection; without an account."""
    case = noticed(name)
    if not_taken(case) and request.method != "POST":
        return taken_down(request)
    form = ObjectionForm(posted(request), places=conditions(case))
    page = {"case": case, "space": case.space, "procedure": case.course}
    done, answer = filled(request, form, partial(begun, case, form, request), "objections/object.html", page)  # fmt: skip
    return answer or redirect(done.follow_url)


def begun(case, form, request):
    given = {n: v for n, v in form.cleaned_data.items() if n not in ("request_key", "agreed")}
    key, ip = form.cleaned_data["request_key"], whoever(request).ip
    return actions.begin(case, key=key, ip=ip, agreed=NOTICE_VERSION, **given)


def followed(token):
    found = Objection.objects.under(token).select_related(
        "case__space", "case__operator", "case__rules", "department"
    )
    return get_object_or_404(found)


@never_cache
def follow(request, token):
    """How an objection stands; before that, the code that confirms its address."""
    sent = posted(request)  # read in full here, so that the next line is the moment of receipt
    moment, it = timezone.now(), followed(token)
    page = page_of(it, token) | {"exhibits": it.exhibits.select_related("content")}
    if it.state != Objection.State.BEGUN:
        page |= {"place": condition_name(it.case, it.place)}
        again_ = request.method == "POST"
        return redirect(request.path) if again_ else render(request, "objections/follow.html", page)
    form = CodeForm(sent)
    done, answer = filled(
        request, form,
        lambda: actions.confirm_address(it, code=form.cleaned_data["code"].strip(), by=whoever(request), at=moment),
        "objections/code.html", page,
    )  # fmt: skip
    if done:
        messages.success(request, _("Your objection was received. Its number is %(number)s.") % {"number": done.number})  # fmt: skip
    return answer or redirect(request.path)


@never_cache
@require_POST
def again(request, token):
    """Send another code."""
    try:
        actions.send_code(followed(token))
        messages.success(request, _("Another code is on its way."))
    except Refused as fault:
        messages.warning(request, str(fault.refusal))
    return redirect("objections:follow", token)


def page_of(it, token):
    """What stands around all pages under a private address."""
    return {"it": it, "token": token, "case": it.case, "procedure": it.case.course, "may_add": not_added(it) is None, "begun": it.state == Objection.State.BEGUN}  # fmt: skip


@never_cache
def files(request, token):
    """The files of an objection: add one, see which were received."""
    it = followed(token)
    form = FileForm(posted(request), request.FILES or None)
    page = page_of(it, token) | {"exhibits": it.exhibits.select_related("content"), "full": too_many(it)}  # fmt: skip
    done, answer = filled(request, form, partial(added, it, form, request), "objections/files.html", page)  # fmt: skip
    if done:
        messages.success(request, _("The file was received: %(name)s") % {"name": done.name})
    return answer or redirect(request.path)


def added(it, form, request):
    """Add the file; a fault of it stands at its field."""
    who = whoever(request)
    try:
        return actions.add_file(it, form.cleaned_data["file"], by=who, ip=who.ip)
    except Refused as fault:
        if fault.refusal.status != HTTPStatus.BAD_REQUEST:
            raise
        form.add_error("file", str(fault))
        return None


@never_cache
@require_POST
def take_out(request, token, key):
    """Take a file out again before the objection is confirmed."""
    exhibit = get_object_or_404(followed(token).exhibits, key=key)
    try:
        actions.take_out(exhibit)
    except Refused as fault:
        return refused(request, fault.refusal)
    return redirect("objections:files", token)
