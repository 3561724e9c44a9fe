"""Pages under an address that is their key: not kept by caches, not indexed, not told to others."""

from functools import wraps

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from zhongchuang.gap.sources import Gone
from zhongchuang.page.errors import Problem, problem


def private(view):
    """The view with the headers of a private page, also where nothing is found."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        try:
            response = view(request, *args, **kwargs)
        except Gone:
            response = gone(request)
        except Http404:
            response = problem(request, 404, back=reverse("gap:start"))
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    return answer


@private
def nothing(request, rest):  # noqa: ARG001 -- Django passes both
    """What stands below the address of an upload and is no page; the key is not repeated in its links."""
    raise Http404


def gone(request):
    """The page for an address whose upload is no longer kept."""
    return problem(
        request,
        404,
        back=reverse("gap:start"),
        problem=Problem(
            _("This upload is no longer here"),
            _("It was deleted, its 30 days are over, or the address is mistyped."),
            _("Upload the file again; nothing of it was kept."),
        ),
    )
