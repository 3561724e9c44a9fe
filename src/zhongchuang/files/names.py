"""Names of files as people gave them: labels to show, never paths."""

import re
import unicodedata
from urllib.parse import quote

from zhongchuang.files.limits import LONGEST_NAME

UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def label(name, kind):
    """The name to show and to offer for saving: one line, no path, no device, the ending of the kind."""
    name = unicodedata.normalize("NFC", UNSEEN.sub("", name))
    name = FORBIDDEN.sub("_", name.replace("\\", "/").rpartition("/")[2])
    stem = name.rpartition(".")[0] if "." in name.strip(".") else name
    stem = cut(" ".join(stem.split()).strip(". "), LONGEST_NAME - len(kind) - 1).strip(". ")
    if not stem or DEVICES.match(stem):
        stem = f"_{stem}" if stem else "file"
    return f"{stem}.{kind}"


def cut(text, size):
    """As much of the text as takes `size` bytes in UTF-8."""
    return text.encode()[:size].decode(errors="ignore")


def attachment(name):
    """The header that offers a file under its name, in ASCII for old programs and whole for others (RFC 6266)."""
    plain = re.sub(r"[^A-Za-z0-9._ -]", "_", name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
