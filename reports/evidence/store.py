"""Store sealed files on disk. The only module that knows their paths."""

import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from safetycenter import private_files

from ..crypto.vault.stream import CHUNK

FILE_NAME = re.compile(r"([0-9a-f]{32})(\.\d+)?")
MARKER_FILE = "installation"  # a file with the id of the installation that the files belong to
TRASH_FOLDER = "trash"  # contains a folder for each day


def create(file_id: UUID) -> Any:
    """Return an open file, mode 0600, for the sealed bytes of a new file."""
    path = _path(file_id)
    private_files.make_folder(path.parent)
    return private_files.create(path)


def pieces(file_id: UUID, copy: int | None = None) -> Iterator[bytes]:
    """Yield the sealed bytes of a file, or of one page of its view copy."""
    with _path(file_id, copy).open("rb") as file:
        while piece := file.read(CHUNK):
            yield piece


def write_copy(file_id: UUID, copy: int, sealed: bytes) -> None:
    """Store one sealed page of the view copy."""
    path = _path(file_id, copy)
    path.unlink(missing_ok=True)
    with private_files.create(path) as file:
        file.write(sealed)


def delete(file_id: UUID) -> None:
    """Delete a file and its copies; missing ones are ignored."""
    folder = _path(file_id).parent
    for path in folder.glob(f"{file_id.hex}*") if folder.exists() else ():
        path.unlink(missing_ok=True)


def delete_copies(file_id: UUID) -> None:
    """Delete the view copies of a file; the sealed original is kept."""
    folder = _path(file_id).parent
    for path in folder.glob(f"{file_id.hex}.*") if folder.exists() else ():
        path.unlink(missing_ok=True)


def has_free_space() -> bool:
    """Return whether the disk of the sealed files has at least LOW_DISK_MB free; called by ``/readyz``."""
    folder = Path(settings.EVIDENCE_DIR)
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free >= settings.LOW_DISK_MB * 1024 * 1024


def all_ids() -> set[UUID]:
    """Return the ids of all stored files. Other names, such as the ``.nfs…`` files of a network disk, are ignored."""
    return {file_id for file_id, _path in _own_files("??/*")}


def old_ids(edge: datetime) -> set[UUID]:
    """Return the ids of the files last written before ``edge``."""
    ids = set()
    for file_id, path in _own_files("??/*"):
        with suppress(FileNotFoundError):  # deleted by a concurrent request
            if path.stat().st_mtime < edge.timestamp():
                ids.add(file_id)
    return ids


def move_to_trash(file_id: UUID) -> None:
    """Move a file and its copies to today's trash folder."""
    folder = _trash() / timezone.now().date().isoformat()
    private_files.make_folder(folder)
    for path in _path(file_id).parent.glob(f"{file_id.hex}*"):
        path.rename(folder / path.name)


def trashed_ids() -> set[UUID]:
    """Return the ids of the files in the trash."""
    return {file_id for file_id, _path in _own_files(f"{TRASH_FOLDER}/*/*")}


def put_back(file_id: UUID) -> None:
    """Move a file and its copies back from the trash."""
    place = _path(file_id).parent
    private_files.make_folder(place)
    for path in _trash().glob(f"*/{file_id.hex}*"):
        path.rename(place / path.name)


def empty_trash(edge: datetime) -> None:
    """Delete permanently what was moved to the trash on a day before ``edge``."""
    for folder in _trash().glob("????-??-??"):
        if folder.name < edge.date().isoformat():
            shutil.rmtree(folder, ignore_errors=True)


class DamagedMarkerError(Exception):
    """Raised when the mark of the folder exists but names no installation or cannot be read."""


def read_marker() -> UUID | None:
    """Return the id of the installation that the folder belongs to; None if it has no mark.

    Raises DamagedMarkerError.
    """
    try:
        return UUID((Path(settings.EVIDENCE_DIR) / MARKER_FILE).read_text().strip())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise DamagedMarkerError from error


def write_marker(installation: UUID) -> None:
    """Mark the folder as belonging to ``installation``."""
    mark = Path(settings.EVIDENCE_DIR) / MARKER_FILE
    private_files.make_folder(mark.parent)
    mark.unlink(missing_ok=True)
    with private_files.create(mark) as file:
        file.write(f"{installation}\n".encode())


def _own_files(pattern: str) -> Iterator[tuple[UUID, Path]]:
    for path in Path(settings.EVIDENCE_DIR).glob(pattern):
        if ours := FILE_NAME.fullmatch(path.name):
            yield UUID(ours[1]), path


def _trash() -> Path:
    return Path(settings.EVIDENCE_DIR) / TRASH_FOLDER


def _path(file_id: UUID, copy: int | None = None) -> Path:
    name = file_id.hex if copy is None else f"{file_id.hex}.{copy}"
    return Path(settings.EVIDENCE_DIR) / file_id.hex[:2] / name
