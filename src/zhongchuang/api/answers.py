"""How every answer is given: in the reader's language, faults in one form, private, known again by its tag."""

import logging
import secrets
from functools import wraps
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFilesSent
from django.http import Http404, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.middleware.http import ConditionalGetMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request
from django.utils.translation import gettext_lazy as _
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from zhongchuang.api.identity import NOT_SIGNED_IN
from zhongchuang.page.display import Display
from zhongchuang.page.refusal import Refusal, Refused
from zhongchuang.spaces.models import TABLES

logger = logging.getLogger(__name__)

MISSING = Refusal("not_found", _("There is nothing at this address that you may see."), status=404)
UNREADABLE = Refusal(
    "unreadable", _("The request could not be read. Send JSON as declared."), status=400
)
TOO_LARGE = Refusal("too_large", _("The request is larger than is taken here."), status=413)
TOO_MANY = _("More than %(allowed)s requests in a minute. Go on in %(seconds)s seconds.")
NOT_THIS_WAY = Refusal("method", _("This address does not take that method."), status=405)
BROKEN = _("Something broke on our side. It was recorded as %(incident)s.")
WRONG = _("Something in the request is not as declared. `detail` names each field.")
KEY_USED = Refusal(
    "key_used",
    _("This Idempotency-Key was already used for another request. Send a new one."),
    status=HTTPStatus.CONFLICT,
)

SENTENCES = {
    "missing": _("This is needed."),
    "extra_forbidden": _("There is no such field."),
    "repeated": _("Send this once."),
    "cursor": _("This is no cursor of this list. Begin with the first page."),
    "literal_error": _("Allowed: %(expected)s."),
    "enum": _("Allowed: %(expected)s."),
    "union_tag_invalid": _("Allowed: %(expected_tags)s."),
    "union_tag_not_found": _("This is needed."),
    "string_type": _("A text is needed."),
    "string_too_long": _("At most %(max_length)s characters."),
    "string_too_short": _("At least %(min_length)s characters."),
    "string_pattern_mismatch": _("It must have the form %(pattern)s."),
    "int_type": _("A whole number is needed."),
    "int_parsing": _("A whole number is needed."),
    "int_from_float": _("A whole number is needed."),
    "greater_than_equal": _("At least %(ge)s."),
    "less_than_equal": _("At most %(le)s."),
    "uuid_parsing": _("A UUID is needed."),
    "value_error": _("A day from 1900 to 2199 is needed, such as 2026-11-25."),
}
OTHER = _("This is not taken here.")


def problem(code, message, status, detail=None, headers=None):
    told = {"code": code, "message": str(message)} | ({"detail": detail} if detail else {})
    return JsonResponse(
        told, status=status, headers=headers, json_dumps_params={"ensure_ascii": False}
    )


def told(refusal):
    """A refusal as the API answers it; a file that is not taken is a fault of what was sent."""
    status = refusal.status
    if status == HTTPStatus.BAD_REQUEST and refusal is not UNREADABLE:
        status = 413 if refusal.code == "too_large" else 422
    detail = {name: str(value) for name, value in refusal.params.items()}
    headers = {"WWW-Authenticate": "Bearer"} if status == HTTPStatus.UNAUTHORIZED else None
    return problem(refusal.code, str(refusal), status, detail, headers)


def sentence_for(fault):
    """What is wrong with a value, in the reader's language."""
    return str(SENTENCES.get(fault["type"], OTHER)) % fault.get("ctx", {})


def place_of(fault):
    """The path of a field as its sender writes it: without our names for the whole and for its kinds."""
    source, *path = fault["loc"]
    if source == "body":
        path = path[1:]
        path = path[1:] if path and path[0] in TABLES else path
    return ".".join(map(str, path)) or source


def invalid(fields):
    """The answer that names each field with what is wrong in it."""
    return problem("invalid", WRONG, 422, fields)


class Invalid(Exception):
    """What was sent has the declared shape, but not values that are taken: fields with their sentences."""

    def __init__(self, fields):
        super().__init__(fields)
        self.fields = fields


def faults_of(form):
    """The first sentence of each field of a form."""
    return {name or "__all__": str(sentences[0]) for name, sentences in form.errors.items()}


def broken(request, exc):
    incident = secrets.token_hex(4)
    logger.error("incident %s at %s", incident, request.resolver_match.route, exc_info=exc)
    return problem("broken", BROKEN % {"incident": incident}, 500, {"incident": incident})


def throttled(request, exc):
    seconds = int(exc.wait) + 1
    params = {"allowed": settings.API_RATE, "seconds": seconds}
    return told(Refusal("too_many", TOO_MANY, params, status=HTTPStatus.TOO_MANY_REQUESTS))


def handle_faults(api):
    """Every fault has its answer, in one form."""
    answers = {
        Exception: broken,
        Http404: lambda request, exc: told(MISSING),
        AuthenticationError: lambda request, exc: told(NOT_SIGNED_IN),
        Throttled: throttled,
        HttpError: lambda request, exc: told(UNREADABLE),
        SuspiciousOperation: lambda request, exc: told(UNREADABLE),
        MultiPartParserError: lambda request, exc: told(UNREADABLE),
        RequestDataTooBig: lambda request, exc: told(TOO_LARGE),
        TooManyFilesSent: lambda request, exc: told(TOO_LARGE),
        Refused: refused,
        Invalid: lambda request, exc: invalid(exc.fields),
        ValidationError: lambda request, exc: invalid(
            {place_of(fault): sentence_for(fault) for fault in exc.errors}
        ),
    }
    for kind, answer in answers.items():
        api.add_exception_handler(kind, answer)


def refused(request, exc):
    return told(KEY_USED if exc.refusal.code == "other_request" else exc.refusal)


# --- around every operation -----------------------------------------------------------------------


def only_what_is_declared(function):
    """Refuses parameters of the address that an operation does not know, or that come twice."""
    known = {
        name
        for model in function._ninja_operation.models  # noqa: SLF001 -- ninja has no other way to ask
        if model.__ninja_param_source__ == "query"
        for name in model.__ninja_flatten_map__
    }

    @wraps(function)
    def checked(request, **given):
        faults = [
            {"type": "extra_forbidden" if name not in known else "repeated", "loc": ("query", name)}
            for name, values in request.GET.lists()
            if name not in known or len(values) > 1
        ]
        if faults:
            raise ValidationError(faults)
        return function(request, **given)

    return checked


def answered(view):
    """Wraps the view of one address, whatever it answers.

    It is private unless the view says differently, and what a cookie opens is not kept at all (M-07).
    """

    def answer(request, *args, **kwargs):
        language = get_language_from_request(request)
        with translation.override(language):
            response = view(request, *args, **kwargs)
            if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
                allowed = response["Allow"]
                response = told(NOT_THIS_WAY)
                response["Allow"] = allowed
        response["Content-Language"] = Display(language).html_language
        patch_vary_headers(response, ["Accept-Language", "Authorization", "Cookie"])
        kept = "no-cache" if "Authorization" in request.headers else "no-store"
        response.headers.setdefault("Cache-Control", f"private, {kept}")
        return ConditionalGetMiddleware(lambda request: response)(request)

    # A cookie signs nothing here without the token of a form: see Session.
    answer.csrf_exempt = True
    return answer
