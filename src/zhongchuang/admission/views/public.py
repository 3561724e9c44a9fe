"""What is open to everybody: applying, and following an application under its private address or with an account."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from zhongchuang.admission import actions
from zhongchuang.admission.access import takes_applications
from zhongchuang.admission.forms import (
    ApplicationForm,
    CodeForm,
    PeriodForm,
    RegionForm,
    VersionForm,
)
from zhongchuang.admission.models import Application, Call
from zhongchuang.organisations.access import acting
from zhongchuang.organisations.forms import NOTICE_VERSION
from zhongchuang.organisations.models import Region
from zhongchuang.organisations.signin import whoever
from zhongchuang.organisations.views import posted
from zhongchuang.page.errors import refused
from zhongchuang.page.paging import page_of
from zhongchuang.page.refusal import Refused, attempt
from zhongchuang.page.visitor import limited
from zhongchuang.spaces.models import Space


def who_asks(request):
    """The person where one is signed in, else the network address alone."""
    return acting(request).who if request.user.is_authenticated else whoever(request)


def filled(request, form, act, template, page):
    """What `act` made and no page where the form was carried out, else nothing and its page."""
    if request.method == "POST" and form.is_valid() and (done := attempt(form, act)):
        return done, None
    status = form.refused.status if getattr(form, "refused", None) else 200
    return None, render(request, template, page | {"form": form}, status=status)


@require_safe
@limited
def calls(request):
    """The spaces that take applications now, the latest call first, of all regions or of one."""
    found = Call.objects.open_now()
    form = RegionForm(request.GET or None, regions=regions_of(found))
    path = form.cleaned_data["region"] if form.is_valid() else ""
    rows = found.filter(space__path__startswith=path).select_related("space__region", "space__operator")  # fmt: skip
    page = {"form": form, "page": page_of(rows, request, by=("since", "pk")), "narrowed": path}
    return render(request, "admission/calls.html", page)


def regions_of(calls):
    """Path and full name of each region in which a space takes applications."""
    rows = Region.objects.filter(spaces__in=calls.values("space")).distinct().order_by("path")
    return list(rows.values_list("path", "full_name"))


@never_cache
@limited
def apply(request, code):
    """The conditions of a space and the form; without an account."""
    called = Space.objects.filter(state=Space.State.CONFIRMED, calls__isnull=False).distinct()
    space = get_object_or_404(called.select_related("operator", "region"), code=code)
    call, user = Call.objects.current(space), request.user
    page = {"space": space, "call": call, "is_open": takes_applications(space) is not None}
    page["address"] = space.particulars_rows.filter(valid_until=None).values_list("address", flat=True).first()  # fmt: skip
    known = {"email": user.email, "contact": user.name} if user.is_authenticated else {}
    form = ApplicationForm(posted(request), question=call.question, initial=known)
    act = partial(begun, space, form, request)
    done, answer = filled(request, form, act, "admission/apply.html", page)
    return answer or redirect(done.follow_url)


def begun(space, form, request):
    given = {n: v for n, v in form.cleaned_data.items() if n not in ("request_key", "agreed")}
    key, ip = form.cleaned_data["request_key"], whoever(request).ip
    return actions.begin(space, key=key, ip=ip, notice=NOTICE_VERSION, **given)


def followed(token):
    found = Application.objects.under(token).select_related("space__operator", "call", "stay")
    return get_object_or_404(found)


@never_cache
def follow(request, token):
    """How an application stands; before that, the code that confirms its address."""
    it = followed(token)
    if it.state != Application.State.BEGUN:
        page = {"it": it, "token": token}
        again = request.method == "POST"
        return redirect(request.path) if again else render(request, "admission/follow.html", page)
    form = CodeForm(posted(request))
    done, answer = filled(
        request, form, lambda: actions.confirm_address(it, code=form.cleaned_data["code"].strip(), by=who_asks(request)),
        "admission/code.html", {"it": it, "token": token},
    )  # fmt: skip
    if done:
        messages.success(request, _("Your application was handed in. Its number is %(number)s.") % {"number": done.number})  # fmt: skip
    return answer or redirect(request.path)


@never_cache
@require_POST
def again(request, token):
    """Send another code."""
    it = followed(token)
    try:
        actions.send_code(it)
        messages.success(request, _("Another code is on its way."))
    except Refused as fault:
        messages.warning(request, str(fault.refusal))
    return redirect("admission:follow", token)


@never_cache
def take_back(request, token):
    """The applicant takes the application back."""
    it = followed(token)
    form = VersionForm(posted(request), initial={"version": it.version})
    done, answer = filled(
        request, form, lambda: actions.take_back(it, by=who_asks(request), **form.cleaned_data),
        "admission/take_back.html", {"it": it, "token": token},
    )  # fmt: skip
    if done:
        messages.success(request, _("The application was taken back."))
    return answer or redirect("admission:follow", token)


# --- with an account ------------------------------------------------------------------------------


def own(request):
    """The applications whose confirmed e-mail address is one that this person confirmed as well."""
    confirmed = request.user.emailaddress_set.filter(verified=True).values_list("email", flat=True)
    found = Application.objects.of([one.lower() for one in confirmed])
    return found.select_related("space", "stay__resident").order_by("-handed", "-pk")


@login_required
@require_safe
def mine(request):
    """One's own applications, to take to the account and to follow; figures of who moved in."""
    return render(
        request, "admission/mine.html", {"rows": own(request)[:100], "form": PeriodForm()}
    )


@login_required
@require_POST
def claim(request, key):
    """Take an application to the account."""
    actions.claim(get_object_or_404(own(request), key=key), by=acting(request))
    messages.success(request, _("The application belongs to your account now; letters about it stand in the platform as well."))  # fmt: skip
    return redirect("admission:mine")


@login_required
@require_POST
def begin_own(request, key):
    """Begin to give the figures of a year or a month of what one has claimed."""
    it = get_object_or_404(own(request).filter(claimed_by=request.user), key=key)
    form = PeriodForm(request.POST)
    if not form.is_valid():
        return redirect("admission:mine")
    try:
        row = actions.begin_own(it, by=acting(request), **form.cleaned_data["period"])
    except Refused as fault:
        return refused(request, fault.refusal)
    return redirect(row.give_url)
