# ruff: noqa: PLC0415, S311, T201 -- a program: imports wait for django.setup(), chance is for moments, it prints answers
"""Writes until it is killed, again and again: `writer.py DATABASE FOLDER KIND USER KILLS SEED`.

One process loads the platform once and forks a writer for each kill. The writer tells each answer that a person
would have seen, after the commit; the first process kills it with SIGKILL at a moment of its own choosing.
"""

import os
import random
import signal
import sys
import time
from pathlib import Path

import django

from zhongchuang import settings

DATABASE, FOLDER, KIND, USER, KILLS, SEED = sys.argv[1:]
settings.DATABASES["default"]["NAME"] = DATABASE
settings.MEDIA_ROOT = Path(FOLDER) / "files"
settings.INCOMING = Path(FOLDER) / "incoming"
settings.AUDIT_ANCHOR_FILE = Path(FOLDER) / "audit-anchors.log"
settings.LETTER_CHANNELS = {"mail": "zhongchuang.records.providers.to_file"}


def act(acting, number):
    """One thing that a person does: the answer that they see."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.db import transaction

    from tests.files.conftest import picture
    from zhongchuang.records import actions

    if KIND == "file":
        data = picture(size=(40 + number % 900, 30))
        return actions.hand_in(SimpleUploadedFile(f"{number}.jpg", data), by=acting).pk
    with transaction.atomic():
        taken = actions.take_number("A", by=acting, title=f"Letter {number}", year=2026)
        actions.write([acting.user], key=f"number:{taken.pk}", title="Taken", text=str(taken))
    return taken.number


def write_on(pipe):
    from zhongchuang.organisations.access import Acting
    from zhongchuang.organisations.models import User

    user = User.objects.get(pk=USER)
    acting = Acting(user, user.current_posts[0], "192.0.2.1")
    for number in range(random.randrange(10**6), 10**9):
        os.write(pipe, f"{act(acting, number)}\n".encode())


def main():
    django.setup()
    chance = random.Random(int(SEED))
    for _kill in range(int(KILLS)):
        heard, told = os.pipe()
        writer = os.fork()
        if writer == 0:
            random.seed()
            write_on(told)
        os.close(told)
        first = os.read(heard, 1)
        time.sleep(chance.uniform(0, 0.15 if KIND == "number" else 1.5))
        os.kill(writer, signal.SIGKILL)
        os.waitpid(writer, 0)
        with os.fdopen(heard, "rb") as pipe:
            whole_lines = (first + pipe.read()).rpartition(b"\n")[0]
        print(whole_lines.decode(), flush=True)


main()
