"""What every page shows around its content."""

from django.conf import settings
from django.urls import reverse


def links(named, here):
    """Addresses with their labels; the one the reader is on, or below, is marked."""
    found = [(reverse(name), label) for name, label in named]
    return [
        {"url": url, "label": label, "here": here == url or (url != "/" and here.startswith(url))}
        for url, label in found
    ]


def shell(request):
    # Error pages are shown also where the request did not come as far as the session.
    signed_in = hasattr(request, "user") and request.user.is_authenticated
    main_links = (settings.WORK_LINKS if signed_in else []) + settings.MAIN_LINKS
    return {
        "platform": settings.SITE,
        "display": request.display,
        "help_page": settings.HELP_PAGE,
        "main_links": links(main_links, request.path),
        "head_parts": settings.HEAD_PARTS,
        "end_parts": settings.END_PARTS,
        "foot_links": links(settings.FOOT_LINKS, request.path),
        "back": request.get_full_path() if request.method == "GET" else request.path,
    }
