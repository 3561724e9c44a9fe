"""Inspects a file in a process of its own, with little memory and time, so that no file can harm the server.

`python -m zhongchuang.files.child FILE FOLDER` takes the name from its input, writes what is to be kept into FOLDER
and answers in JSON; with `--texts KIND` in the place of FOLDER it answers where personal numbers stand and what is said of figures, with
`--likeness` what a small picture looks like.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from zhongchuang.files.images import likeness
from zhongchuang.files.inspection import Finding, inspect, require_size
from zhongchuang.files.kinds import BEGINNINGS, IMAGES
from zhongchuang.files.limits import (
    CPU_SECONDS,
    LARGEST_FILE,
    MEMORY,
    MEMORY_FOR_IMAGES,
    WALL_SECONDS,
)
from zhongchuang.files.personal import find
from zhongchuang.files.problems import FileRefused
from zhongchuang.files.said import Said

KEPT = ("PATH", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "SYSTEMROOT", "LD_LIBRARY_PATH", "LANG")
QUIET = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1", "MALLOC_ARENA_MAX": "1"}
CPU_SIGNALS = (24, 9)
"""The signals that end a process whose time is over: SIGXCPU, SIGKILL."""

CONTENT, THUMBNAIL = "content", "thumbnail"
TEXTS, LIKENESS = "--texts", "--likeness"


def inspect_in_child(path, folder, name):
    """As `inspect`, for a file from outside; a crash or a limit is a refusal like any other."""
    require_size(path.stat().st_size)
    try:
        done = run([str(path), str(folder)], folder, json.dumps(name))
    except subprocess.TimeoutExpired as fault:
        raise FileRefused("too_slow", seconds=CPU_SECONDS) from fault
    if done.returncode == 0 and done.stdout:
        return finding(json.loads(done.stdout), folder)
    if -done.returncode in CPU_SIGNALS:
        raise FileRefused("too_slow", seconds=CPU_SECONDS)
    raise FileRefused("too_heavy")


def run(given, folder, text=""):
    """This program in a process of its own, with nothing of the server's environment but where Python is."""
    environment = {key: value for key, value in os.environ.items() if key in KEPT} | QUIET
    environment["PYTHONPATH"] = os.pathsep.join(one for one in sys.path if one)
    command = [sys.executable, "-m", "zhongchuang.files.child", *given]
    return subprocess.run(  # noqa: S603 -- our own program with our own Python
        command, input=text.encode(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        timeout=WALL_SECONDS, env=environment, cwd=folder, check=False,
    )  # fmt: skip


def look_in_child(path, kind):
    """What `personal.find` and `said.Said` find, as JSON holds it; None where the file could not be read to its end."""
    try:
        done = run([str(path), TEXTS, kind], path.parent)
    except subprocess.TimeoutExpired:
        return None
    return json.loads(done.stdout) if done.returncode == 0 and done.stdout else None


def likeness_in_child(path):
    """As `images.likeness`, of a small picture from the store; empty where it could not be read."""
    try:
        done = run([str(path), LIKENESS], path.parent)
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode() if done.returncode == 0 else ""


def finding(answer, folder):
    if "refused" in answer:
        raise FileRefused(answer["refused"], **answer["params"])
    kept = {
        name: (folder / name).read_bytes() if (folder / name).exists() else None
        for name in (CONTENT, THUMBNAIL)
    }
    return Finding(**answer, **kept)


def confine(memory):
    """Take memory, time and processes away from this process; Windows has only the time limit of the parent."""
    try:
        import resource  # noqa: PLC0415 -- not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (2 * LARGEST_FILE, 2 * LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))


def answer_for(path, folder, name):
    """The answer to one request, and the parts to keep as files in the folder."""
    with path.open("rb") as file:
        beginning = file.read(16)
    image = any(beginning.startswith(mark) and kind in IMAGES for mark, kind in BEGINNINGS)
    confine(MEMORY_FOR_IMAGES if image else MEMORY)
    try:
        found = inspect(path.read_bytes(), name)
        for part, data in ((CONTENT, found.content), (THUMBNAIL, found.thumbnail)):
            if data is not None:
                (folder / part).write_bytes(data)
    except FileRefused as refused:
        return {"refused": refused.code, "params": refused.params}
    except MemoryError:
        return {"refused": "too_heavy", "params": {}}
    told = ("kind", "pages", "width", "height", "likeness")
    return {name: getattr(found, name) for name in told}


def looked_through(path, kind):
    """Where personal numbers stand in the file, and what its texts say of figures."""
    said = Said()
    confine(MEMORY_FOR_IMAGES if kind in IMAGES else MEMORY)
    found = find(path.read_bytes(), kind, said)
    hits = [[hit.kind, hit.place, hit.given, hit.masked] for hit in found.hits]
    personal = {"counts": found.counts, "hits": hits, "unread": found.unread}
    return {"personal": personal, "said": said.found}


def main():
    if sys.argv[2] == TEXTS:
        sys.stdout.write(json.dumps(looked_through(Path(sys.argv[1]), sys.argv[3])))
        return
    if sys.argv[2] == LIKENESS:
        confine(MEMORY_FOR_IMAGES)
        sys.stdout.write(likeness(Path(sys.argv[1]).read_bytes()))
        return
    path, folder = map(Path, sys.argv[1:])
    name = json.loads(sys.stdin.buffer.read())
    sys.stdout.write(json.dumps(answer_for(path, folder, name)))


if __name__ == "__main__":
    main()
