"""Store sealed files in ``STORAGES["evidence"]``. The only module that knows their names there.

A name is the random id of the row, and a number for a view copy: never a word, a reference or a file name. It is either
a path in a folder (``folder``) or the key of an object in a bucket (``bucket``).
"""

import errno
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.storage import storages
from django.db import Error
from django.utils import timezone

from safetycenter.limits import FAILED_DELETION

from .folder import MARKER, Stored

log = logging.getLogger(__name__)
FILE_NAME = re.compile(r"([0-9a-f]{32})(?:\.(\d+))?")
IN_PLACE = re.compile(rf"[0-9a-f]{{2}}/{FILE_NAME.pattern}")
MARKER_FILE = MARKER
ALL = "bucket"  # the key of the limits that concern everything stored
TRASH_FOLDER = "trash"  # contains a folder for each day
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def storage() -> Any:
    """Return ``STORAGES["evidence"]``: an EvidenceFolder or an EvidenceBucket, which have the same methods."""
    return storages["evidence"]


def name_of(file_id: UUID, copy: int | None = None) -> str:
    """Return the name of a file, or of one page of its view copy."""
    name = file_id.hex if copy is None else f"{file_id.hex}.{copy}"
    return f"{file_id.hex[:2]}/{name}"


def id_of(name: str) -> UUID | None:
    """Return the id of the file or copy with this name; None for other names."""
    ours = IN_PLACE.fullmatch(name)
    return UUID(ours[1]) if ours else None


def create(file_id: UUID) -> Any:
    """Return an open file for the sealed bytes of a new file; they are stored when it is closed."""
    return storage().create(name_of(file_id))


def give_up(file_id: UUID, out: Any) -> None:
    """Delete a file that was begun with ``create``."""
    storage().give_up(out)
    delete(file_id)


def pieces(file_id: UUID, copy: int | None = None) -> Iterator[bytes]:
    """Yield the sealed bytes of a file, or of one page of its view copy. Raises OSError."""
    yield from storage().pieces(name_of(file_id, copy))


def write_copy(file_id: UUID, copy: int, sealed: bytes) -> None:
    """Store one sealed page of the view copy. Raises OSError."""
    replace(name_of(file_id, copy), sealed)


def content(name: str) -> bytes:
    """Return the sealed bytes of a stored file. Raises OSError."""
    return b"".join(storage().pieces(name))


def replace(name: str, content: bytes) -> None:
    """Store a small file in place of one that may exist. Raises OSError."""
    storage().delete(name)
    with storage().create(name) as file:
        file.write(content)


def delete(file_id: UUID) -> None:
    """Delete a file and its copies; missing ones are ignored.

    An error is logged, not raised: most callers have committed already. The sweep finds a file without a row.
    """
    with _logged():
        # Only a desk makes copies, and a public node may not list what is stored.
        for name in _names(file_id) if settings.HAS_DESK else [name_of(file_id)]:
            storage().delete(name)


def delete_copies(file_id: UUID) -> None:
    """Delete the view copies of a file; the sealed original is kept. An error is logged; the sweep tries again."""
    with _logged():
        for name in _names(file_id):
            if name != name_of(file_id):
                storage().delete(name)


def has_free_space() -> bool:
    """Return whether the disk of the sealed files has at least LOW_DISK_MB free; called by ``/readyz``."""
    return storage().room() >= settings.LOW_DISK_MB * 1024 * 1024


def answers() -> bool:
    """Return whether the place of the files can be reached, without waiting long; called by ``/readyz``."""
    return storage().answers()


def kept() -> Iterator[Stored]:
    """Yield what is stored in its place: files, copies and the mark, without the trash and other names."""
    return (item for item in storage().listed() if IN_PLACE.fullmatch(item.name) or item.name == MARKER_FILE)


def all_ids() -> set[UUID]:
    """Return the ids of all stored files. Other names, such as the ``.nfs…`` files of a network disk, are ignored."""
    return {file_id for file_id, _copy, _item in _own_files()}


def original_ids() -> set[UUID]:
    """Return the ids whose file itself is stored: view copies alone are not enough."""
    return {file_id for file_id, copy, _item in _own_files() if copy is None}


def old_ids(edge: datetime) -> tuple[set[UUID], set[UUID]]:
    """Return the ids of what was last written before ``edge``, and those of the view copies in it, from one list."""
    old = [(file_id, copy) for file_id, copy, item in _own_files() if item.modified < edge.timestamp()]
    return {file_id for file_id, _copy in old}, {file_id for file_id, copy in old if copy is not None}


def move_to_trash(file_id: UUID) -> None:
    """Move a file and its copies to today's trash folder."""
    folder = f"{TRASH_FOLDER}/{timezone.now().date().isoformat()}"
    for name in _names(file_id):
        storage().move(name, f"{folder}/{_last(name)}")


def trashed_ids() -> set[UUID]:
    """Return the ids of the files in the trash."""
    return {UUID(ours[1]) for name in _trashed() if (ours := FILE_NAME.fullmatch(_last(name)))}


def put_back(file_id: UUID) -> None:
    """Move a file and its copies back from the trash."""
    for name in _trashed():
        if _last(name).startswith(file_id.hex):
            storage().move(name, f"{file_id.hex[:2]}/{_last(name)}")


def empty_trash(edge: datetime) -> None:
    """Delete permanently what was moved to the trash on a day before ``edge``."""
    for day in storage().folders(TRASH_FOLDER):
        if DAY.fullmatch(day) and day < edge.date().isoformat():
            storage().clear(f"{TRASH_FOLDER}/{day}")


class DamagedMarkerError(Exception):
    """Raised when the mark exists but names no installation or cannot be read."""


def read_marker() -> UUID | None:
    """Return the id of the installation that the files belong to; None if there is no mark.

    Raises DamagedMarkerError, or OSError while a store does not answer.
    """
    try:
        return UUID(content(MARKER_FILE).decode().strip())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and not storage().is_folder:
            raise
        raise DamagedMarkerError from error


def write_marker(installation: UUID) -> None:
    """Mark the files as belonging to ``installation``."""
    replace(MARKER_FILE, f"{installation}\n".encode())


def _own_files() -> Iterator[tuple[UUID, int | None, Stored]]:
    for item in storage().listed():
        if ours := IN_PLACE.fullmatch(item.name):
            yield UUID(ours[1]), int(ours[2]) if ours[2] else None, item


def _names(file_id: UUID) -> list[str]:
    """Return the names of a file and its copies that exist."""
    return [item.name for item in storage().listed(name_of(file_id))]


def _trashed() -> list[str]:
    return [item.name for item in storage().listed(f"{TRASH_FOLDER}/")]


def _last(name: str) -> str:
    return name.rpartition("/")[2]


@contextmanager
def _logged() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        facts = {"error": errno.errorcode.get(error.errno or 0, "")}
        log.error("a file could not be deleted", extra={"facts": facts})
        with suppress(Error):  # in a transaction that has failed
            FAILED_DELETION.hit(ALL)
