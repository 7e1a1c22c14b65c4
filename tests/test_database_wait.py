"""A database that starts after the site, as after a reboot: the units wait for it, then say what is wrong."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests import with_postgres

ROOT = Path(settings.BASE_DIR)
WAITS = ["set_up --wait 60", "backup backups --wait 60"]
LATER = {WAITS[0]: "does not fit this version", WAITS[1]: "BACKUP_PUBLIC_KEY"}  # what each says of an empty database

pytestmark = [pytest.mark.slow, pytest.mark.processes]


@pytest.fixture(scope="module")
def server():
    """A PostgreSQL that can be stopped and started."""
    with with_postgres.running() as server:
        yield server


def begin(url: str, folder: Path, command: str) -> subprocess.Popen:
    """Start a command of a public node, or of a desk for a backup, with this database; Indonesian is the default."""
    node = "public" if command.startswith("set_up") else "desk"
    given = {"DATABASE_URL": url, "VAR_DIR": str(folder), "NODE": node, "DEBUG": "1", "PYTHONUNBUFFERED": "1"}
    language = [] if node == "public" else ["--language", "en"]
    arguments = [sys.executable, "manage.py", *command.split(), *language]
    return subprocess.Popen(
        arguments, cwd=ROOT, env=os.environ | given, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


@pytest.mark.parametrize("command", WAITS)
def test_command_waits_for_a_database_that_starts_later(server, tmp_path, command):
    url = with_postgres.url_of(server)
    server.stop()
    with begin(url, tmp_path, command) as process:
        assert process.stdout.readline().startswith("The database does not answer yet.")
        server.start()
        said = process.communicate(timeout=60)[1]
    assert LATER[command] in said
    assert "Traceback" not in said


@pytest.mark.parametrize("command", ["set_up", "backup backups --wait 1"])
def test_missing_database_is_one_sentence(tmp_path, command):
    with begin(f"postgres://postgres@/{tmp_path}/postgres", tmp_path, command) as process:
        said = process.communicate(timeout=60)[1]
    assert process.returncode == 1
    assert "Start PostgreSQL, and check DATABASE_URL" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(("unit", "command"), [("site", "set_up"), ("backup", "backup /mnt/elsewhere/backups")])
def test_unit_waits_at_least_a_minute(unit, command):
    lines = (ROOT / f"deploy/{unit}.service").read_text().splitlines()
    [line] = [line for line in lines if f"manage.py {command}" in line]
    assert int(line.rpartition("--wait ")[2]) >= 60
