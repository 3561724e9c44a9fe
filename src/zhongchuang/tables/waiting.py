"""Processes that read uploads, one of them started ahead, so that nobody waits until Python is there.

Each process reads one file and ends, so that no file meets what another one left.
"""

import atexit
import contextlib
import os
import subprocess
import sys
from dataclasses import dataclass

_QUIET = {
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONUTF8": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",  # one for each thread, else they wait for each other at every cell
    "MALLOC_TOP_PAD_": "16777216",  # bytes taken at once: it grows by a hundred megabytes for one file
    "RUST_BACKTRACE": "0",
}
_KEPT = (
    "PATH",
    "PYTHONPATH",
    "PYTHONHOME",
    "VIRTUAL_ENV",
    "SYSTEMROOT",
    "LD_LIBRARY_PATH",
    "TMPDIR",
    "LANG",
    "ZHONGCHUANG_PACKS",
)


PIPE = 2**20
"""Bytes that a pipe holds, where the system lets it: megabytes go through it, and each time it is full both sides wait."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A process that has read nothing yet, and what it was started with."""

    process: subprocess.Popen[bytes]
    environment: dict[str, str]
    starter: int

    def serves(self, environment: dict[str, str]) -> bool:
        """Whether it is still there, ours alone, and would be started in the same way now."""
        return (
            self.starter == os.getpid()
            and self.environment == environment
            and self.process.poll() is None
        )

    def dismiss(self) -> None:
        """Let it end: it has nothing to read. One that another process started is none of ours to wait for."""
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                pipe.close()
        if self.starter == os.getpid():
            self.process.wait()


_ahead: list[Waiting] = []
"""One for each process of the server, seldom two where threads met; taking from a list is safe between them."""


def answer(given: bytes, seconds: float) -> tuple[int, bytes]:
    """Exit code and output of a process that got these bytes; `TimeoutExpired` where it takes longer."""
    process = _taken()
    try:
        output, _errors = process.communicate(given, timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise
    finally:
        _start_ahead()
    return process.returncode, output


def _taken() -> subprocess.Popen[bytes]:
    environment = _environment()
    while _ahead:
        try:
            found = _ahead.pop()
        except IndexError:  # another thread was faster
            break
        if found.serves(environment):
            return found.process
        found.dismiss()
    return _started(environment)


def _start_ahead() -> None:
    if _ahead:
        return
    environment = _environment()
    with contextlib.suppress(OSError):  # where there is no room for it now, the next file waits
        _ahead.append(Waiting(_started(environment), environment, os.getpid()))


def _started(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "zhongchuang.tables.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        pipesize=PIPE,
    )


def _environment() -> dict[str, str]:
    """Nothing of the server's environment but where Python and the packs are."""
    environment = {key: value for key, value in os.environ.items() if key in _KEPT} | _QUIET
    environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    return environment


@atexit.register
def _dismiss() -> None:
    while _ahead:
        _ahead.pop().dismiss()
