"""Signs about a space, on its page, for officials."""

from django.urls import reverse
from django.utils.translation import ngettext

from zhongchuang.signs.models import Sign


def tabs(acting, space):
    """Address and label, where any stand."""
    count = Sign.objects.visible_to(acting).open().filter(space=space).count()
    if not count:
        return []
    label = ngettext("%(count)s sign to look at", "%(count)s signs to look at", count)
    return [(f"{reverse('signs:signs')}?space={space.code}", label % {"count": count})]
