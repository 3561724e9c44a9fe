"""What keeps an organisation from being closed: the spaces that it runs, and those that wait for its decision."""

from django.utils.translation import ngettext

from zhongchuang.spaces.deciding import ways_of
from zhongchuang.spaces.models import Change, Space

OVER = (Space.State.CLOSED, Space.State.DRAFT)


def unfinished(organisation):
    """Sentences that each name a piece of open work."""
    decided = Space.objects.decided_by(organisation)
    counts = {
        run: Space.objects.run_by(organisation).exclude(state__in=OVER).count(),
        examine: decided.filter(state=Space.State.SUBMITTED).count(),
        decide: len(clicked(Change.objects.waiting().filter(space__in=decided))),
    }
    return [sentence(count) for sentence, count in counts.items() if count]


def clicked(changes):
    """Of waiting changes those on which no case decides."""
    found = list(changes.select_related("space__region"))
    elsewhere = ways_of(found)
    return [one for one in found if one.pk not in elsewhere]


def run(count):
    found = ngettext("It runs %(count)d space.", "It runs %(count)d spaces.", count)
    return found % {"count": count}


def examine(count):
    found = ngettext(
        "%(count)d space waits for its examination.",
        "%(count)d spaces wait for its examination.",
        count,
    )
    return found % {"count": count}


def decide(count):
    found = ngettext(
        "%(count)d change of a space waits for its decision.",
        "%(count)d changes of spaces wait for its decision.",
        count,
    )
    return found % {"count": count}
