"""The cases of a department's own pack in the file of a case that goes by it: with them its folder of rules is whole."""

from zhongchuang.rulebooks.models import Rulebook
from zhongchuang.rulebooks.reading import CASES


def casefile_parts(case, _acting):
    """What `packs lint` reads beside the pack itself, which the file of the case has already."""
    for book in Rulebook.objects.filter(digest=case.rules_id).exclude(cases=""):
        yield f"rules/{book.pack}/{CASES}", book.cases.encode()
