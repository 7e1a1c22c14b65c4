"""The build id: a digest of everything that determines a page except its content."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings

ROOTS = ("safetycenter", "education", "reports", "templates", "static", "locale", "requirements.txt")
# Settings that appear on the pages but are in no file; an operator may change them between two starts.
SHOWN_SETTINGS = ("DEBUG", "NODE", "SITE_NAME", "OPERATOR", "PUBLIC_URL", "QUICK_EXIT_URL", "ROOT_URLCONF")
SHOWN_PERIODS = (
    "KEEP_CONTACT_DAYS",
    "KEEP_FILES_DAYS",
    "KEEP_STORY_DAYS",
    "KEEP_URGENT_STORY_DAYS",
    "KEEP_CERTIFICATE_DAYS",
    "RECORD_DAYS",
)


@cache
def build_id() -> str:
    """Return twelve hex digits, equal on all nodes with the same files and settings. Computed once per process."""
    digest = hashlib.sha256(files_id().encode())
    for name in SHOWN_SETTINGS + SHOWN_PERIODS:
        digest.update(f"{name}={getattr(settings, name)!r}\0".encode())
    return digest.hexdigest()[:12]


def files_id() -> str:
    """Return twelve hex digits of the files alone, as they are now: equal for processes with different settings."""
    digest = hashlib.sha256()
    for path in _files(settings.BASE_DIR):
        digest.update(f"{path.relative_to(settings.BASE_DIR).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]


class Watch:
    """Notices that the files of the build have changed since it was made. Reads them only when their times differ."""

    def __init__(self) -> None:
        self.build, self.times = files_id(), _times()

    def has_changed(self) -> bool:
        """Return whether the files are those of another build by now."""
        if (times := _times()) == self.times:
            return False
        self.times = times
        return files_id() != self.build


def _times() -> list[tuple[str, int, int]]:
    with_times = ((path, path.stat()) for path in _files(settings.BASE_DIR))
    return [(str(path), stat.st_mtime_ns, stat.st_size) for path, stat in with_times]


def _files(base: Path) -> list[Path]:
    found = [path for root in ROOTS for path in [base / root, *(base / root).rglob("*")]]
    return sorted(path for path in found if path.is_file() and "__pycache__" not in path.parts)
