"""The files of a case are read by whoever examines it, wherever its operator sits."""

from django.db.models import F, Q

from zhongchuang.procedures.models import Attachment, Case


def lent(viewer):
    """What was handed in with the cases that one sees; what was taken away before that is the applicant's own."""
    handed_in = Q(removed=None) | Q(removed__gt=F("case__submitted"))
    return [Attachment.objects.filter(handed_in, case__in=Case.objects.visible_to(viewer)).values("evidence")]  # fmt: skip
