"""`whatif`: who gains and who drops out when thresholds change."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from zhongchuang.policy.errors import Refused, _
from zhongchuang.policy.loading import find_pack
from zhongchuang.policy.verdict import CODES
from zhongchuang.policy.whatif import changed, effect
from zhongchuang.tables.judged_ids import Readers

from . import DONE, output, words
from .files import judged_set, read_table
from .language import chosen, gettext

MOST_NAMED = 50
"""Of more subjects a person sees the number; `--json` names each."""


def whatif(
    reference: str,
    file: Path,
    settings: Sequence[str],
    packs: Sequence[Path],
    *,
    as_json: bool,
    strict: bool,
) -> int:
    """Judge every subject by the set as it is and as it would be."""
    pack, name = find_pack(reference, *packs)
    before = judged_set(pack, name)
    after = changed(before, read_settings(settings), chosen())
    table = read_table(file, Readers(tuple(packs), pack, before), strict=strict)
    found = effect(before, after, table, pack.id)
    gains, drops = ([table.subjects[row] for row in rows] for rows in (found.gains, found.drops))
    if as_json:
        output.print_json({"gains": gains, "drops": drops, "unchanged": found.unchanged})
        return DONE
    _print_names(gettext("Gain: %(count)s"), gains)
    _print_names(gettext("Drop out: %(count)s"), drops)
    output.say(gettext("Unchanged: %(count)s") % {"count": f"{found.unchanged:,}"})
    output.say()
    output.print_table(
        [gettext("Verdict"), gettext("Before"), gettext("After")],
        _counts(found.before, found.after),
        right=(1, 2),
    )
    return DONE


def read_settings(settings: Sequence[str]) -> dict[str, str]:
    """Condition id → new value, as written."""
    found: dict[str, str] = {}
    for written in settings:
        id_, equals, value = written.partition("=")
        if not equals or not id_.strip() or not value.strip():
            raise Refused(
                _(
                    "“%(found)s” is no setting. Write the id of a condition, = and a value, as in desks=80."
                ),
                found=written,
            )
        if id_.strip() in found:
            raise Refused(_("%(id)s is set twice."), id=id_.strip())
        found[id_.strip()] = value.strip()
    return found


def _print_names(heading: str, names: Sequence[str]) -> None:
    output.say(heading % {"count": f"{len(names):,}"})
    for name in names[:MOST_NAMED]:
        output.say(f"  {output.safe(name)}")
    if len(names) > MOST_NAMED:
        output.say(
            "  " + gettext("and %(count)s more.") % {"count": f"{len(names) - MOST_NAMED:,}"}
        )


def _counts(before: Mapping[str, int], after: Mapping[str, int]) -> list[list[str]]:
    return [
        [words.verdict(code), f"{before.get(name, 0):,}", f"{after.get(name, 0):,}"]
        for name, code in CODES.items()
        if name in before or name in after
    ]
