"""Answers in templates: every sentence comes from sentences.py and words.py."""

from django import template
from django.utils.translation import gettext as _

from zhongchuang.gap import sentences, words

register = template.Library()
register.filter("say", words.say)
register.filter("label", words.label)
register.filter("cite", words.cite)


@register.filter
def held(row):
    """What is known of a row's fact, in words."""
    return words.value(row.column, row.found) if row.column else ""


@register.simple_tag(takes_context=True)
def behind(context, row):
    """Where the records behind a row's figure are shown, or where it is entered; empty where neither is."""
    source = context.get("source")
    if not row.column or not hasattr(source, "behind"):
        return ""
    return source.behind(row.column.name, context["choice"].on, known=row.found is not None)


@register.simple_tag
def figure(column, value):
    """A value of a fact in words, or that it is unknown."""
    return _("unknown") if value is None else words.value(column, value)


@register.filter
def stated(quantity):
    """A quantity with its unit."""
    return words.amount(quantity.amount, quantity.unit)


@register.filter
def concluded(one):
    """A set's verdict in a few words."""
    return sentences.conclusion(one)[0]


@register.inclusion_tag("gap/cell.html")
def cell(one):
    """A condition's verdict."""
    return {"said": sentences.cell(one)}


@register.inclusion_tag("gap/conclusion.html")
def conclusion(one):
    """A set's verdict."""
    says, rest = sentences.conclusion(one)
    css, picture = sentences.MARKS[one.name]
    return {"says": says, "rest": rest, "css": css, "picture": picture}


@register.inclusion_tag("gap/awards.html")
def awards(one):
    """What would be paid."""
    return {"awards": sentences.awards(one)}


@register.inclusion_tag("gap/standing.html")
def standing(pack, on):
    """Whether a pack is in force on a day."""
    css, text = sentences.standing(pack, on)
    return {"css": css, "text": text}


@register.simple_tag
def verdict(name):
    """Class, picture and word of a verdict."""
    css, picture = sentences.MARKS[name]
    return {"css": css, "picture": picture, "word": sentences.verdict_word(name)}


@register.filter
def digits(number):
    """A whole number with a comma between thousands."""
    return f"{number:,}"


@register.filter
def weight(indicator):
    """The weight of an indicator; by kind of space where it differs."""
    held = indicator.weight
    if isinstance(held, dict):
        return " / ".join(words.number(one) for one in held.values())
    return words.number(held)
