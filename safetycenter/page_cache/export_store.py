"""The pages of one build as files: written and removed one by one, with a record of the files that exist.

The record holds the content string, the cache version and the groups of each page. So the pages that must go are known
before any other page is made, pages that no publication has touched stay, and an interrupted export continues where it
stopped.
"""

import gzip
import json
import os
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import brotli

from .versions import Versions

RECORD = "record.json"  # never served: the web server only serves files named index.html, and pictures
FOLDER, FILE = 0o755, 0o644  # the web server runs as another user than the site
Encodings = dict[str, Callable[[bytes], bytes]]  # by the ending of the file
COMPRESSED: Encodings = {
    "": bytes,
    ".gz": lambda body: gzip.compress(body, compresslevel=9, mtime=0),
    ".br": lambda body: brotli.compress(body, mode=brotli.MODE_TEXT),
}


class Known(NamedTuple):
    """A page of the record: its content string, the cache version at which it was right last, and its groups."""

    shows: str
    version: int
    groups: Collection[str] | None = None  # None: every publication touches it


class ExportStore:
    """One folder of pages. ``complete_version`` is the version of all pages, None while some are missing or older."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.complete_version: int | None = None
        self.known: dict[str, Known] = {}  # by path
        with suppress(OSError, ValueError):
            record = json.loads((folder / RECORD).read_text())
            self.complete_version, self.known = (
                record["whole"],
                {path: Known(*page) for path, page in record["pages"].items()},
            )

    def save_record(self) -> None:
        """Write the record."""
        make_folder(self.folder)
        replace(self.folder / RECORD, json.dumps({"whole": self.complete_version, "pages": self.known}).encode())

    def prune(self, found: Mapping[str, str]) -> None:
        """Remove every page that is not in ``found`` (path → content string) or whose content string differs."""
        for path in sorted(self._paths(), key=len, reverse=True):  # subfolders first: a folder goes when it is empty
            if path not in found or self._content_at(path) != found[path]:
                self.remove(path)

    def expired_paths(self, now: datetime) -> list[str]:
        """Return the paths of the pages that must be taken down by ``now``."""
        times = {path: page.shows.partition(" ")[2] for path, page in self.known.items()}
        return [path for path, until in times.items() if until and datetime.fromisoformat(until) <= now]

    def keep_untouched(self, versions: Versions) -> None:
        """Note that the pages that no publication has touched since they were made are right at the current number.

        A page with a later number is not among them: it was made from a database that was replaced by its backup.
        """
        for path, page in self.known.items():
            if versions.of(page.groups) <= page.version < versions.number:
                self.known[path] = page._replace(version=versions.number)

    def stale_paths(self, found: Mapping[str, str], version: int) -> list[str]:
        """Return paths without a page of ``version``: missing pages first, then the oldest, else as in ``found``."""
        return sorted((path for path in found if self._version_at(path) != version), key=self._version_at)

    def put(self, path: str, body: bytes, page: Known, before: Path) -> None:
        """Write a page. One equal to the page in ``before`` stays the same file, and so keeps its ETag."""
        self.save(Path(path.lstrip("/")) / "index.html", body, before)
        self.known[path] = page

    def put_file(self, path: str, body: bytes, shows: str, version: int, before: Path) -> None:
        """Write a file whose name changes with its content, such as a picture. It is compressed already."""
        self.save(Path(path.lstrip("/")), body, before, {"": bytes})
        self.known[path] = Known(shows, version)

    def has(self, path: str) -> bool:
        """Return whether the file of ``path`` is there and in the record."""
        return path in self.known and self._file(path).is_file()

    def save(self, path: Path, body: bytes, before: Path, encodings: Encodings = COMPRESSED) -> None:
        """Write a file in each of ``encodings``, unless it equals the one in ``before``."""
        new, old = self.folder / path, before / path
        make_folder(new.parent)
        same = old.is_file() and old.read_bytes() == body
        for ending, compress in encodings.items():
            kept, place = old.with_name(old.name + ending), new.with_name(new.name + ending)
            if not (same and kept.is_file()):
                replace(place, compress(body))
            elif not (place.exists() and place.samefile(kept)):
                place.unlink(missing_ok=True)
                os.link(kept, place)

    def remove(self, path: str) -> None:
        """Remove a page in all its encodings, and its folder when that is empty."""
        page = self._file(path)
        for ending in COMPRESSED:
            page.with_name(page.name + ending).unlink(missing_ok=True)
        with suppress(OSError):
            page.parent.rmdir()
        self.known.pop(path, None)

    def _paths(self) -> Iterator[str]:
        for file in self.folder.rglob("*"):
            if file.name == "index.html":
                yield f"/{file.parent.relative_to(self.folder).as_posix()}/"
            elif file.is_file() and file.name != RECORD and file.suffix not in COMPRESSED:
                yield f"/{file.relative_to(self.folder).as_posix()}"

    def _file(self, path: str) -> Path:
        place = self.folder / path.lstrip("/")
        return place / "index.html" if path.endswith("/") else place

    def _content_at(self, path: str) -> str | None:
        return self.known[path].shows if path in self.known else None

    def _version_at(self, path: str) -> int:
        return self.known[path].version if self.has(path) else -1


def save_compressed(path: Path, body: bytes) -> None:
    """Write ``body`` in every encoding."""
    for ending, compress in COMPRESSED.items():
        replace(path.with_name(path.name + ending), compress(body))


def make_folder(path: Path) -> None:
    """Create ``path`` and its missing parents so that the web server can enter them, whatever the umask."""
    if path.is_dir():
        return
    make_folder(path.parent)
    path.mkdir(exist_ok=True)
    path.chmod(FOLDER)


def replace(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path`` in one step, readable for the web server. Leave an equal file untouched."""
    if path.is_file() and path.read_bytes() == content:
        return  # the modification time tells when the web server must read its configuration again
    new = path.with_name(f"{path.name}.new")
    new.write_bytes(content)
    new.chmod(FILE)
    new.replace(path)
