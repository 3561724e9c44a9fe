"""Files of many subjects: sending one in, its pages, and its end."""

from math import ceil

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhongchuang.demo.hedong import hedong_source
from zhongchuang.gap import actions, address, entry, subjects, words
from zhongchuang.gap.choice import Choice
from zhongchuang.gap.sources import forget, source, stated_totals, upload_source
from zhongchuang.gap.views.answer import answered
from zhongchuang.gap.views.private import private
from zhongchuang.gap.views.start import form
from zhongchuang.page.errors import Problem, problem
from zhongchuang.page.visitor import address_of
from zhongchuang.tables.limits import MB, UPLOAD
from zhongchuang.tables.passing import problem_from_json
from zhongchuang.tables.problems import Unreadable


@require_POST
def send(request):
    """Keep a file and open its page; a file that cannot be read is told with all its problems."""
    visitor = address_of(request)
    wait = actions.wait_for_upload(visitor)
    if wait is not None:
        return too_many(request, ceil(wait.total_seconds() / 60))
    file = request.FILES.get("file")
    if file is None:
        return form(request, entry.Entered(), refused=[_("Choose a file first.")])
    if file.size > UPLOAD.size:
        return form(
            request,
            entry.Entered(),
            refused=[
                _("The file is larger than %(size)s MB. Split it into several files.")
                % {"size": UPLOAD.size // MB}
            ],
        )
    try:
        upload = actions.keep(file.read(), file.name, language="zh" if words.chinese() else "en")
    except Unreadable as unreadable:
        return form(request, entry.Entered(), refused=problems(unreadable), file=file.name)
    actions.count_accepted(visitor)
    return redirect(upload)


def problems(unreadable: Unreadable) -> list[str]:
    """All problems of a file in the reader's language."""
    found = [one.text(_) for one in unreadable.problems]
    more = unreadable.total - len(found)
    return found + (
        [
            ngettext("and %(count)s more problem", "and %(count)s more problems", more)
            % {"count": more}
        ]
        if more
        else []
    )


def too_many(request, minutes: int):
    """The page for a visitor who sends too much."""
    then = ngettext(
        "Try again in %(count)s minute.", "Try again in %(count)s minutes.", minutes
    ) % {"count": minutes}
    why = _(
        "From one network address %(most)s files are taken in ten minutes, and %(tries)s may be tried."
    ) % {"most": actions.MOST_ACCEPTED, "tries": actions.MOST_ATTEMPTS}
    response = problem(
        request, 429, problem=Problem(_("Too many files in a short time"), why, then)
    )
    response.headers["Retry-After"] = str(minutes * 60)
    return response


@require_safe
@private
def listed(request, kind, name):
    """All subjects of a file beside the sets."""
    one = source(kind, name)
    choice = Choice.read(request.GET, timezone.localdate())
    page = subjects.page(one, choice, request.GET.get("from", ""))
    warnings = (
        [problem_from_json(kept).text(_) for kept in one.upload.warnings] if one.upload else []
    )
    return render(
        request,
        "gap/subjects.html",
        {
            "source": one,
            "choice": choice,
            "page": page,
            "warnings": warnings,
            "totals": stated_totals(one),
            "published": hedong_source(),
            "query": urlencode(choice.pairs()),
            "all_query": urlencode(choice.everything().pairs()),
            "notes": [
                *address.wrong_day(choice),
                *address.not_taken(
                    request.GET,
                    lambda key, value: key == "from" or address.of_choice(key, value),
                ),
            ],
        },
    )


@require_safe
@private
def subject(request, kind, name, number):
    """One subject of a file."""
    one = source(kind, name)
    row = subjects.row_of(one, number)
    return answered(
        request, one.table, row, carried=[], name=subjects.name_of(one.table, row), source=one
    )


@require_http_methods(["GET", "HEAD", "POST"])
@private
def delete(request, token):
    """Ask once, then take the upload away."""
    one = upload_source(token)
    if request.method != "POST":
        return render(request, "gap/delete.html", {"source": one})
    actions.delete(one.upload)
    forget()
    return redirect(reverse("gap:deleted"))


@require_safe
def deleted(request):
    """The upload is gone."""
    return render(request, "gap/deleted.html")
