"""The pages of one build as files: put in place one by one, taken away one by one, with a record of what stands there.

The record says of each page what it showed and of which cache version it is. So a page that must go is known before any
other is made, and work that was broken off goes on where it stood.
"""

import gzip
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import brotli

RECORD = "record.json"  # the web server never asks for it: every file that it gives out is an index.html
FOLDER, FILE = 0o755, 0o644  # the web server is another user than the site
COMPRESSED: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    ".gz": lambda body: gzip.compress(body, compresslevel=9, mtime=0),
    ".br": lambda body: brotli.compress(body, mode=brotli.MODE_TEXT),
}


class ExportStore:
    """One folder of pages. ``whole``: the cache version of which every page is; None while some are missing or
    older."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.whole: int | None = None
        self.known: dict[str, tuple[str, int]] = {}  # by path: what the page showed, and of which version it is
        with suppress(OSError, ValueError):
            record = json.loads((folder / RECORD).read_text())
            self.whole, self.known = record["whole"], {path: tuple(page) for path, page in record["pages"].items()}

    def remember(self) -> None:
        """Write the record."""
        make_folder(self.folder)
        replace(self.folder / RECORD, json.dumps({"whole": self.whole, "pages": self.known}).encode())

    def take_away(self, found: Mapping[str, str]) -> None:
        """Remove every page that is not in ``found`` (by path: what it shows) or showed something else."""
        for path in sorted(self._paths(), key=len, reverse=True):  # inner ones first: a folder goes when it is empty
            if path not in found or self._showed(path) != found[path]:
                self.drop(path)

    def ended(self, now: datetime) -> list[str]:
        """Return the paths of the pages whose time to be taken down has come."""
        times = {path: shows.partition(" ")[2] for path, (shows, _version) in self.known.items()}
        return [path for path, until in times.items() if until and datetime.fromisoformat(until) <= now]

    def due(self, found: Mapping[str, str], version: int) -> list[str]:
        """The paths not of ``version`` yet: missing pages, then the oldest, else in the order of ``found``."""
        return sorted((path for path in found if self._version(path) != version), key=self._version)

    def put(self, path: str, body: bytes, shows: str, version: int, before: Path) -> None:
        """Put a page in place; the same page as in ``before`` stays the same file, so its tag stays the same."""
        self.save(Path(path.lstrip("/")) / "index.html", body, before)
        self.known[path] = (shows, version)

    def save(self, path: Path, body: bytes, before: Path) -> None:
        """Write a file, plain and compressed, unless the one in ``before`` is the same."""
        new, old = self.folder / path, before / path
        make_folder(new.parent)
        same = old.is_file() and old.read_bytes() == body
        for ending, compress in COMPRESSED.items():
            kept, place = old.with_name(old.name + ending), new.with_name(new.name + ending)
            if not (same and kept.is_file()):
                replace(place, compress(body))
            elif not (place.exists() and place.samefile(kept)):
                place.unlink(missing_ok=True)
                os.link(kept, place)

    def drop(self, path: str) -> None:
        """Take a page away in all its encodings; its folder, which has its name, goes too when it is empty."""
        page = self.folder / path.lstrip("/") / "index.html"
        for ending in COMPRESSED:
            page.with_name(page.name + ending).unlink(missing_ok=True)
        with suppress(OSError):
            page.parent.rmdir()
        self.known.pop(path, None)

    def _paths(self) -> Iterator[str]:
        for page in self.folder.rglob("index.html"):
            yield f"/{page.parent.relative_to(self.folder).as_posix()}/"

    def _showed(self, path: str) -> str | None:
        return self.known[path][0] if path in self.known else None

    def _version(self, path: str) -> int:
        there = path in self.known and (self.folder / path.lstrip("/") / "index.html").is_file()
        return self.known[path][1] if there else -1


def save_compressed(path: Path, body: bytes) -> None:
    """Write ``body`` in every encoding."""
    for ending, compress in COMPRESSED.items():
        replace(path.with_name(path.name + ending), compress(body))


def make_folder(path: Path) -> None:
    """Make ``path`` and its missing parents so that the web server can enter them, whatever the umask."""
    if path.is_dir():
        return
    make_folder(path.parent)
    path.mkdir(exist_ok=True)
    path.chmod(FOLDER)


def replace(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path`` in one step, readable for the web server. What is the same is left alone."""
    if path.is_file() and path.read_bytes() == content:
        return  # the time of change says when the web server must read its configuration again
    new = path.with_name(f"{path.name}.new")
    new.write_bytes(content)
    new.chmod(FILE)
    new.replace(path)
