"""Titles in templates: the words of what happened to one."""

from django import template

from zhongchuang.audit.verbs import word_for

register = template.Library()
register.filter("verb_word", word_for)
