"""Marks that all pages draw in the same way."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html

register = template.Library()


@register.simple_tag
def icon(name):
    """A picture from the sprite; assets/icons.txt lists the names. Screen readers skip it."""
    return format_html(
        '<svg class="i" aria-hidden="true" focusable="false"><use href="{}#i-{}"></use></svg>',
        static("page/built/sprite.svg"),
        name,
    )


@register.simple_tag
def control(field):
    """The control of a form field in the look of its kind."""
    kind = "form-select" if field.widget_type == "select" else "form-control"
    return field.as_widget(attrs={"class": kind})
