"""Cases in templates: the words of moves, what was judged, where a place is written, how long there is."""

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zhongchuang.gap import words
from zhongchuang.page.workdays import left
from zhongchuang.procedures.despite import in_words
from zhongchuang.procedures.rules import soon
from zhongchuang.procedures.words import MOVES

register = template.Library()


@register.filter
def move(name):
    """The word for a move; one without a word is shown as it is."""
    return MOVES.get(name, name)


@register.filter
def step_of(act):
    """The step at which an act was done; empty outside of steps."""
    step = next((one for one in act.case.course.steps if one.id == act.step), None)
    return words.say(step.text) if step else ""


@register.simple_tag
def judged_in(case, act):
    """What was judged in an act: the condition, whether it is met, the reason."""
    procedure = case.course
    if not procedure.set or not act.judgements:
        return []
    texts = {one.id: one.text for one in case.version_of_rules.set(procedure.set).conditions()}
    return [
        (words.say(texts.get(id_)) or id_, given["met"], given.get("reason", ""))
        for id_, given in act.judgements.items()
    ]


@register.simple_tag
def despite_in(case, act):
    """Why an act led on although conditions were open."""
    return in_words(case, act)


@register.simple_tag
def place_url(case, place):
    """Where a place of the application is filled in; empty where it comes from the register."""
    kind, _colon, name = place.partition(":")
    if kind == "material":
        return reverse("procedures:material", args=[case.key, name])
    for section in case.course.sections:
        if kind == "entry" and name in {one.id for one in section.entries}:
            return reverse("procedures:entries", args=[case.key, section.id])
    return ""


@register.simple_tag
def left_until(day):
    """How long there is until a day, with its look."""
    return left(day, today=timezone.localdate(), soon=soon())


@register.filter
def window(one):
    """The days between which applications are taken, as of now."""
    first, last = one.around(timezone.localdate())
    return _("%(first)s to %(last)s") % {"first": date_format(first), "last": date_format(last)}


@register.simple_tag(takes_context=True)
def blank_url(context, form, what, kind):
    """Where a form lies: of an application by its own rules, else of the procedure as it stands today."""
    if case := context.get("case"):
        return reverse("procedures:case_form", args=[case.key, form.id, what, kind])
    at = context["pack"].id, context["procedure"].id
    return reverse("procedures:form", args=[*at, form.id, what, kind])
