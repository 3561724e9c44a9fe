"""What a search finds in the register: spaces by name, operator, place or pinyin initials."""

from zhongchuang.spaces.models import Space

SHOWN = 20


def search(acting, query):
    """Spaces that the reader sees, as address, label and a line about each."""
    if not query.strip():
        return []
    found = Space.objects.visible_to(acting).found_by(query).select_related("region", "operator")
    return [
        (space.get_absolute_url(), space.name, f"{space.region.name}, {space.operator.name}")
        for space in found[:SHOWN]
    ]
