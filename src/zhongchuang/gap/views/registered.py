"""A space of the register against every set: its figures come from its records."""

from django.contrib.auth.decorators import login_required
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhongchuang.gap import registered
from zhongchuang.gap.choice import Choice
from zhongchuang.gap.registered import Registered
from zhongchuang.gap.views.answer import answered
from zhongchuang.gap.views.downloads import answer_file
from zhongchuang.gap.views.private import private
from zhongchuang.ledgers.access import may_write
from zhongchuang.organisations.access import acting
from zhongchuang.spaces.views.space import visible_space


@private
@login_required
@require_safe
def space(request, code):
    """The matrix of a space, as its records stand on the day of the check."""
    shown = visible_space(request, code)
    choice = Choice.read(request.GET, timezone.localdate())
    on, table = choice.on, registered.table_of(shown, choice.on)
    return answered(
        request, table, 0, carried=[], name=str(shown), source=Registered(shown),
        more={
            "opened": shown.opened,
            "trail": [(reverse("spaces:register"), _("Register of spaces")), (shown.get_absolute_url(), str(shown))],
            "beside": registered.figures_beside(shown, on),
            "may_state": may_write(acting(request), shown) is None,
        },
    )  # fmt: skip


@private
@login_required
@require_safe
def space_file(request, code, form):
    """The answer of a space in a form to take away."""
    shown = visible_space(request, code)
    on = Choice.read(request.GET, timezone.localdate()).on
    return answer_file(request, registered.table_of(shown, on), 0, form)
