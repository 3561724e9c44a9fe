"""Since when a pack holds and by whom it was activated, for its public page."""

from django.utils import timezone

from zhongchuang.rulebooks.models import Activation


def activation(pack):
    """The activation by which a pack holds today; nothing where it came with the product."""
    found = Activation.objects.signed().filter(pack=pack.id, starts__lte=timezone.localdate())
    last = found.select_related("department", "rulebook").order_by("-starts", "-decided", "-pk").first()  # fmt: skip
    return [last] if last else []
