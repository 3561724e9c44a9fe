"""Reads an upload in a process of its own, with little memory and time, so that no file can harm the server.

`python -m zhongchuang.tables.child` takes a line of options and the bytes from its input and answers in JSON.
"""

import contextlib
import gc
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from zhongchuang.policy.errors import _
from zhongchuang.policy.facts import space_catalogue

from .grid import Grid, grid_from_json, grid_to_json, read_grid
from .judged_ids import Readers
from .limits import UPLOAD, Limits, check_size
from .passing import (
    dumped,
    loaded,
    problem_from_json,
    problem_to_json,
    reading_from_json,
    reading_to_json,
)
from .problems import CellRefused, Place, Problem, Unreadable, refused_file
from .reading import Reading, read
from .waiting import answer
from .words import words

MEMORY = 256 * 1024 * 1024
"""Address space of the child, in bytes."""

CPU_SECONDS = 20
WALL_SECONDS = 30


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
    found = _run(options, data, name, wall_seconds)
    if "problems" in found:
        raise Unreadable(map(problem_from_json, found["problems"]), found["total"])
    return reading_from_json(found, space_catalogue())


def grid_in_child(
    data: bytes, name: str, *, known: Iterable[str], sheets: Iterable[str] = (), stamp: str = ""
) -> Grid:
    """As `read_grid`, for bytes from outside."""
    try:
        check_size(len(data), UPLOAD)
    except CellRefused as refused:
        raise refused_file(refused.code, refused.message, name, **refused.params) from None
    wanted = {"known": sorted(known), "sheets": sorted(sheets), "stamp": stamp}
    found = _run({"name": name, "grid": wanted}, data, name, WALL_SECONDS)
    if "problems" in found:
        raise Unreadable(map(problem_from_json, found["problems"]), found["total"])
    return grid_from_json(found)


def _run(options: dict[str, Any], data: bytes, name: str, wall_seconds: float) -> dict[str, Any]:
    """The answer of a process of its own. One that broke down reads again, one thing after the other, to say why."""
    deadline = time.monotonic() + wall_seconds
    code = 0
    for at_once in (True, False):
        given = json.dumps(options | {"at_once": at_once}).encode() + b"\n" + data
        try:
            code, output = answer(given, deadline - time.monotonic())
        except subprocess.TimeoutExpired as fault:
            raise _too_slow(name) from fault
        if code == 0 and output:
            with contextlib.suppress(ValueError):
                return loaded(output)
        if -code in _cpu_signals():
            raise _too_slow(name)
    raise _too_heavy(name)


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


def _answered(data: bytes, options: dict[str, Any], limits: Limits) -> dict[str, Any]:
    """The bytes as the sheet that stands in them, or as a table of facts."""
    if "grid" in options:
        return grid_to_json(read_grid(data, options["name"], limits=limits, **options["grid"]))
    return reading_to_json(read(data, limits=limits, readers=Readers(_folders()), **options))


def _prepare() -> None:
    """Load what most files need while no file is there yet."""
    import python_calamine  # noqa: F401, PLC0415 -- slow import

    words()


def main() -> None:
    """Answer one request, if one comes. Nothing here refers to itself, so looking for such waste would only cost time."""
    confine()
    gc.disable()
    _prepare()
    line = sys.stdin.buffer.readline()
    if not line:
        return
    options = json.loads(line)
    data = sys.stdin.buffer.read()
    limits = replace(UPLOAD, at_once=options.pop("at_once"))
    try:
        found = _answered(data, options, limits)
    except Unreadable as refused:
        found = {
            "problems": [problem_to_json(one) for one in refused.problems],
            "total": refused.total,
        }
    except MemoryError:
        if limits.at_once:
            os._exit(1)  # read again, which needs less
        problem = Problem(
            "too_heavy",
            _too_heavy("").problems[0].message,
            {"allowed": MEMORY // 2**20},
            Place(options["name"]),
        )
        found = {"problems": [problem_to_json(problem)], "total": 1}
    sys.stdout.buffer.write(dumped(found))
    sys.stdout.buffer.flush()
    os._exit(0)  # a thread that still reads values is not waited for


if __name__ == "__main__":
    main()
