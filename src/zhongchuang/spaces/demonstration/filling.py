"""Filling an empty database, all or nothing: whoever stops it half way finds the database empty."""

from contextlib import contextmanager
from http import HTTPStatus

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_q.models import OrmQ

from zhongchuang.demo.dice import Dice
from zhongchuang.organisations.models import Organisation, Region, User
from zhongchuang.page.listed import ask
from zhongchuang.page.refusal import Refusal, require
from zhongchuang.spaces.demonstration import people, playing
from zhongchuang.spaces.demonstration.world import World, data
from zhongchuang.spaces.models import Space

SPACES = 200
SEED = 2016
STEP = 50
FIRST = 1
"""The operator whose people are printed, in whose spaces daily work is written down."""
NOT_ASKED = Refusal(
    "not_a_demonstration",
    gettext_lazy(
        "This site is not set up for the demonstration: ZHONGCHUANG_DEMONSTRATION is not “yes”."
    ),
)
NOT_EMPTY = Refusal(
    "not_empty",
    gettext_lazy(
        "The database holds accounts or organisations already, so the demonstration is not written into it. Use an empty one, such as another folder in ZHONGCHUANG_DATA."
    ),
    status=HTTPStatus.CONFLICT,
)


def is_empty():
    """Whether nobody and nothing is in the database yet, regions aside."""
    return not (User.objects.exists() or Organisation.objects.exists() or Space.objects.exists())


def may_fill():
    if not settings.DEMONSTRATION:
        return NOT_ASKED
    return None if is_empty() else NOT_EMPTY


def fill(*, spaces=SPACES, progress=lambda _text: None):
    """Write the demonstration into an empty database. Nobody has a password afterwards."""
    require(may_fill())
    with letters_stay_here(), transaction.atomic():
        regions = {one.code: one for one in Region.objects.current()}
        world = World(Dice(SEED), timezone.localdate(), regions)
        people.departments(world, progress)
        people.others(world)
        made = []
        for number in range(spaces):
            if number % STEP == 0:
                progress(_("spaces %(done)s of %(all)s") % {"done": number, "all": spaces})
            made.append(playing.play(world, number).pk)
        for place, one in enumerate(data("places")["more"]):
            made.append(playing.play(world, spaces + place, one).pk)
        people.waiting_operators(world, max(world.operators, default=0) + 1)
        playing.clusters(world, list(Space.objects.filter(pk__in=made).order_by("pk")))
        lived_in(world, made)
        ask("scenes", world)
        OrmQ.objects.all().delete()  # letters that would have gone to invented addresses


def lived_in(world, made):
    """Daily work in the spaces of the first operator, as the apps play it."""
    clerk = world.acting("clerk", FIRST)
    own = Space.objects.filter(pk__in=made, operator=clerk.organisation)
    for space in own.filter(state=Space.State.CONFIRMED).order_by("pk"):
        ask("plays", space, clerk, world.dice, world.today)


@contextmanager
def letters_stay_here():
    """Letters to invented people are read in the platform alone: no channel takes them outside."""
    channels, settings.LETTER_CHANNELS = settings.LETTER_CHANNELS, {}
    try:
        yield
    finally:
        settings.LETTER_CHANNELS = channels
