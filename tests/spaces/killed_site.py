"""The site as a server process of its own, on the database and in the folder of a test."""

import os
from pathlib import Path

from zhongchuang import settings

FOLDER = Path(os.environ["KILLED_FOLDER"])
settings.DATABASES["default"]["NAME"] = os.environ["KILLED_DATABASE"]
settings.MEDIA_ROOT = FOLDER / "files"
settings.INCOMING = FOLDER / "incoming"
settings.AUDIT_ANCHOR_FILE = FOLDER / "audit-anchors.log"
settings.STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}

from zhongchuang.wsgi import application  # noqa: E402 -- the settings come first

__all__ = ["application"]
