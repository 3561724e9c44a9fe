"""Pages that say what went wrong, why, and what to do next."""

import logging
import secrets
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
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
    405: Problem(
        _("This address cannot be opened like this"),
        _("It belongs to a button of a form, and was opened without it, or the other way round."),
        _("Go back to the page with the form, and use its button."),
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
    503: Problem(
        _("The site is being worked on"),
        _(
            "It is closed for a while, so that nothing is lost. What was sent or saved before is kept."
        ),
        _("Try again later."),
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
    context = {"problem": PROBLEMS[status], "status": status}
    if above := page_above(request):
        context["back"] = above
    return render(request, "page/problem.html", context | more, status=status)


NOT_NOW = Problem(
    _("This cannot be done now"), "", _("Look at how things stand, and go on from there.")
)


def refused(request, refusal):
    """The page that says why something may not be done, with the way to what it was about."""
    shown = NOT_NOW if refusal.status == HTTPStatus.CONFLICT else PROBLEMS[refusal.status]
    shown = Problem(shown.what, str(refusal), shown.next)
    return problem(request, refusal.status, problem=shown, about=shorter(request.path))


def shorter(path):
    """The nearest page whose address is the beginning of this one; empty where there is none."""
    while path := path.rstrip("/").rpartition("/")[0]:
        with suppress(Resolver404):
            resolve(f"{path}/")
            return f"{path}/"
    return ""


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
    try:
        return problem(request, 500, incident=incident)
    except DatabaseError:
        # Without its database the site knows nobody; the page is there all the same.
        request.user = AnonymousUser()
        return problem(request, 500, incident=incident)


# --- around all pages -----------------------------------------------------------------------------


def page_above(request):
    """The page above an address that is itself a key, and so is not repeated in a link; None elsewhere."""
    keyed = (name for start, name in settings.KEYED_PATHS.items() if request.path.startswith(start))
    name = next(keyed, None)
    return name and reverse(name)


def keyed_pages_are_private(get_response):
    """What stands under an address that is a key is not kept by caches, not indexed, not told to others: faults too."""

    def middleware(request):
        response = get_response(request)
        if page_above(request):
            response.headers["Cache-Control"] = "private, no-store"
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
            response.headers["Referrer-Policy"] = "same-origin"
        return response

    return middleware


def closed_for_work(get_response):
    """Answers 503 while the file `maintenance` lies in the data folder; its text, if any, says until when."""

    def middleware(request):
        if not settings.MAINTENANCE.exists():
            return get_response(request)
        until = settings.MAINTENANCE.read_text(encoding="utf-8").strip()[:300]
        shown = PROBLEMS[503]
        response = problem(
            request, 503, problem=Problem(shown.what, shown.why, until or shown.next)
        )
        response.headers["Retry-After"] = "300"
        response.headers["Cache-Control"] = "no-store"
        return response

    return middleware


def refusals_in_words(get_response):
    """Gives a page to the bare answer that a method is not allowed."""

    def middleware(request):
        response = get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or response.content:
            return response
        page = problem(request, 405)
        page.headers["Allow"] = response.headers["Allow"]
        return page

    return middleware


def addresses_are_text(get_response):
    """No page stands at an address with a NUL in it, for which PostgreSQL would refuse to look."""

    def middleware(request):
        return missing(request) if "\0" in request.path_info else get_response(request)

    return middleware
