"""Whether the collected styles and scripts are those of this version: a stamp in ``STATIC_ROOT`` says so."""

import hashlib
import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import ManifestFilesMixin
from django.core.files.storage import storages
from django.utils.module_loading import import_string

from .build import files_id

STAMP_FILE = ".collected"


def has_names() -> bool:
    """Return whether pages name collected files; False where styles are served from their sources."""
    # The storage itself is not asked: it reads its list once a process, which may be too early.
    return issubclass(import_string(_backend()), ManifestFilesMixin)


def is_current() -> bool:
    """Return whether pages can name their styles now."""
    return not has_names() or is_stamped()


def is_stamped() -> bool:
    """Return whether all files of this version were collected, to the end."""
    return _stamp().get("version") == _version()


def is_whole() -> bool:
    """Return whether all files of this version were collected and none of them changed or went since."""
    return is_stamped() and not _has_changed()


def is_broken() -> bool:
    """Return whether a run did not reach its end, or a collected file changed or went: only clearing mends that."""
    return "files" not in _stamp() or _has_changed()


def begin() -> None:
    """Record that files are being collected, so that a run that is interrupted is noticed by the next one."""
    _write({})


def put_stamp() -> None:
    """Record that the files of this version are collected, and what is in them."""
    root = Path(settings.STATIC_ROOT)
    paths = sorted(path for path in root.rglob("*") if path.is_file() and path.name != STAMP_FILE)
    _write({"version": _version(), "files": {str(path.relative_to(root)): _digest(path) for path in paths}})


def _write(stamp: dict) -> None:
    root = Path(settings.STATIC_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    (root / STAMP_FILE).write_text(json.dumps(stamp))


def _stamp() -> dict:
    """Return the stamp; one without a version where there is none that this version can read."""
    try:
        stamp = json.loads((Path(settings.STATIC_ROOT) / STAMP_FILE).read_text())
    except (OSError, ValueError):
        stamp = None
    return stamp if isinstance(stamp, dict) else {"files": {}}


def _has_changed() -> bool:
    """Compare contents, for a fraction of a second: a copy that broke off may have the size and time of a whole one."""
    root = Path(settings.STATIC_ROOT)
    return any(_digest(root / name) != digest for name, digest in _stamp()["files"].items())


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _version() -> str:
    """Return a digest of all that decides what is collected: our files, those of packages, and how they are named."""
    digest = hashlib.sha256(f"{_own_files()} {_backend()} {settings.STATIC_URL}".encode())
    sources = [(name, storage.path(name)) for finder in get_finders() for name, storage in finder.list([])]
    for name, path in sorted(sources):
        digest.update(f"\0{name}\0{_digest(Path(path))}".encode())
    return digest.hexdigest()[:12]


def _backend() -> str:
    return storages.backends["staticfiles"]["BACKEND"]  # type: ignore[index]


@cache
def _own_files() -> str:
    return files_id()
