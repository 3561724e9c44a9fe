"""Amounts of yuan and texts of the catalogue on the pages of money."""

from django import template
from django.utils.translation import get_language

register = template.Library()


@register.filter
def yuan(amount):
    """An amount to the cent, with thousands."""
    return f"{amount:,.2f}"


@register.filter
def told(text):
    """A text of the catalogue in the reader's language."""
    return text[get_language() or "zh"]


@register.filter
def named(fact):
    """The name of a fact in the reader's language."""
    return told(fact.label)
