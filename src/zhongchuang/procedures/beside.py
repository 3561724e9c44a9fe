"""What officials should know of a space while they decide: its other cases, and signs that nobody has answered yet."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhongchuang.gap import words
from zhongchuang.procedures.access import batch_of
from zhongchuang.procedures.access_extending import may_extend_term
from zhongchuang.procedures.models import Case
from zhongchuang.procedures.models.cases import READING
from zhongchuang.procedures.needed import Beside
from zhongchuang.signs.models import Sign

MOST = 5


def beside(case, acting):
    if acting.role not in READING:
        return []
    return [*batch(case), *longer(case, acting), *other_cases(case, acting), *signs(case, acting)]


def batch(case):
    """The batch with which it is decided."""
    held = batch_of(case)
    if held:
        yield Beside(str(held), _("It is decided with this batch, or taken out of it with a reason."), held.get_absolute_url(), _("in a batch"))  # fmt: skip


def longer(case, acting):
    """The way to more time for the step, for who may give it."""
    if may_extend_term(acting, case) is None:
        yield Beside(_("More time for this step"), _("The applicant reads the reason."), reverse("procedures:extend_term", args=[case.key]))  # fmt: skip


def other_cases(case, acting):
    """Those that run first, then the newest."""
    seen = Case.objects.visible_to(acting).filter(space=case.space).exclude(pk=case.pk).select_related("rules", "space")  # fmt: skip
    running = list(seen.running()[:MOST])
    ended = list(seen.exclude(state__in=Case.OPEN)[: MOST - len(running)])
    for one in (*running, *ended):
        text = words.say(one.course.title)
        says = f"{one.number} · {one.get_state_display()}"
        yield Beside(text, says, one.get_absolute_url(), _("under way") if one.is_open else "")


def signs(case, acting):
    """How many wait for an answer; they are questions, never a verdict."""
    count = Sign.objects.visible_to(acting).open().filter(space=case.space).count()
    if count:
        text = ngettext("%(count)s sign to look at", "%(count)s signs to look at", count) % {"count": count}  # fmt: skip
        address = f"{reverse('signs:signs')}?space={case.space.code}"
        yield Beside(text, _("A question about figures of this space that nobody has answered yet."), address, _("open"))  # fmt: skip
