"""Whether the collected styles and scripts are those of this version: a stamp in ``STATIC_ROOT`` says so."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import ManifestFilesMixin
from django.core.files.storage import storages
from django.utils.module_loading import import_string

from .build import files_id

STAMP_FILE = ".collected"


def is_current() -> bool:
    """Return whether pages can name their styles now; True where these are served from their sources."""
    # The storage itself is not asked: it reads its list once a process, which may be too early.
    backend = import_string(storages.backends["staticfiles"]["BACKEND"])  # type: ignore[index]
    return not issubclass(backend, ManifestFilesMixin) or is_stamped()


def is_stamped() -> bool:
    """Return whether all files of this version were collected."""
    stamp = _stamp()
    return stamp.is_file() and stamp.read_text() == _own_files()


def put_stamp() -> None:
    """Record that the files of this version are collected."""
    _stamp().write_text(_own_files())


def _stamp() -> Path:
    return Path(settings.STATIC_ROOT) / STAMP_FILE


@cache
def _own_files() -> str:
    return files_id()
