"""The keys of sealed fields, by number: the newest writes, all of them read.

They stand in the setting, or in a file of the data folder that is read again when it changes, so that running
servers write with a new key as soon as it stands there.
"""

import os
import secrets
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import algorithms
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class Suite:
    """One set of algorithms: a block cipher used in GCM, its key length in bytes, and a hash."""

    cipher: type
    length: int
    hash: type


SUITES = {
    "intl": Suite(algorithms.AES256, 32, hashes.SHA256),
    "gm": Suite(algorithms.SM4, 16, hashes.SM3),
}
SHORTEST = 40


@cache
def derived(secret, suite, purpose):
    """A key for one suite and purpose; no secret serves two of them."""
    found = SUITES[suite]
    length = found.length if purpose == "seal" else 32
    info = f"zhongchuang {purpose} {suite}".encode()
    return HKDF(found.hash(), length, None, info).derive(secret.encode())


def cipher_of(number, suite):
    """The cipher with the key of that number."""
    return SUITES[suite].cipher(derived(ring()[number], suite, "seal"))


def digest_of(number, suite, context, text):
    """A keyed digest of a text in its column; the same text in another column has another one."""
    digest = hmac.HMAC(derived(ring()[number], suite, "index"), SUITES[suite].hash())
    digest.update(f"{context}\0{text}".encode())
    return digest.finalize().hex()


def newest():
    return max(ring())


def ring():
    """The secrets by number."""
    if settings.FIELD_KEYS:
        return read(settings.FIELD_KEYS)
    path = Path(settings.FIELD_KEY_FILE)
    if not path.exists():
        make_first(path)
    known = path.stat()
    return read_file(path, known.st_mtime_ns, known.st_size)


@lru_cache(maxsize=8)
def read_file(path, _moment, _size):
    """The keys of the file as it stood at that moment."""
    return read(path.read_text(encoding="ascii"))


@lru_cache(maxsize=8)
def read(text):
    """The keys in a text such as `1:secret,2:secret`, commas or lines between them."""
    keys = {}
    for part in text.replace("\n", ",").split(","):
        number, colon, secret = part.strip().partition(":")
        if not number:
            continue
        if not colon or not number.isdecimal() or int(number) in keys or len(secret) < SHORTEST:
            raise ImproperlyConfigured(
                f"ZHONGCHUANG_FIELD_KEYS is a list of number:secret, each number once, each secret of {SHORTEST} characters or more."
            )
        keys[int(number)] = secret
    if not keys:
        raise ImproperlyConfigured("ZHONGCHUANG_FIELD_KEYS holds no key.")
    return keys


def make_first(path):
    """Write a file with one key; of two processes at once, the first one's stays."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    put(unfinished, line_of(1))
    try:
        os.link(unfinished, path)
    except FileExistsError:
        pass
    finally:
        unfinished.unlink()


def add():
    """A new key in the file, used for all that is written from now on; its number."""
    if settings.FIELD_KEYS:
        raise ImproperlyConfigured(
            "The keys stand in ZHONGCHUANG_FIELD_KEYS; add the new one there, on every machine."
        )
    path, number = Path(settings.FIELD_KEY_FILE), newest() + 1
    unfinished = path.with_name(f".{path.name}.new")
    unfinished.unlink(missing_ok=True)
    put(unfinished, path.read_text(encoding="ascii").rstrip("\n") + "\n" + line_of(number))
    unfinished.replace(path)
    return number


def line_of(number):
    return f"{number}:{secrets.token_urlsafe(48)}\n"


def put(path, text):
    """Write a private file that is on the disk before anyone finds it."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
