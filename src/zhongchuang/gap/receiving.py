"""Receives what browsers send: a body that no page takes is refused before it is read."""

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

from zhongchuang.tables.limits import UPLOAD

ROOM = 1_000_000
"""Bytes of a form beside its file."""


class BoundedHandler(FileUploadHandler):
    """Stands before the handlers that keep files, and lets no body beyond the limit through."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):  # noqa: N803 -- Django's signature
        if content_length > UPLOAD.size + ROOM:
            raise RequestDataTooBig(f"a body of {content_length} bytes")

    def receive_data_chunk(self, raw_data, start):
        return raw_data

    def file_complete(self, file_size):
        return None
