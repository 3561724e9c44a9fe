"""Since when a pack holds, by whom it was activated, and what held before, for its public page."""

from django.utils import timezone

from zhongchuang.rulebooks.models import Activation


def activation(pack):
    """The activations of a pack up to today, the one by which it holds first; nothing where it came with the product."""
    found = Activation.objects.signed().filter(pack=pack.id, starts__lte=timezone.localdate())
    return list(
        found.select_related("department", "rulebook").order_by("-starts", "-decided", "-pk")
    )
