"""What was before the platform and is taken from files: titles and bans, so that a department starts from where it is."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from zhongchuang.filing.access import may_bring_in
from zhongchuang.filing.actions.imported import undo, write_bans, write_titles
from zhongchuang.filing.importable.bans import checked_bans
from zhongchuang.filing.importable.bans import columns as ban_columns
from zhongchuang.filing.importable.titles import checked_titles
from zhongchuang.filing.importable.titles import columns as title_columns
from zhongchuang.imports.declaration import Kind


def importable():
    """Titles first: a ban may rest on one."""
    kind = partial(Kind, may=may_bring_in, undo=undo, as_evidence=True)
    return [
        kind(
            "titles", _("Past titles"),
            _("Titles that your department granted before it worked on this platform, those that ended included. They join the public register with the document that they rest on."),
            title_columns(), check=checked_titles, write=write_titles,
        ),
        kind(
            "bans", _("Bans in force"),
            _("Operators whose applications your department does not take, with the article and the reason. An application that falls under one is refused with both."),
            ban_columns(), check=checked_bans, write=write_bans,
        ),
    ]  # fmt: skip
