"""Whose data an incident touches: those who handed the files in, and those whose numbers stand in them."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhongchuang.organisations.touched import Touched
from zhongchuang.records.models import Evidence


def touched(incident):
    """Those who handed in a file; and for each file with personal numbers that people in it are touched."""
    asked = Q(pk__in=incident.evidence) | Q(organisation__in=incident.organisations)
    found = []
    for one in Evidence.objects.filter(asked).select_related("content", "handed_in_by"):
        owner = one.handed_in_by
        found.append(Touched(owner.name, owner.email, _("handed in a file"), owner.pk))
        total = sum((one.content.personal or {}).get("counts", {}).values())
        if total:
            who = _("people in the file %(name)s") % {"name": one.name}
            found.append(Touched(who, one.get_absolute_url(), told(one.content, total)))
        elif one.content.look != one.content.Look.CLEAN:
            who = _("people in the file %(name)s") % {"name": one.name}
            found.append(Touched(who, one.get_absolute_url(), one.content.get_look_display()))
    return found


def told(content, total):
    """How many numbers of which kinds stand in the file."""
    kinds = ", ".join(f"{kind} × {count}" for kind, count in content.personal_counts)
    return ngettext("%(count)s personal number: %(kinds)s", "%(count)s personal numbers: %(kinds)s", total) % {
        "count": total, "kinds": kinds,
    }  # fmt: skip
