"""A pack that was handed in: one archive or two files, looked through as `packs lint` does."""

import io
import re
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from zhongchuang.page.refusal import Refusal, Refused
from zhongchuang.policy.cases import lint_all
from zhongchuang.policy.loading import LARGEST_FILE, PackRefused, parse_toml

NAME = re.compile(r"[a-z][a-z0-9_-]{0,63}")
PACK, CASES = "pack.toml", "cases.toml"
NO_PACK = Refusal("no_pack", _("No pack.toml with an id of small letters and digits is in what you handed in. Hand in an archive with pack.toml and cases.toml, or both files."), status=200, field="pack")  # fmt: skip
TOO_LARGE = Refusal("too_large", _("A file of a pack holds at most %(most)s bytes."), {"most": LARGEST_FILE}, 200, "pack")  # fmt: skip
NOT_TEXT = Refusal("not_text", _("The files of a pack are text in UTF-8."), status=200, field="pack")  # fmt: skip


def files_of(pack, cases):
    """The two texts, from an archive or from two files."""
    held = bounded(pack)
    if zipfile.is_zipfile(io.BytesIO(held)):
        found = unpacked(held)
    else:
        found = {PACK: held, CASES: bounded(cases) if cases else b""}
    try:
        return {name: data.decode("utf-8") for name, data in found.items()}
    except UnicodeDecodeError:
        raise Refused(NOT_TEXT) from None


def bounded(file):
    """All of a file, if it is no larger than a pack may be."""
    data = file.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise Refused(TOO_LARGE)
    return data


def unpacked(data):
    """The two files of an archive, wherever in it they stand; nothing else of it is read."""
    found = {PACK: b"", CASES: b""}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                name = info.filename.rpartition("/")[2]
                if name in found and not found[name]:
                    with archive.open(info) as file:
                        found[name] = bounded(file)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError):
        raise Refused(NO_PACK) from None
    return found


def id_of(text):
    """The id that a pack gives itself, fit to name a folder."""
    try:
        head = parse_toml(text.encode(), PACK).get("pack")
    except PackRefused as refused:
        raise Faulty([one.text(translated) for one in refused.faults]) from None
    id_ = head.get("id") if isinstance(head, dict) else None
    if not isinstance(id_, str) or not NAME.fullmatch(id_):
        raise Refused(NO_PACK)
    return id_


class Faulty(Exception):
    """A pack with faults, each in words."""

    def __init__(self, faults):
        super().__init__(len(faults))
        self.faults = faults


def looked_through(texts):
    """The lint of two texts, with the number of cases that ran; Faulty where something is wrong."""
    id_ = id_of(texts[PACK])
    with TemporaryDirectory() as place:
        folder = Path(place) / id_
        folder.mkdir()
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8", newline="")
        (lint,) = lint_all(folder)
        faults = [one.text(translated).replace(f"{place}/", "") for one in lint.faults]
    if faults or lint.pack is None:
        raise Faulty(faults)
    return lint
