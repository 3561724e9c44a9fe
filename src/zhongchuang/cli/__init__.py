"""The `zhongchuang` command line. Nothing heavy is imported before a command needs it."""

import os
import signal
import sys
from typing import NoReturn

from . import language

DONE, REFUSED, MISUSE = range(3)
"""Exit codes: done; refused or different; misuse or unreadable input."""

INTERRUPTED = 130


def main() -> NoReturn:
    """Run one command; whatever happens, the last word is a sentence and an exit code."""
    prepare_streams()
    try:
        code = run()
    except KeyboardInterrupt:
        code = INTERRUPTED
    except Exception as error:
        if os.environ.get("ZHONGCHUANG_DEBUG") == "1":
            raise
        from .failure import told  # noqa: PLC0415 -- slow import

        code = told(error)
    sys.exit(code)


def run() -> int:
    """Choose the language, then let typer find and call the command."""
    language.choose(sys.argv[1:], os.environ)
    from .app import app  # noqa: PLC0415 -- help texts are in the language chosen above

    return app(prog_name="zhongchuang", standalone_mode=False) or DONE


def prepare_streams() -> None:
    """Output never fails on a character, and ends in silence when its reader goes away."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.reconfigure(errors="replace")
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
