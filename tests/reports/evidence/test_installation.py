"""Housekeeping removes no evidence that another database may know, and keeps for a week what it removes."""

import os
import subprocess
import sys
from datetime import timedelta
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.utils import timezone

from reports.evidence import store
from reports.models import Case, Evidence, Installation
from tests.reports.evidence.uploads import on_disk
from tests.reports.intake.reporter import Reporter, add_files

pytestmark = pytest.mark.django_db
HOURS = 3600
OWN = "evidence belongs to this database"
WHOLE = "mark of the evidence folder is whole"


def sealed_files(settings) -> list[Path]:
    return [
        path
        for path in on_disk(settings)
        if store.FILE_NAME.fullmatch(path.name) and store.TRASH_FOLDER not in path.parts
    ]


def age(settings, hours: float = 2) -> None:
    """Let every file be as old as if it had been sent ``hours`` ago."""
    for path in on_disk(settings):
        past = timezone.now().timestamp() - hours * HOURS
        os.utime(path, (past, past))


@pytest.fixture
def clock(monkeypatch):
    """Moves the clock on: ``clock(days=1)``."""
    now, passed = timezone.now, []
    monkeypatch.setattr(timezone, "now", lambda: now() + sum(passed, timedelta()))
    return lambda **time: passed.append(timedelta(**time))


@pytest.fixture
def site(in_demo, categories):
    """A site that takes reports and whose housekeeping has run."""
    call_command("housekeeping")


@pytest.fixture
def reported(site, settings):
    """A report with a picture, sent through the form two hours ago."""
    add_files(Reporter()).send()
    age(settings)
    return Case.objects.get()


def run_with_an_empty_database(settings, tmp_path, *commands: str) -> str:
    """Run our commands as an operator does, with a database that was just made and the evidence of this site."""
    database = {"DATABASE_URL": f"sqlite:///{tmp_path}/other.sqlite3", "EVIDENCE_DIR": str(settings.EVIDENCE_DIR)}
    environment = {**os.environ, **database, "DJANGO_SETTINGS_MODULE": "safetycenter.settings", "DEBUG": "1"}
    output = ""
    for command in commands:
        done = subprocess.run(
            [sys.executable, "manage.py", command], env=environment, cwd=settings.BASE_DIR, capture_output=True
        )
        output += (done.stdout + done.stderr).decode()
    return output


@pytest.mark.slow
def test_housekeeping_on_an_empty_database_keeps_evidence(reported, settings, tmp_path):
    before = sealed_files(settings)
    said = run_with_an_empty_database(settings, tmp_path, "migrate", "housekeeping")
    assert before
    assert sealed_files(settings) == before
    assert "other installation" in said


def call_housekeeping(settings) -> int:
    """Run housekeeping; how many sealed files are gone from their place."""
    before = len(sealed_files(settings))
    call_command("housekeeping")
    return before - len(sealed_files(settings))


def lose_rows() -> None:
    """Let the database be one from before these files: an old backup."""
    Evidence.objects.all().delete()


@pytest.mark.logs_errors
def test_unmarked_evidence_of_unknown_origin_is_kept(reported, settings):
    (Path(settings.EVIDENCE_DIR) / store.MARKER_FILE).unlink()
    lose_rows()
    assert call_housekeeping(settings) == 0


@pytest.mark.slow
def test_unmarked_evidence_with_a_known_file_is_bound(reported, settings):
    (Path(settings.EVIDENCE_DIR) / store.MARKER_FILE).unlink()
    call_command("housekeeping")
    assert store.read_marker() == Installation.current()


@pytest.mark.slow
@pytest.mark.logs_errors
def test_sweep_refuses_a_large_share_of_all_files(site, settings):
    for _number in range(5):
        add_files(Reporter(), count=5).send()
    age(settings)
    lose_rows()
    assert call_housekeeping(settings) == 0
    call_command("check_evidence", "--sweep", stdout=StringIO())
    assert sealed_files(settings) == []


@pytest.mark.slow
def test_swept_file_returns_when_its_row_does(reported, settings):
    rows = list(Evidence.objects.all())
    lose_rows()
    assert call_housekeeping(settings) == 1
    Evidence.objects.bulk_create(rows)
    assert call_housekeeping(settings) == -1


@pytest.mark.slow
def test_trash_is_emptied_after_seven_days(reported, settings, clock):
    lose_rows()
    call_command("housekeeping")
    clock(days=7)
    call_command("housekeeping")
    assert store.trashed_ids()
    clock(days=1)
    call_command("housekeeping")
    assert not store.trashed_ids()


@pytest.mark.slow
def test_ended_draft_takes_its_files_with_it(site, settings, clock):
    add_files(Reporter())
    assert sealed_files(settings)
    clock(minutes=21)
    call_command("housekeeping")
    assert sealed_files(settings) == []
    assert not store.trashed_ids()


@pytest.mark.logs_errors
def test_readyz_says_that_evidence_is_of_another_installation(reported, client):
    assert client.get("/readyz").json()[OWN] is True
    store.write_marker(uuid4())
    assert client.get("/readyz").json()[OWN] is False


@pytest.mark.slow
@pytest.mark.sampled(2)
@pytest.mark.logs_errors
@pytest.mark.parametrize("content", [b"", b"no id", b"\xff\xfe"])
def test_damaged_mark_is_named_and_can_be_repaired(reported, client, settings, content):
    (Path(settings.EVIDENCE_DIR) / store.MARKER_FILE).write_bytes(content)
    answer = client.get("/readyz").json()
    assert (answer["database"], answer[WHOLE], answer[OWN]) == (True, False, False)
    assert call_housekeeping(settings) == 0
    out = StringIO()
    call_command("check_evidence", "--language", "en", stdout=out)
    assert "damaged mark" in out.getvalue()
    call_command("check_evidence", "--bind", stdout=out)
    assert client.get("/readyz").json()[WHOLE] is True


def test_operator_binds_evidence_by_command(reported):
    store.write_marker(uuid4())
    out = StringIO()
    call_command("check_evidence", "--language", "en", stdout=out)
    assert "belongs to another installation" in out.getvalue()
    call_command("check_evidence", "--bind", stdout=out)
    assert store.read_marker() == Installation.current()
