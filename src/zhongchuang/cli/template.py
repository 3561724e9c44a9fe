"""`template`: a workbook to fill in."""

from pathlib import Path

from zhongchuang.policy.errors import Refused, _
from zhongchuang.tables.template import template as write_template

from . import DONE, output, words
from .files import write_whole
from .language import chosen, gettext


def template(file: Path | None) -> int:
    """Write the workbook; one that may hold figures already is left alone."""
    file = file or Path(gettext("figures-of-spaces.xlsx"))
    if file.suffix.lower() != ".xlsx":
        raise Refused(
            _("%(file)s: the template is a workbook. Give it a name that ends in .xlsx."),
            file=str(file),
        )
    if file.exists():
        raise words.Declined(
            _("%(file)s is there already and was not changed. Give another name."), file=str(file)
        )
    write_whole(file, write_template(chosen()))
    output.say(gettext("Written: %(file)s") % {"file": file})
    return DONE
