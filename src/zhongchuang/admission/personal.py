"""What this app holds about a person: applications of the confirmed addresses, and figures given."""

from django.utils.translation import gettext as _

from zhongchuang.admission.models import Application, Figures
from zhongchuang.organisations.personal import Holding


def personal(user):
    addresses = [one.email.lower() for one in user.emailaddress_set.filter(verified=True)]
    return [applications(addresses), figures(addresses)]


def applications(addresses):
    columns = {
        "space": _("Space"), "number": _("Number"), "name": _("Name"), "contact": _("Contact"),
        "mobile": _("Mobile telephone"), "email": _("E-mail"), "handed": _("Handed in"), "state": _("State"),
    }  # fmt: skip
    found = Application.objects.of(addresses).select_related("space").order_by("handed", "pk")
    rows = [
        {"space": one.space.name, "number": one.number, "name": one.name, "contact": one.contact,
         "mobile": str(one.mobile), "email": one.email, "handed": one.handed, "state": str(one.get_state_display())}
        for one in found
    ]  # fmt: skip
    note = _("Claim and follow them under “My applications to move in”.") if rows else ""
    return Holding("applications", _("Applications to move in"), columns, rows, note)


def figures(addresses):
    columns = {
        "space": _("Space"), "resident": _("Resident"), "year": _("Time of the figures"), "giver": _("Who gave the figures"),
        "email": _("E-mail"), "state": _("State"),
    }  # fmt: skip
    found = Figures.objects.filter(email__in=addresses).select_related("space", "resident")
    rows = [
        {"space": one.space.name, "resident": one.resident.name, "year": one.when, "giver": one.giver,
         "email": one.email, "state": str(one.get_state_display())}
        for one in found
    ]  # fmt: skip
    return Holding("figures", _("Figures handed in"), columns, rows)
