"""How a reader wants pages shown: language, size of text, contrast. Kept in cookies, needs no script."""

from dataclasses import dataclass

from django.conf import settings
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

ALLOWED = {
    "language": ("zh-hans", "en"),
    "size": ("normal", "elder", "elder-plus"),
    "contrast": ("normal", "high"),
}
A_YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class Display:
    language: str
    size: str = "normal"
    contrast: str = "normal"

    @property
    def html_language(self) -> str:
        """The value of the lang attribute; browsers choose their Chinese font by it."""
        return "zh-CN" if self.language == "zh-hans" else self.language


def allowed(given) -> dict:
    """The choices in `given` that exist; anything else is left out."""
    return {name: given[name] for name, values in ALLOWED.items() if given.get(name) in values}


def same_site_path(target: str | None) -> str:
    """`target` if it is a path of this site, else the start page."""
    if target and target.startswith("/") and url_has_allowed_host_and_scheme(target, None):
        return target
    return "/"


def display_middleware(get_response):
    """Shows the page in the language of the reader's cookie, whatever the browser prefers."""

    def middleware(request):
        chosen = {"language": settings.LANGUAGE_CODE} | allowed(request.COOKIES)
        request.display = Display(**chosen)
        with translation.override(request.display.language):
            response = get_response(request)
        response.headers.setdefault("Content-Language", request.display.html_language)
        patch_vary_headers(response, ["Cookie"])
        return response

    return middleware


@require_safe
def display(request):
    """Show the choices, or keep those in the address and go back to where the reader was."""
    chosen = allowed(request.GET)
    if not chosen:
        return render(request, "page/display.html")
    response = redirect(same_site_path(request.GET.get("next")))
    for name, value in chosen.items():
        response.set_cookie(
            name,
            value,
            max_age=A_YEAR,
            secure=settings.DISPLAY_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    add_never_cache_headers(response)
    return response
