"""The upload handler that seals a file while it is uploaded. It is the only one, so no other can leave a readable copy.

A file that the view does not adopt is deleted when the request ends. A file whose upload was interrupted is deleted at
once, and so is one that is too large or does not fit on the disk; the files before and after it are still received.
"""

import errno
import hashlib
import logging
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.db import OperationalError
from django.http import HttpRequest

from safetycenter import limits

from ..crypto.vault.box import new_key
from ..crypto.vault.stream import StreamSealer
from . import store
from .checks import TypeSniffer, max_case_size, max_file_size

FORM_SIZE = 512 * 1024  # bytes of a form besides its files
MIN_COUNTED_SIZE = 16 * 1024  # bytes of a request; smaller ones contain only text and are not counted
NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class RefusedUpload:
    """A refused file: reason, position in its form (from 1), and type. Never its name, which may be revealing.

    ``place`` 0 means the form as a whole, or its only file.
    """

    reason: str
    position: int = 0
    type: str = ""


def _may_store(request: HttpRequest, size: int) -> bool:
    """Count ``size`` bytes for this visitor; return False if the hourly limit is exceeded."""
    try:
        return limits.UPLOAD_KIB.hit(limits.address_of(request), size // 1024)
    except OperationalError:  # the database's disk is full: keeping the file will fail, with a message beside the field
        return True


class SealedUpload(UploadedFile):
    """A file that was received and sealed. Its key exists only here until the view adopts it."""

    def __init__(
        self, file_id: UUID, key: bytes, name: str, size: int, watch: TypeSniffer, sha256: str, place: int = 1
    ) -> None:
        super().__init__(file=None, name=name, size=size)
        self.file_id, self.key, self.sha256 = file_id, key, sha256
        self.kind, self.refused_kind, self.type = watch.kind, watch.refused_kind, watch.type
        self.place = place
        self.is_kept = False

    def close(self) -> None:
        """Delete the file unless it was adopted; called when the request ends."""
        if not self.is_kept:
            store.delete(self.file_id)


class SealingUploadHandler(FileUploadHandler):
    """Measure, identify, hash and seal each file; only sealed bytes are written."""

    chunk_size = 64 * 1024

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._files, self._total = 0, 0
        self._out: Any = None
        self._too_large = self._over_quota = False
        self._refused: list[RefusedUpload] = []
        if request is not None:
            request.refused_uploads = self._refused  # type: ignore[attr-defined]  # the view says them beside the field

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: N803 (Django's name)
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Note a request that is too large; its first file stops it, as Django catches no StopUpload raised here."""
        self._too_large = content_length > max_case_size() + FORM_SIZE
        if self._too_large:
            self._refused.append(RefusedUpload("total"))
        elif content_length > MIN_COUNTED_SIZE:
            self._over_quota = not _may_store(self.request, content_length)

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        if self._too_large:
            raise StopUpload(connection_reset=False)
        self._files += 1
        self._watch = TypeSniffer()
        if self._files > settings.MAX_FILES_PER_CASE:
            self._refuse("count")
        if self._over_quota:
            self._refuse("network")
        if any(file.reason == "store" for file in self._refused):  # do not let somebody wait for each file
            self._refuse("store")
        self._id, self._key = uuid.uuid4(), new_key()
        self._size, self._hash = 0, hashlib.sha256()
        self._sealer = StreamSealer(self._key, f"file:{self._id}")
        with self._disk():
            self._out = store.create(self._id)
            self._out.write(self._sealer.header)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Process the next piece of the file."""
        self._size += len(raw_data)
        if self._size > max_file_size():
            self._refuse("size")
        if self._total + self._size > max_case_size():
            self._refuse("total")
        self._hash.update(raw_data)
        self._watch.feed(raw_data)
        with self._disk():
            self._out.write(self._sealer.update(raw_data))

    def file_complete(self, file_size: int) -> SealedUpload | None:
        """Seal the end of the file and return the upload; None if the disk could not store it."""
        with suppress(SkipFile), self._disk():  # Django catches no SkipFile raised here
            self._out.write(self._sealer.finish())
            self._out.close()
            self._out = None
        if self._refused and self._refused[-1].position == self._files:
            return None
        self._total += self._size
        digest = self._hash.hexdigest()
        return SealedUpload(self._id, self._key, self.file_name, self._size, self._watch, digest, self._files)

    def upload_interrupted(self) -> None:
        """Delete everything received, because the connection was lost."""
        self._drop()

    @contextmanager
    def _disk(self) -> Iterator[None]:
        """Refuse the file if the disk is full, or if disk or store fail.

        The received part is deleted; the rest of the form is still received.
        """
        try:
            yield
        except OSError as error:
            log.error("a file could not be stored", extra={"facts": {"errno": error.errno}})
            self._refuse("disk" if error.errno in NO_ROOM else "store")

    def _refuse(self, why: str) -> None:
        self._drop()
        self._refused.append(RefusedUpload(why, self._files, self._watch.type))
        raise SkipFile  # everything else that was sent is kept

    def _drop(self) -> None:
        if self._out is not None:
            store.give_up(self._id, self._out)
            self._out = None
