"""The local folder of files: a file is whole and on the disk before anyone learns of it (R-11)."""

import contextlib
import os
import tempfile
from pathlib import Path

from django.core.files.storage import FileSystemStorage


class DurableFiles(FileSystemStorage):
    """Writes beside the place, waits for the disk, then renames; a cut leaves a file that nobody knows."""

    def _save(self, name, content):
        target = Path(self.path(name))
        target.parent.mkdir(
            mode=self.directory_permissions_mode or 0o777, parents=True, exist_ok=True
        )
        descriptor, unfinished = tempfile.mkstemp(prefix=".unfinished-", dir=target.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(unfinished, self.file_permissions_mode or 0o600)  # noqa: PTH101 -- mkstemp gives a text
            os.replace(unfinished, target)  # noqa: PTH105 -- mkstemp gives a text
        except BaseException:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(unfinished)  # noqa: PTH108 -- mkstemp gives a text
            raise
        wait_for_folder(target.parent)
        return name

    def get_available_name(self, name, max_length=None):
        """The same name is the same content, so it may be written over."""
        return name


def wait_for_folder(folder):
    """A new name is on the disk only when its folder is; Windows knows no such thing."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
