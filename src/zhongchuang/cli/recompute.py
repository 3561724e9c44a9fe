"""`recompute`: whether a saved decision comes out again, from the file alone."""

from pathlib import Path

from zhongchuang.policy.decision import recompute as compute_again
from zhongchuang.policy.errors import Refused, _
from zhongchuang.policy.verdict import CODES

from . import DONE, REFUSED, output, words
from .language import gettext


def recompute(file: Path, *, as_json: bool) -> int:
    """Judge again by the rules and facts in the file and name each difference."""
    found = compute_again(_text(file))
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


def _text(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(
            _("%(file)s is not UTF-8: byte %(place)s. Save it as UTF-8."),
            file=str(file),
            place=error.start,
        ) from None
