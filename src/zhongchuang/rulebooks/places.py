"""Where the workbench leads those who hand packs in."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhongchuang.rulebooks.access import may_hand_in


def places(acting):
    if acting.post is None or may_hand_in(acting):
        return []
    return [(reverse("rulebooks:rulebooks"), _("Own rule packs"))]
