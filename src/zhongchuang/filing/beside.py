"""A case that ended with a title leads to it."""

from zhongchuang.filing.models import Title
from zhongchuang.procedures.needed import Beside


def beside(case, acting):
    held = Title.objects.visible_to(acting).filter(case=case).first()
    return [Beside(held.name, held.number, held.get_absolute_url())] if held else []
