"""Where a visit goes: the sites of a space, each with its address."""

from django.utils import timezone

from zhongchuang.spaces.models import Premises


def sites(space):
    """Each site with its address; of a space without sites the address of the space."""
    today = timezone.localdate()
    found = Premises.objects.filter(space=space).on(today).order_by("pk")
    named = [joined(one.name, one.address) for one in found]
    return named or [joined(space.name, space.address)]


def joined(name, address):
    return " · ".join(one for one in (name, address) if one)
