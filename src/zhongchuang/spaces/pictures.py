"""The photographs of a space as they were shown on a day."""

from zhongchuang.spaces.models import Photograph


def photographs_of(space, on):
    """Those that are shown that day, in their order; what the scanner holds back is left out when it is asked for."""
    found = Photograph.objects.filter(space=space).on(on).select_related("evidence__content")
    return list(found.order_by("position", "valid_from", "pk"))
