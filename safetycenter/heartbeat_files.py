"""When this server last made a backup, tried to restore one, and tried the saved keys: files outlive the database."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from . import private_files

LAST_BACKUP, LAST_DRILL, LAST_KEY_CHECK = "last_backup", "last_drill", "last_key_check"


def note(name: str, at: datetime | None = None) -> None:
    """Record that ``name`` succeeded ``at`` (now, if not given)."""
    private_files.replace(Path(settings.VAR) / name, (at or timezone.now()).isoformat().encode())


def last(name: str) -> datetime | None:
    """Return when ``name`` last succeeded here; None if never, or if the file cannot be read."""
    try:
        return datetime.fromisoformat((Path(settings.VAR) / name).read_text())
    except (OSError, ValueError):
        return None
