# ruff: noqa: PLC0415 -- a program: imports wait for django.setup()
"""A worker that is killed in the middle of an import: `worker.py DATABASE FOLDER IMPORT MOMENT`."""

import os
import signal
import sys
from pathlib import Path

import django

from zhongchuang import settings

DATABASE, FOLDER, IMPORT, MOMENT = sys.argv[1:]
settings.DATABASES["default"]["NAME"] = DATABASE
settings.MEDIA_ROOT = Path(FOLDER) / "files"
settings.INCOMING = Path(FOLDER) / "incoming"
settings.AUDIT_ANCHOR_FILE = Path(FOLDER) / "audit-anchors.log"


def killed(*_given, **_more):
    os.kill(os.getpid(), signal.SIGKILL)


def main():
    django.setup()
    from zhongchuang.imports import actions, jobs
    from zhongchuang.spaces.actions import imported

    place, name = {
        "first rows": (actions, "note"), "evidence": (actions, "hand_in"), "rows": (imported, "prove"),
        "entries": (imported, "log_all"), "last entry": (actions, "log"),
    }[MOMENT]  # fmt: skip
    setattr(place, name, killed)
    jobs.run(int(IMPORT))


main()
