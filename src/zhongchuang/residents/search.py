"""What a search finds among residents: by name, code, product or pinyin initials."""

from zhongchuang.residents.models import Resident

SHOWN = 20


def search(acting, query):
    """Residents that the reader sees, as address, label and a line about each."""
    if not query.strip():
        return []
    found = Resident.objects.visible_to(acting).standing().found_by(query)
    return [
        (one.get_absolute_url(), one.name, f"{one.get_kind_display()} {one.credit_code}".strip())
        for one in found[:SHOWN]
    ]
