"""The public site. It shows what the other parts hold and keeps nothing itself."""

from django.conf import settings
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from zhongchuang.gap.search import search_rules
from zhongchuang.organisations.access import acting
from zhongchuang.organisations.forms import NOTICE_VERSION
from zhongchuang.page.listed import ask, ask_by_app
from zhongchuang.page.visitor import limited
from zhongchuang.portal.packs import FOLDER, rule_packs
from zhongchuang.portal.search import find
from zhongchuang.privacy.terms import told

LONGEST_QUERY = 200


def packs_for(request):
    language = "en" if request.display.language == "en" else "zh"
    activated = {id_: pack.raw for id_, pack in ask("activated") if pack}
    return rule_packs(
        on=timezone.localdate(),
        language=language,
        folders=(FOLDER, *settings.PACK_FOLDERS),
        more=activated,
    )


def all_links():
    """Each page that the menus lead to, once."""
    return list(dict(settings.MAIN_LINKS + settings.FOOT_LINKS).items())


@require_safe
def home(request):
    return render(
        request, "portal/home.html", {"packs": packs_for(request), "tasks": settings.TASK_LINKS}
    )


@require_safe
@limited
def search(request):
    query = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    found = find(query, packs=packs_for(request), pages=all_links())
    hits = [hit for hit in search_rules(query) if hit.kind != "pack"]
    found["groups"] = own_matters(request, query)
    return render(request, "portal/search.html", {"query": query, "hits": hits} | found)


def own_matters(request, query):
    """What the apps find among the things that the reader may see, by app."""
    if not query or not request.user.is_authenticated:
        return []
    return ask_by_app("search", acting(request), query)


@require_safe
@limited
def packs(request):
    return render(request, "portal/packs.html", {"packs": packs_for(request)})


@require_safe
def help_page(request):
    return render(request, "portal/help.html")


@require_safe
def accessibility(request):
    return render(request, "portal/accessibility.html")


@require_safe
def privacy(request):
    return render(request, "portal/privacy.html", {"version": NOTICE_VERSION} | told())


@require_safe
def sitemap(request):
    return render(request, "portal/sitemap.html", {"links": all_links()})
