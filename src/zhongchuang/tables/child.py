"""Reads an upload in a process of its own, with little memory and time, so that no file can harm the server.

`python -m zhongchuang.tables.child` takes a line of options and the bytes from its input and answers in JSON.
"""

import contextlib
import gc
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from zhongchuang.policy.errors import _
from zhongchuang.policy.facts import space_catalogue

from .grid import Grid, grid_from_json, grid_to_json, read_grid
from .judged_ids import Readers
from .limits import UPLOAD, check_size
from .passing import problem_from_json, problem_to_json, reading_from_json, reading_to_json
from .problems import CellRefused, Place, Problem, Unreadable, refused_file
from .reading import Reading, read

MEMORY = 256 * 1024 * 1024
"""Address space of the child, in bytes."""

CPU_SECONDS = 20
WALL_SECONDS = 30

_QUIET = {
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONUTF8": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "1",
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


def read_in_child(
    data: bytes,
    name: str = "",
    *,
    language: str = "zh",
    strict: bool = False,
    previous: bool = False,
    wall_seconds: int = WALL_SECONDS,
) -> Reading:
    """As `read`, for bytes from outside; a crash or a limit is a refusal like any other."""
    try:
        check_size(len(data), UPLOAD)
    except CellRefused as refused:
        raise refused_file(refused.code, refused.message, name, **refused.params) from None
    options = {"name": name, "language": language, "strict": strict, "previous": previous}
    answer = _run(json.dumps(options).encode() + b"\n" + data, name, wall_seconds)
    if "problems" in answer:
        raise Unreadable(map(problem_from_json, answer["problems"]), answer["total"])
    return reading_from_json(answer, space_catalogue())


def grid_in_child(
    data: bytes, name: str, *, known: Iterable[str], sheets: Iterable[str] = (), stamp: str = ""
) -> Grid:
    """As `read_grid`, for bytes from outside."""
    try:
        check_size(len(data), UPLOAD)
    except CellRefused as refused:
        raise refused_file(refused.code, refused.message, name, **refused.params) from None
    wanted = {"known": sorted(known), "sheets": sorted(sheets), "stamp": stamp}
    given = json.dumps({"name": name, "grid": wanted}).encode() + b"\n" + data
    answer = _run(given, name, WALL_SECONDS)
    if "problems" in answer:
        raise Unreadable(map(problem_from_json, answer["problems"]), answer["total"])
    return grid_from_json(answer)


def _run(given: bytes, name: str, wall_seconds: int) -> dict[str, Any]:
    environment = {key: value for key, value in os.environ.items() if key in _KEPT} | _QUIET
    environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "zhongchuang.tables.child"],
            input=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=wall_seconds,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired as fault:
        raise _too_slow(name) from fault
    if done.returncode == 0 and done.stdout:
        with contextlib.suppress(ValueError):
            return json.loads(done.stdout)  # type: ignore[no-any-return]
    raise _too_slow(name) if -done.returncode in _cpu_signals() else _too_heavy(name)


def _cpu_signals() -> tuple[int, ...]:
    """The signals that end a process whose time is over: SIGXCPU, SIGKILL."""
    return (24, 9)


def _too_slow(name: str) -> Unreadable:
    return refused_file(
        "too_slow",
        _(
            "Reading the file takes longer than an upload may (%(seconds)s seconds). Split it into several files, or check it on your own machine with “zhongchuang check”."
        ),
        name,
        seconds=CPU_SECONDS,
    )


def _too_heavy(name: str) -> Unreadable:
    return refused_file(
        "too_heavy",
        _(
            "Reading the file needs more memory than an upload may (%(allowed)s MB), or the file is damaged. Split it into several files, or check it on your own machine with “zhongchuang check”."
        ),
        name,
        allowed=MEMORY // 2**20,
    )


def confine() -> None:
    """Take memory, time, files and processes away from this process; Windows has only the time limit of the parent."""
    try:
        import resource  # noqa: PLC0415 -- not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _folders() -> tuple[Path, ...]:
    """The folders with a deployment's own packs, as the site reads them."""
    written = os.environ.get("ZHONGCHUANG_PACKS", "")
    return tuple(Path(one) for one in written.split(os.pathsep) if one)


def _answer(data: bytes, options: dict[str, Any]) -> dict[str, Any]:
    """The bytes as the sheet that stands in them, or as a table of facts."""
    if "grid" in options:
        return grid_to_json(read_grid(data, options["name"], limits=UPLOAD, **options["grid"]))
    return reading_to_json(read(data, limits=UPLOAD, readers=Readers(_folders()), **options))


def main() -> None:
    """Answer one request. Nothing here refers to itself, so looking for such waste would only cost time."""
    confine()
    gc.disable()
    options = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    try:
        answer = _answer(data, options)
    except Unreadable as refused:
        answer = {
            "problems": [problem_to_json(one) for one in refused.problems],
            "total": refused.total,
        }
    except MemoryError:
        problem = Problem(
            "too_heavy",
            _too_heavy("").problems[0].message,
            {"allowed": MEMORY // 2**20},
            Place(options["name"]),
        )
        answer = {"problems": [problem_to_json(problem)], "total": 1}
    sys.stdout.write(json.dumps(answer, separators=(",", ":")))


if __name__ == "__main__":
    main()
