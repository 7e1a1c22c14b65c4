"""What tests of backup and restore share."""

import io
import os
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from tests import with_postgres


@pytest.fixture(autouse=True)
def own_var(settings, tmp_path):
    """A VAR_DIR for each test: a backup removes what others left there, and tests run in several processes."""
    settings.VAR = tmp_path / "var"
    settings.VAR.mkdir()


@pytest.fixture
def operator(settings, tmp_path, monkeypatch) -> Path:
    """The operator's private key; its public half is set."""
    out = io.StringIO()
    call_command("backup", make_key=tmp_path / "operator.private", stdout=out)
    settings.BACKUP_PUBLIC_KEY = re.search(r"BACKUP_PUBLIC_KEY=(\S+)", out.getvalue())[1]
    if connection.vendor == "postgresql":
        monkeypatch.setenv("PATH", f"{with_postgres.programs()}:{os.environ['PATH']}")
    return tmp_path / "operator.private"
