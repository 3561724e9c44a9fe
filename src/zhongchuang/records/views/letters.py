"""One's letters."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from zhongchuang.organisations.access import acting
from zhongchuang.page.display import same_site_path
from zhongchuang.page.paging import page_of
from zhongchuang.records import actions
from zhongchuang.records.models import Letter


@login_required
@require_safe
def letters(request):
    mine = Letter.objects.visible_to(acting(request))
    page = page_of(mine, request, by=("moment", "pk"), size=20)
    context = {"page": page, "unread": mine.unread().count()}
    return render(request, "records/letters.html", context)


@login_required
@require_POST
def read(request, pk):
    """Note that a letter was read, and go to what it is about."""
    mine = Letter.objects.visible_to(acting(request))
    letter = get_object_or_404(mine, pk=pk)
    actions.mark_read(mine.filter(pk=pk))
    return redirect(same_site_path(letter.url) if letter.url else "records:letters")


@login_required
@require_POST
def read_all(request):
    actions.mark_read(Letter.objects.visible_to(acting(request)))
    return redirect("records:letters")
