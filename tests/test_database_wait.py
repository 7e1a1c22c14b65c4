"""A database that starts after the site, as after a reboot: the units wait for it, then say what is wrong."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests import with_postgres

ROOT = Path(settings.BASE_DIR)
# What the command of a unit says of an empty database.
LATER = {"site": "does not fit this version", "backup": "BACKUP_PUBLIC_KEY"}

pytestmark = [pytest.mark.slow, pytest.mark.processes]


@pytest.fixture(scope="module")
def server():
    """A PostgreSQL that can be stopped and started."""
    with with_postgres.running() as server:
        yield server


def command_of(unit: str) -> str:
    """What a shipped unit runs, from its own file: the arguments of manage.py."""
    lines = (ROOT / f"deploy/{unit}.service").read_text().splitlines()
    [line] = [line for line in lines if line.startswith("Exec") and "--wait" in line]
    return line.partition("manage.py ")[2]


def begin(url: str, folder: Path, command: str) -> subprocess.Popen:
    """Start a command of a public node, or of a desk for a backup, with this database; Indonesian is the default."""
    node = "public" if command.startswith("set_up") else "desk"
    given = {"DATABASE_URL": url, "VAR_DIR": str(folder), "NODE": node, "DEBUG": "1", "PYTHONUNBUFFERED": "1"}
    language = [] if node == "public" else ["--language", "en"]
    arguments = [sys.executable, "manage.py", *command.split(), *language]
    return subprocess.Popen(
        arguments, cwd=ROOT, env=os.environ | given, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


@pytest.mark.parametrize("unit", LATER)
def test_command_of_a_unit_waits_for_a_database_that_starts_later(server, tmp_path, unit):
    url = with_postgres.url_of(server)
    server.stop()
    with begin(url, tmp_path, command_of(unit).replace("/mnt/elsewhere", str(tmp_path))) as process:
        assert process.stdout.readline().startswith("The database does not answer yet.")
        server.start()
        said = process.communicate(timeout=60)[1]
    assert LATER[unit] in said
    assert "Traceback" not in said


@pytest.mark.parametrize("command", ["set_up", "backup backups --wait 1"])
def test_missing_database_is_one_sentence(tmp_path, command):
    with begin(f"postgres://postgres@/{tmp_path}/postgres", tmp_path, command) as process:
        said = process.communicate(timeout=60)[1]
    assert process.returncode == 1
    assert "Start PostgreSQL, and check DATABASE_URL" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("unit", LATER)
def test_unit_waits_at_least_a_minute(unit):
    assert int(command_of(unit).rpartition("--wait ")[2]) >= 60


@pytest.mark.parametrize("command", ["restore --accounts", "retention", "forget_second_factor rina"])
def test_any_command_without_its_database_ends_in_a_sentence(tmp_path, command):
    given = {"DATABASE_URL": f"postgres://postgres@/{tmp_path}/postgres", "VAR_DIR": str(tmp_path), "DEBUG": "0"}
    arguments = [sys.executable, "manage.py", *command.split()]
    done = subprocess.run(arguments, cwd=ROOT, env=os.environ | given, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("CommandError: Basis data tidak melakukan ini (connection to server")
    assert ("--traceback" in done.stderr, "Traceback" in done.stderr) == (True, False)
