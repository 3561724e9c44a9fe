"""`recompute`: whether a saved decision comes out again, from the file alone."""

from collections.abc import Sequence
from pathlib import Path

from zhongchuang.policy.decision import recompute as compute_again
from zhongchuang.policy.errors import Refused, _
from zhongchuang.policy.loading import load_pack, pack_folders_in
from zhongchuang.policy.pack import Pack
from zhongchuang.policy.verdict import CODES

from . import DONE, REFUSED, output, words
from .language import gettext


def recompute(file: Path, packs: Sequence[Path] = (), *, as_json: bool) -> int:
    """Judge again by the rules and facts in the file and name each difference; with packs, also from their rules."""
    found = compute_again(_text(file), _packs(packs) if packs else None)
    differences = [one.text(gettext) for one in found.differences]
    if as_json:
        output.print_json(
            {"same": found.same, "verdict": found.verdict, "differences": differences}
        )
    elif found.same:
        output.say(
            gettext("Same result: %(verdict)s.") % {"verdict": words.verdict(CODES[found.verdict])}
        )
    else:
        output.say(
            gettext("Different result, %(count)s differences:") % {"count": len(differences)}
        )
        for one in differences:
            output.say(f"  {one}")
    return DONE if found.same else REFUSED


def _packs(places: Sequence[Path]) -> dict[str, Pack]:
    """The packs of folders, each a pack or one that holds packs; none that comes with the product."""
    found = [
        load_pack(folder)
        for place in places
        for folder in ([place] if (place / "pack.toml").is_file() else pack_folders_in(place))
    ]
    if not found:
        raise Refused(
            _("%(file)s holds no pack. A pack is a folder with pack.toml and cases.toml."),
            file=", ".join(map(str, places)),
        )
    return {one.id: one for one in found}


def _text(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(
            _("%(file)s is not UTF-8: byte %(place)s. Save it as UTF-8."),
            file=str(file),
            place=error.start,
        ) from None
