"""`demo`: data to try everything on."""

from pathlib import Path

from zhongchuang.demo import hedong, hedong_totals, province
from zhongchuang.demo.files import KINDS, write_table
from zhongchuang.policy.errors import Refused, _

from . import DONE, output, words
from .files import write_whole
from .language import chosen, gettext


def demo(out: Path, *, spaces: int, seed: int, previous: Path | None, only_hedong: bool) -> int:
    """Write an invented province, or the six spaces of Hedong."""
    kinds = {file: _kind(file) for file in (out, previous) if file}
    if only_hedong:
        if previous:
            raise Refused(_("Of Hedong no year before is published: leave out --previous."))
        now, before = hedong(), None
    else:
        with output.progress(
            gettext("Inventing"), long=spaces >= output.SHOW_PROGRESS_FROM
        ) as done:
            now, before = province(spaces, seed, progress=lambda number: done(number, spaces))
    for file, table in ((out, now), (previous, before)):
        if file and table is not None:
            write_whole(file, write_table(table, kinds[file], chosen()))
            output.say(
                gettext("Written: %(file)s, %(count)s spaces")
                % {"file": file, "count": f"{len(table):,}"}
            )
    if only_hedong:
        _print_totals()
    return DONE


def _kind(file: Path) -> str:
    kind = file.suffix.lower().removeprefix(".")
    if kind not in KINDS:
        raise Refused(
            _("%(file)s: its ending tells what to write. Allowed: %(allowed)s."),
            file=str(file),
            allowed=words.listed(f".{one}" for one in KINDS),
        )
    return kind


def _print_totals() -> None:
    """What is published of the district as a whole, which no row of the file can hold."""
    output.say(gettext("Published for the district as a whole:"))
    for one in hedong_totals():
        amount = words.quantity(one.amount.amount, one.amount.unit)
        text = (
            gettext("%(what)s: over %(amount)s")
            if one.more_than
            else gettext("%(what)s: %(amount)s")
        )
        label = words.label(one.column.name) if one.column else words.say_text(one.text)
        output.say("  " + text % {"what": label, "amount": amount})
