"""The reports of visits, on which a reason for a decision may rest."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zhongchuang.procedures.despite import Ground
from zhongchuang.visits.models import Visit


def grounds(case):
    return [
        Ground(f"visit:{one.key}", _("Report of the visit on %(moment)s") % {"moment": date_format(timezone.localtime(one.begins), "Y-m-d H:i")})
        for one in Visit.objects.filter(case=case, state=Visit.Standing.CONFIRMED).order_by("begins")
    ]  # fmt: skip
