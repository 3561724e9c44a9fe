"""One file: what it is, whether it may be kept, and what of it is kept."""

from dataclasses import dataclass

from zhongchuang.files import images, packages, pdfs
from zhongchuang.files.kinds import IMAGES, PACKAGE, PDF, require_name, require_one_kind, sniffed
from zhongchuang.files.limits import LARGEST_FILE, MB
from zhongchuang.files.problems import FileRefused


@dataclass(frozen=True)
class Finding:
    """What was found; `content` is what to keep, the file itself but for pictures."""

    kind: str
    content: bytes | None = None
    pages: int | None = None
    width: int | None = None
    height: int | None = None
    likeness: str = ""
    thumbnail: bytes | None = None


def inspect(data, name):
    """What the file is; FileRefused where it may not be kept."""
    require_size(len(data))
    kind = sniffed(data)
    if kind == PACKAGE:
        kind = packages.inspect(data)
        require_name(name, kind)
        return Finding(kind)
    require_name(name, kind)
    require_one_kind(data, kind)
    if kind in IMAGES:
        width, height, clean, small, likeness = images.inspect(data, kind)
        return Finding(kind, clean, None, width, height, likeness, small)
    if kind == PDF:
        return Finding(kind, pages=pdfs.inspect(data))
    raise FileRefused("kind")


def require_size(size):
    if size == 0:
        raise FileRefused("empty")
    if size > LARGEST_FILE:
        raise FileRefused("too_large", size=-(-size // MB), allowed=LARGEST_FILE // MB)
