"""The folder of the sealed files (EVIDENCE_DIR): ``STORAGES["evidence"]`` unless a bucket is named."""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO, NamedTuple

from django.conf import settings
from django.core.files.storage import FileSystemStorage

from safetycenter import private_files

from ..crypto.vault.stream import CHUNK

MARKER = "installation"  # a file with the id of the installation that the files belong to


class Stored(NamedTuple):
    """A file as a storage lists it."""

    name: str
    size: int
    modified: float  # Unix time


class EvidenceFolder(FileSystemStorage):
    """Django's storage in a folder, with what its interface lacks: writing in pieces, lists with ages, moves.

    Folders and files are for the user of the site only. Whatever fails raises OSError.
    """

    is_folder = True

    @property
    def base_location(self) -> Path:
        """EVIDENCE_DIR."""
        return Path(settings.EVIDENCE_DIR)

    @property
    def location(self) -> str:
        """EVIDENCE_DIR as an absolute path."""
        return os.path.abspath(self.base_location)

    @property
    def place(self) -> str:
        """Where the files are, for operators."""
        return str(settings.EVIDENCE_DIR)

    def answers(self) -> bool:
        """Return True: a folder needs no connection."""
        return True

    def room(self) -> int:
        """Return the free bytes of the disk."""
        folder = self.base_location
        while not folder.exists():
            folder = folder.parent
        return shutil.disk_usage(folder).free

    def create(self, name: str) -> BinaryIO:
        """Return an open file for a name that is free; its bytes are kept when it is closed."""
        path = Path(self.path(name))
        private_files.make_folder(path.parent)
        return private_files.create(path)

    def give_up(self, out: BinaryIO) -> None:
        """Close a file that will not be kept; the caller deletes it."""
        with suppress(OSError):  # the buffered bytes do not fit either
            out.close()

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of a file."""
        with open(self.path(name), "rb") as file:
            while piece := file.read(CHUNK):
                yield piece

    def listed(self, prefix: str = "") -> Iterator[Stored]:
        """Yield the files whose names begin with ``prefix``: a folder, or a folder and the beginning of a name."""
        folder, _slash, start = prefix.rpartition("/")
        root = Path(self.location)
        for path in (root / folder).rglob(f"{start}*"):
            with suppress(FileNotFoundError):  # deleted by a concurrent request
                facts = path.stat()
                if S_ISREG(facts.st_mode):
                    yield Stored(path.relative_to(root).as_posix(), facts.st_size, facts.st_mtime)

    def folders(self, name: str) -> list[str]:
        """Return the names of the folders in the folder ``name``."""
        with suppress(FileNotFoundError):
            return self.listdir(name)[0]
        return []

    def move(self, name: str, new: str) -> None:
        """Give a file another name."""
        place = Path(self.path(new))
        private_files.make_folder(place.parent)
        Path(self.path(name)).rename(place)

    def clear(self, folder: str = "") -> None:
        """Delete a folder with all that is in it; without a name, everything."""
        shutil.rmtree(self.path(folder), ignore_errors=True)

    def end_unfinished(self, edge: datetime) -> None:
        """Do nothing: a file that was begun is listed as any other."""
