"""Whose data an incident touches: the staff that organisations stated for their spaces."""

from django.utils.translation import gettext as _

from zhongchuang.organisations.touched import Touched
from zhongchuang.spaces.models import StaffMember


def touched(incident):
    staff = StaffMember.objects.filter(space__operator__in=incident.organisations)
    data = _(
        "member of staff: name, duty, education; mobile telephone and identity number where stated"
    )
    found = staff.select_related("space").order_by("name").values_list("name", "space__name")
    return [Touched(name, space, data) for name, space in found.distinct()]
