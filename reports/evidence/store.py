"""Where sealed files lie. The only place that names a path."""

import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from safetycenter import private_files

from ..vault.stream import CHUNK

ABANDONED_AFTER = timedelta(minutes=30)
OUR_NAME = re.compile(r"([0-9a-f]{32})(\.\d+)?")


def create(file_id: UUID):
    """An open file, mode 0600, for the sealed bytes of a new file."""
    path = _path(file_id)
    private_files.make_folder(path.parent)
    return private_files.create(path)


def pieces(file_id: UUID, copy: int | None = None) -> Iterator[bytes]:
    """The sealed bytes of a file, or of one page of its view copy."""
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
    """Remove a file and its copies; nothing happens when they are gone already."""
    folder = _path(file_id).parent
    for path in folder.glob(f"{file_id.hex}*") if folder.exists() else ():
        path.unlink(missing_ok=True)


def delete_copies(file_id: UUID) -> None:
    """Remove the view copies of a file; the sealed original stays."""
    folder = _path(file_id).parent
    for path in folder.glob(f"{file_id.hex}.*") if folder.exists() else ():
        path.unlink(missing_ok=True)


def has_room() -> bool:
    """Whether the disk of the sealed files has at least LOW_DISK_MB free; asked by ``/readyz``."""
    folder = Path(settings.EVIDENCE_DIR)
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free >= settings.LOW_DISK_MB * 1024 * 1024


def sweep(known) -> int:
    """Remove files that no row knows and that are old enough to be abandoned; returns how many.

    ``known`` is a function from a set of UUIDs to those among them that a row knows. Names that are not ours, such as
    the ``.nfs…`` of a network disk, are left alone.
    """
    ids = set(_old_ids(timezone.now() - ABANDONED_AFTER))
    orphans = ids - known(ids)
    for file_id in orphans:
        delete(file_id)
    return len(orphans)


def _old_ids(edge: datetime) -> Iterator[UUID]:
    for path in Path(settings.EVIDENCE_DIR).glob("*/*"):
        with suppress(FileNotFoundError):  # deleted by a request meanwhile
            if (ours := OUR_NAME.fullmatch(path.name)) and path.stat().st_mtime < edge.timestamp():
                yield UUID(ours[1])


def _path(file_id: UUID, copy: int | None = None) -> Path:
    name = file_id.hex if copy is None else f"{file_id.hex}.{copy}"
    return Path(settings.EVIDENCE_DIR) / file_id.hex[:2] / name
