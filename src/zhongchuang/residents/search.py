"""What a search finds among residents: by name, code, product or pinyin initials."""

from django.utils.translation import gettext as _

from zhongchuang.residents.models import Resident

SHOWN = 20


def search(acting, query):
    """Residents that the reader sees, as address, label and a line about each."""
    if not query.strip():
        return []
    found = Resident.objects.visible_to(acting).found_by(query).select_related("merged_into")
    shown = {}
    for one in found[:SHOWN]:
        stays = one.merged_into or one
        shown.setdefault(stays.pk, (stays.get_absolute_url(), stays.name, told(one, stays)))
    return list(shown.values())


def told(one, stays):
    """What is said of a resident; of one that was merged under which name it was found."""
    said = f"{stays.get_kind_display()} {stays.credit_code}".strip()
    return said if one == stays else _("%(said)s, also recorded as %(name)s") % {"said": said, "name": one.name}  # fmt: skip
