"""What this app holds about a person: the packs that they handed in, proposed or activated."""

from django.db.models import Q
from django.utils.translation import gettext as _

from zhongchuang.organisations.personal import Holding
from zhongchuang.rulebooks.models import Activation, Rulebook


def personal(user):
    kept = [{"pack": str(one), "moment": one.kept, "reason": ""} for one in Rulebook.objects.filter(kept_by=user)]  # fmt: skip
    found = Activation.objects.filter(Q(proposed_by=user) | Q(decided_by=user)).select_related("rulebook")  # fmt: skip
    rows = [{"pack": str(one), "moment": one.decided if one.decided_by_id == user.pk else one.proposed, "reason": one.reason} for one in found]  # fmt: skip
    columns = {"pack": _("Rule pack"), "moment": _("When"), "reason": _("Reason")}
    return [Holding("rulebooks", _("Rule packs handed in or activated"), columns, [*kept, *rows])]
