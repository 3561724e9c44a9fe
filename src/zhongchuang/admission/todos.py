"""Applications and figures that wait, one thing to do of each kind for each space of the operator."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhongchuang.admission.models import Application, Figures
from zhongchuang.admission.models.applications import run_by
from zhongchuang.organisations.todos import ToDo


def todos(acting):
    """For those who work for the operator."""
    waiting = Q(applications__state__in=Application.OPEN)
    handed = Q(figures__state=Figures.State.HANDED)
    spaces = run_by(acting).annotate(
        waiting=Count("applications", filter=waiting, distinct=True),
        handed=Count("figures", filter=handed, distinct=True),
    )
    found = spaces.filter(Q(waiting__gt=0) | Q(handed__gt=0)).order_by("pk")
    return [one for space in found for one in of_space(space)]


def of_space(space):
    if space.waiting:
        about = ngettext(
            "%(count)s application waits.", "%(count)s applications wait.", space.waiting
        )
        yield ToDo(
            title=_("Decide on applications: %(name)s") % {"name": space.name},
            about=about % {"count": space.waiting},
            url=reverse("admission:applications", args=[space.code]),
            button=_("Examine"),
        )
    if space.handed:
        about = ngettext(
            "%(count)s resident handed in figures.", "%(count)s residents handed in figures.", space.handed
        )  # fmt: skip
        yield ToDo(
            title=_("Confirm figures of residents: %(name)s") % {"name": space.name},
            about=about % {"count": space.handed},
            url=reverse("admission:all_figures", args=[space.code]),
            button=_("Examine"),
        )
