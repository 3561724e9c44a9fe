"""Pages that say what went wrong, why, and what to do next."""

import logging
import secrets
from dataclasses import dataclass

from django.core.exceptions import RequestDataTooBig
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Problem:
    what: str | Promise
    why: str | Promise
    next: str | Promise


PROBLEMS = {
    400: Problem(
        _("This request could not be read"),
        _("The address or the form contains something that this page does not take."),
        _("Go back, check what you entered, and send it again."),
    ),
    403: Problem(
        _("This page is not open to you"),
        _("It belongs to another organisation, or to another role than yours."),
        _("Go to the start page, or ask the person who sent you here."),
    ),
    404: Problem(
        _("There is no page at this address"),
        _("The address may be mistyped, or what stood here was deleted or has expired."),
        _("Check the address, or go to the start page and search."),
    ),
    409: Problem(
        _("Someone else was here first"),
        _("What you wanted to change was changed after you opened the page."),
        _("Open the page again, compare, and repeat your change if it is still needed."),
    ),
    413: Problem(
        _("What you sent is too large"),
        _("The file or the form is larger than this page takes."),
        _("Send a smaller file, or split it into several."),
    ),
    429: Problem(
        _("Too many requests in a short time"),
        _("More requests came from your network than this page can answer."),
        _("Wait a minute, then try again."),
    ),
    500: Problem(
        _("Something broke on our side"),
        _("You did nothing wrong. What happened was recorded under the number below."),
        _("Try again in a few minutes. If it breaks again, tell us the number."),
    ),
}
FORM_EXPIRED = Problem(
    _("This form could not be accepted"),
    _(
        "It was open for too long, or your browser refuses cookies, which keep others from sending forms in your name."
    ),
    _("Go back, load the page again, and send the form once more."),
)


def problem(request, status, **more):
    """The page for a status of PROBLEMS; `more` goes to the template (`incident`, `problem`)."""
    context = {"problem": PROBLEMS[status], "status": status} | more
    return render(request, "page/problem.html", context, status=status)


def refused(request, refusal):
    """The page that says why something may not be done."""
    shown = PROBLEMS[refusal.status]
    shown = Problem(shown.what, str(refusal), shown.next)
    return problem(request, refusal.status, problem=shown)


def too_many(request):
    return problem(request, 429)


def unreadable(request, exception=None):
    return problem(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def forbidden(request, exception=None):  # noqa: ARG001 -- Django passes the exception
    return problem(request, 403)


def form_expired(request, reason=""):  # noqa: ARG001 -- the reason is for developers
    return problem(request, 403, problem=FORM_EXPIRED)


def missing(request, exception=None):  # noqa: ARG001 -- Django passes the exception
    return problem(request, 404)


def broken(request):
    """Answer with an incident number that also stands in the log, beside the traceback."""
    incident = secrets.token_hex(4)
    route = request.resolver_match.route if request.resolver_match else "no route"
    logger.exception(  # noqa: LOG004 -- Django calls this while it handles the exception
        "incident %s at %s", incident, route
    )
    return problem(request, 500, incident=incident)
