"""Where daily work is written down: the buttons of every ledger, of each space that one writes for."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhongchuang.ledgers.access import written_by
from zhongchuang.ledgers.declaration import GROUPS
from zhongchuang.ledgers.declaration import ledgers as all_ledgers
from zhongchuang.organisations.access import acting

MOST = 50
"""An operator with more spaces finds the others in the register."""


@login_required
@require_safe
def daily(request):
    """One tap from here to the form; who runs one space sees its buttons alone."""
    spaces = written_by(acting(request)).order_by("name", "pk")[:MOST]
    sorted_ = sorted(all_ledgers().values(), key=lambda one: GROUPS.index(one.group))
    rows = [
        (space, [(one.button, url) for one in sorted_ if (url := one.new_url(space))])
        for space in spaces
    ]
    return render(request, "ledgers/daily.html", {"rows": rows})
