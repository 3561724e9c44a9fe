"""What this app holds about a person: what they asked for, and what they were answered."""

from django.utils.translation import gettext as _

from zhongchuang.organisations.personal import Holding
from zhongchuang.privacy.models import DataRequest


def personal(user):
    columns = {
        "made": _("When"), "kind": _("What you ask for"), "text": _("In detail"), "due": _("Answer due"),
        "state": _("State"), "answer": _("Answer"), "answered": _("Answered"),
    }  # fmt: skip
    rows = [
        {"made": one.made, "kind": str(one.get_kind_display()), "text": one.text, "due": one.due,
         "state": str(one.get_state_display()), "answer": one.answer, "answered": one.answered}
        for one in DataRequest.objects.filter(user=user)
    ]  # fmt: skip
    return [Holding("data_requests", _("Requests about personal data"), columns, rows)]
