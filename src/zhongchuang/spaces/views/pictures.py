"""Pictures of a space: given out to everyone who sees the space, small or as they are kept."""

from django.http import Http404

from zhongchuang.files.names import attachment
from zhongchuang.page.errors import refused
from zhongchuang.records.access import may_open
from zhongchuang.records.views import evidence


def served(request, found, *, small=False):
    """The picture itself; whoever asks for it was found to see the space."""
    if found is None or not found.content.thumbnail_digest:
        raise Http404
    if refusal := may_open(found):
        return refused(request, refusal)
    media_type = "image/jpeg" if small else found.content.media_type
    disposition = "inline" if small else attachment(found.name)
    return evidence.served(request, found, media_type, disposition, thumbnail=small)
