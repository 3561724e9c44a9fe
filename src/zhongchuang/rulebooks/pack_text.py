"""The text of a pack that is kept in the database."""

from pathlib import Path

from zhongchuang.rulebooks.models import MARK, Rulebook


def pack_text(pack):
    """The bytes of a pack of ours; nothing of one in a folder."""
    folder = Path(pack.folder)
    if folder.parent.name != MARK:
        return []
    found = Rulebook.objects.filter(digest=folder.name).values_list("content", flat=True)
    return [one.encode() for one in found]
