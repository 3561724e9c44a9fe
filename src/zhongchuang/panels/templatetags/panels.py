"""Opinions in templates: what an expert said to conditions."""

from django import template

from zhongchuang.gap import words

register = template.Library()


@register.simple_tag
def judged_in_opinion(seat):
    """What was judged in an opinion: the condition, whether it is met, the reason."""
    case = seat.case
    if not case.course.set or not seat.judgements:
        return []
    texts = {one.id: one.text for one in case.version_of_rules.set(case.course.set).conditions()}
    return [
        (words.say(texts.get(id_)) or id_, given["met"], given.get("reason", ""))
        for id_, given in seat.judgements.items()
    ]
