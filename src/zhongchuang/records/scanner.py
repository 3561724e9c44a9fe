"""Asks a clamd whether a file is malware. It streams the bytes, so the daemon needs no access to the store."""

import contextlib
import socket
import struct

from django.conf import settings

CHUNK = 64 * 1024
TIMEOUT = 30


class Unavailable(OSError):
    """The scanner does not answer; the file goes on waiting."""


def threat_in(file):
    """The name of what clamd finds in the file, or an empty text."""
    try:
        with contextlib.closing(connected()) as connection:
            connection.sendall(b"zINSTREAM\0")
            while chunk := file.read(CHUNK):
                connection.sendall(struct.pack(">I", len(chunk)) + chunk)
            connection.sendall(struct.pack(">I", 0))
            answer = b"".join(iter(lambda: connection.recv(4096), b"")).rstrip(b"\0\n").decode()
    except OSError as fault:
        raise Unavailable(str(fault)) from fault
    if answer.endswith("OK"):
        return ""
    if answer.endswith("FOUND"):
        return answer.removeprefix("stream:").removesuffix("FOUND").strip()
    raise Unavailable(answer[:200])


def connected():
    host, colon, port = settings.CLAMD.rpartition(":")
    if colon:
        return socket.create_connection((host, int(port)), TIMEOUT)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(TIMEOUT)
    connection.connect(settings.CLAMD)
    return connection
