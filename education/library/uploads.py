"""The upload handler of the picture library: a picture stays in memory, and nothing else is received.

The handler of the settings seals files for reports; Django's own would write a readable copy to the disk.
"""

import io
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest


def max_size() -> int:
    """Return the largest number of bytes of an upload."""
    return settings.PICTURE_MB * 1024 * 1024


class PictureUploadHandler(FileUploadHandler):
    """Keep an upload in memory, up to one byte more than is allowed, so that the form can refuse it in words.

    A visitor without the cookie of a session sends nothing that is kept.
    """

    max_size = staticmethod(max_size)  # of all files of a form

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        signed_in = request is not None and settings.SESSION_COOKIE_NAME in request.COOKIES
        self._room = self.max_size() + 1 if signed_in else 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self._kept = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep what fits. All files of a form share the room."""
        part = raw_data[: self._room]
        self._room -= len(part)
        self._kept.write(part)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """Return the upload; its size is what the browser sent."""
        self._kept.seek(0)
        return InMemoryUploadedFile(self._kept, self.field_name, self.file_name, "", file_size, None)
