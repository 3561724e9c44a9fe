"""A pack that was handed in as a folder in an archive, as the command line reads packs: byte for byte what is kept.

`activation.json` beside the folder says who activated it and from when; `SHA256SUMS` what each file should be.
"""

import hashlib
import io
import json
import zipfile

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from zhongchuang.rulebooks.reading import CASES, PACK

SUMS = "SHA256SUMS"


def archive(book):
    """The bytes of the archive; of the same pack they are the same until something is activated."""
    files = folder(book, book.pack) | {"activation.json": told(book)}
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items())
    out, moment = io.BytesIO(), timezone.localtime(book.kept).timetuple()[:6]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in (files | {SUMS: sums.encode()}).items():
            packed.writestr(zipfile.ZipInfo(name, moment), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def folder(book, place):
    """The two files of a pack in the folder that bears its id."""
    found = {f"{place}/{PACK}": book.content.encode()}
    return found | ({f"{place}/{CASES}": book.cases.encode()} if book.cases else {})


def told(book):
    """Where the pack comes from, for programs."""
    signed = book.activations.signed().filter(starts__lte=timezone.localdate()).order_by("starts", "decided", "pk")  # fmt: skip
    content = {
        "pack": book.pack, "version": book.version, "sha256": book.digest, "department": book.department.name,
        "activated": [{"starts": one.starts, "decided": one.decided} for one in signed],
    }  # fmt: skip
    return json.dumps(content, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder).encode()
