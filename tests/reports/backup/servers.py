"""Back up, and restore on another server."""

import io
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings as site
from django.core.management import call_command

from tests import cast
from tests.upgrade.database import empty_database


def backed_up(tmp_path: Path) -> Path:
    call_command("backup", str(tmp_path / "backups"), stdout=io.StringIO())
    [path] = (tmp_path / "backups").glob("*.backup")
    return path


def restore(*arguments: object) -> str:
    out = io.StringIO()
    call_command("restore", "--language", "en", *map(str, arguments), stdout=out)
    return out.getvalue()


@contextmanager
def new_server(monkeypatch, session_keys: Path, tmp_path: Path):
    """Another server: an empty database and empty folders, with the saved keys."""
    with empty_database(tmp_path), monkeypatch.context() as elsewhere:
        cast.use_folders(elsewhere, session_keys, tmp_path / "new")
        elsewhere.setattr(site, "PICTURES_DIR", tmp_path / "new" / "pictures")
        yield
