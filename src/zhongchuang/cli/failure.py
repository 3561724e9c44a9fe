"""What went wrong, as one plain message on stderr and an exit code. A traceback is for developers only."""

import errno

from zhongchuang.policy.errors import Refused
from zhongchuang.policy.loading import PackRefused

from . import MISUSE, REFUSED
from .language import gettext
from .output import complain
from .words import Declined


def told(error: Exception) -> int:
    """Tell a person what happened and what to do; the exit code that goes with it."""
    if isinstance(error, PackRefused):
        for fault in error.faults:
            complain(fault.text(gettext))
    elif isinstance(error, Refused):
        complain(error.text(gettext))
        return REFUSED if isinstance(error, Declined) else MISUSE
    elif hasattr(error, "format_message"):
        complain(_misuse(error))
    elif isinstance(error, OSError) and error.filename:
        complain(
            gettext("%(file)s cannot be used: %(why)s.")
            % {"file": error.filename, "why": _why(error)}
        )
    else:
        complain(
            gettext(
                "The program failed: %(what)s. Your files are unchanged. Run the command again with ZHONGCHUANG_DEBUG=1 and send us what it prints."
            )
            % {"what": f"{type(error).__name__} {error}".strip()}
        )
    return MISUSE


def _why(error: OSError) -> str:
    """What the system said, in the reader's language where it is common."""
    known = {
        errno.ENOENT: gettext("it does not exist"),
        errno.EACCES: gettext("you may not use it"),
        errno.EISDIR: gettext("it is a folder"),
        errno.ENOTDIR: gettext("it is no folder"),
        errno.ENOSPC: gettext("the disk is full"),
    }
    return known.get(error.errno or 0, error.strerror or "?")


def _misuse(error: Exception) -> str:
    """What typer found wrong with the command line, and where help stands."""
    context = getattr(error, "ctx", None)
    lines = [_what(error)]
    if context is not None and type(error).__name__ != "NoArgsIsHelpError":
        lines.append(gettext("Help: %(command)s --help") % {"command": context.command_path})
    return "\n".join(lines)


def _what(error: Exception) -> str:
    if hasattr(error, "possibilities"):
        near = ", ".join(error.possibilities or ())
        message = (
            gettext("There is no option %(found)s. Nearest: %(near)s.")
            if near
            else gettext("There is no option %(found)s.")
        )
        return message % {"found": error.option_name, "near": near}
    if hasattr(error, "param_type") and error.param is not None:
        return gettext("%(name)s is missing.") % {
            "name": error.param.metavar or error.param.opts[-1]
        }
    context = getattr(error, "ctx", None)
    if type(error).__name__ == "UsageError" and hasattr(
        getattr(context, "command", None), "commands"
    ):
        return gettext("There is no such command. Commands are: %(allowed)s.") % {
            "allowed": ", ".join(context.command.list_commands(context))
        }
    return error.format_message()
