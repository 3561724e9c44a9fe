"""Where the workbench leads beside the things to do: pages of this app that the post may open."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhongchuang.records.access import may_hand_in, may_number


def places(acting):
    """Addresses with their labels."""
    open_to = {
        "records:evidence": may_hand_in(acting) is None,
        "records:numbers": may_number(acting) is None,
        "records:audit": acting.has_perm("audit.view_entry"),
        "records:drafts": True,
        "records:letters": True,
    }
    return [(reverse(name), LABELS[name]) for name, is_open in open_to.items() if is_open]


LABELS = {
    "records:evidence": _("Evidence"),
    "records:numbers": _("Document numbers"),
    "records:audit": _("Audit log"),
    "records:drafts": _("Drafts"),
    "records:letters": _("Letters"),
}
