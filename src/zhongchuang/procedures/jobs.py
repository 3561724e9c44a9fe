"""What happens by itself: a public notice ends when its days are over."""

from django.utils import timezone

from zhongchuang.procedures.actions.moving import close
from zhongchuang.procedures.models import Case


def close_notices():
    """Carry every case on whose public notice ended yesterday or before, unless an objection holds it; how many."""
    over = Case.objects.on_notice().filter(due__lt=timezone.localdate(), on_hold=False)
    return sum(close(case) for case in over.select_related("rules", "space").order_by("pk"))
