"""Past evaluations and grants of a space on its page."""

from django.urls import reverse
from django.utils.translation import gettext as _

from zhongchuang.past.models import Evaluation, Grant


def tabs(acting, space):
    """Address and label, where there are any."""
    labels = {Evaluation: _("Past evaluations (%(count)s)"), Grant: _("Past grants (%(count)s)")}
    for model, label in labels.items():
        count = model.objects.visible_to(acting).current().filter(space=space).count()
        if count:
            yield f"{reverse('past:records', args=[model.KIND])}?space={space.code}", label % {"count": count}  # fmt: skip
