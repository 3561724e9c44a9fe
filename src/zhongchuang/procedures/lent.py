"""The files of a case are read by whoever examines it, wherever its operator sits."""

from django.db.models import Exists, OuterRef, Q

from zhongchuang.procedures.models import Attachment, Case, Submission


def lent(viewer):
    """What was handed in with the cases that one sees; what was added since, or taken away before, is the applicant's own."""
    since = Submission.objects.filter(case=OuterRef("case"), moment__gte=OuterRef("added"))
    handed_in = Q(Exists(since), removed=None) | Exists(since.filter(moment__lte=OuterRef("removed")))  # fmt: skip
    return [Attachment.objects.filter(handed_in, case__in=Case.objects.visible_to(viewer)).values("evidence")]  # fmt: skip
