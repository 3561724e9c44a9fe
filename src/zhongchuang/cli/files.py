"""Files in and out: tables of spaces, and results that replace a file whole or not at all."""

import errno
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from zhongchuang.policy.errors import Refused, _
from zhongchuang.policy.pack import Pack, RuleSet
from zhongchuang.policy.table import Table
from zhongchuang.tables import Reading, read
from zhongchuang.tables.judged_ids import Readers

from . import output
from .language import chosen, gettext
from .words import listed

LONG = 1_000_000
"""Bytes of a file that takes long enough to read for a bar."""


def read_table(file: Path, readers: Readers, *, strict: bool = False) -> Table:
    """The spaces in a file; what a person should look at is told on stderr."""
    return _read(file, readers, strict=strict).table


def read_distinct(
    file: Path, readers: Readers, *, strict: bool = False, previous: bool = False
) -> Table:
    """The spaces in a file in which each stands once; spaces of one name are told apart by their codes."""
    reading = _read(file, readers, strict=strict, previous=previous)
    doubled = [
        twice for twice in reading.duplicates if not _told_apart(reading, twice[1])
    ] + reading.duplicate_codes
    if doubled:
        raise Refused(
            _("%(file)s: a subject stands more than once: %(which)s. A ranking takes each once."),
            file=str(file),
            which=listed(
                gettext("“%(subject)s” in rows %(rows)s")
                % {"subject": name, "rows": listed(map(str, rows))}
                for name, rows in doubled
            ),
        )
    return reading.table


def _told_apart(reading: Reading, rows: Sequence[int]) -> bool:
    """Whether the rows of one name have codes that differ."""
    places = {number: place for place, number in enumerate(reading.row_numbers)}
    codes = [reading.table.codes[places[row]] if reading.table.codes else None for row in rows]
    return None not in codes and len(set(codes)) == len(codes)


def _read(file: Path, readers: Readers, *, strict: bool, previous: bool = False) -> Reading:
    long = file.is_file() and file.stat().st_size > LONG
    with output.progress(gettext(Reading), long=long) as done:
        reading = read(
            file,
            name=str(file),
            language=chosen(),
            strict=strict,
            progress=done,
            previous=previous,
            readers=readers,
        )
    output.notes_of(reading.warnings)
    return reading


def judged_set(pack: Pack, name: str) -> RuleSet:
    """The set of a pack, if it has conditions."""
    rules = pack.set(name)
    if rules.root is None:
        raise Refused(
            _("Set %(set)s has no conditions; it ranks. Sets with conditions: %(allowed)s."),
            set=rules.name,
            allowed=", ".join(one.name for one in pack.sets.values() if one.root) or "-",
        )
    return rules


def subject_row(table: Table, name: str) -> int:
    """The row of a subject by name or code; refused with the nearest names."""
    rows = [row for row, subject in enumerate(table.subjects) if subject == name]
    rows = rows or [row for row, code in enumerate(table.codes or ()) if code == name]
    if len(rows) == 1:
        return rows[0]
    if rows:
        raise Refused(
            _("“%(found)s” stands %(count)s times in the file. Name one by its code: %(codes)s."),
            found=name,
            count=len(rows),
            codes=listed(str(table.codes[row]) for row in rows) if table.codes else "-",
        )
    raise Refused(
        _("There is no subject “%(found)s” in the file. Nearest: %(allowed)s."),
        found=name,
        allowed=listed(_nearest(name, table.subjects)) or "-",
    )


def _nearest(name: str, subjects: Sequence[str]) -> list[str]:
    import difflib  # noqa: PLC0415 -- slow import

    return difflib.get_close_matches(name, subjects[:10_000], n=3, cutoff=0.3) or list(subjects[:3])


def write_whole(file: Path, content: bytes) -> None:
    """Write a file so that it is there whole or as it was before."""
    if file.is_dir() or not file.parent.is_dir():
        code = errno.EISDIR if file.is_dir() else errno.ENOENT
        raise OSError(code, os.strerror(code), str(file if file.is_dir() else file.parent))
    handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(file)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
