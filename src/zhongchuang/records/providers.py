"""Ways for a letter to leave the platform. A channel is a function of one Message that raises if it failed.

Settings name the channels by dotted path; SMS, WeCom and DingTalk robots are such functions of a deployment.
A message may be handed over twice after a crash: its key is then the same, and a provider sends a key once.
"""

import os
import re
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage

UNSAFE = re.compile(r"[^A-Za-z0-9._-]")


@dataclass(frozen=True)
class Message:
    key: str
    user: str
    name: str
    mail: str
    title: str
    text: str
    url: str = ""


def by_mail(message):
    """E-mail under a Message-ID made of the key, by which mail programs drop a second copy."""
    text = f"{message.text}\n\n{message.url}".strip() + "\n"
    headers = {"Message-ID": f"<{UNSAFE.sub('-', message.key)}@zhongchuang>"}
    EmailMessage(message.title, text, to=[message.mail], headers=headers).send()


def to_file(message):
    """A file for each key, for gateways that pick up files, and for trying out; the same key is one file."""
    folder = settings.LETTER_FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = folder / f"{UNSAFE.sub('-', message.key)}.txt"
    if target.exists():
        return
    unfinished = folder / f".{target.name}.{os.getpid()}"
    text = f"{message.user}\t{message.name}\t{message.mail}\n{message.title}\n\n{message.text}\n{message.url}\n"
    with unfinished.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(target)
