"""What an organisation must bring to an end before it is closed; every app may have such a function."""

from django.utils.translation import ngettext

from zhongchuang.organisations.models import Organisation


def unfinished(organisation):
    """Sentences that each name a piece of open work; none, if it may be closed."""
    waiting = Organisation.objects.waiting_for(organisation).count()
    if not waiting:
        return []
    sentence = ngettext(
        "%(count)d operator waits for its decision.",
        "%(count)d operators wait for its decision.",
        waiting,
    )
    return [sentence % {"count": waiting}]
