"""What this app holds about a person: objections of the confirmed addresses, and answers that they proposed or signed."""

from django.db.models import Q
from django.utils.translation import gettext as _

from zhongchuang.objections.models import Objection
from zhongchuang.organisations.personal import Holding


def personal(user):
    addresses = [one.email.lower() for one in user.emailaddress_set.filter(verified=True)]
    return [made(addresses), answered(user)]


def made(addresses):
    columns = {
        "number": _("Number"), "name": _("Name"), "phone": _("Mobile telephone"), "email": _("E-mail"),
        "grounds": _("Facts and grounds"), "received": _("Received"), "state": _("State"), "words": _("Answer"),
        "files": _("Files"),
    }  # fmt: skip
    found = Objection.objects.of(addresses).order_by("received", "pk").prefetch_related("exhibits")
    rows = [
        {"number": one.number, "name": one.name.plain(), "phone": str(one.phone), "email": one.email.plain(), "grounds": one.grounds,
         "received": one.received, "state": str(one.get_state_display()), "words": one.words if one.answered else "",
         "files": ", ".join(file.name for file in one.exhibits.all())}
        for one in found
    ]  # fmt: skip
    return Holding("objections", _("Objections to public notices"), columns, rows)


def answered(user):
    columns = {"number": _("Number"), "words": _("Answer"), "answered": _("When")}
    found = Objection.objects.filter(Q(proposed_by=user) | Q(signed_by=user)).order_by("pk")
    rows = [
        {"number": one.number, "words": one.words, "answered": one.answered or one.received}
        for one in found
    ]
    return Holding("objections_answered", _("Answers to objections"), columns, rows)
