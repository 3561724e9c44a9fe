"""What the rules of a place call a major change, each with the article: of the nearest pack that has such a procedure."""

from django.utils import timezone

from zhongchuang.gap import words
from zhongchuang.procedures.catalogue import change_of


def major(space):
    """Columns and words of what changes, with the article."""
    offer = change_of(space, timezone.localdate())
    return [(name, cited(offer)) for name in offer.procedure.changes] if offer else []


def cited(offer):
    """The document and its article by which a change goes."""
    return f"{words.say(offer.pack.title)} {words.cite(offer.procedure.cite)}".strip()
