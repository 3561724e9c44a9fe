"""What the register holds about a person who works on it."""

from django.db.models import Q
from django.utils.translation import gettext as _

from zhongchuang.organisations.personal import Holding
from zhongchuang.spaces.models import Change


def personal(user):
    """Changes that the person proposed or decided on."""
    columns = {
        "space": _("Space"), "part": _("Part taken"), "when": _("When"), "state": _("State"),
    }  # fmt: skip
    found = Change.objects.filter(Q(proposed_by=user) | Q(decided_by=user)).select_related("space")
    rows = [
        {"space": one.space.name, "state": str(one.get_state_display()),
         "part": _("asked") if one.proposed_by_id == user.pk else _("decided"),
         "when": one.proposed if one.proposed_by_id == user.pk else one.decided}
        for one in found.order_by("-proposed", "-pk")
    ]  # fmt: skip
    return [Holding("changes_of_spaces", _("Changes of spaces"), columns, rows)]
