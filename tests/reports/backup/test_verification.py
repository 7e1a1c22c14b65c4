"""The verification after a restore reads what was written, and a restore that it finds faults in fails."""

import sys
import uuid
from pathlib import Path
from shutil import copytree

import pytest
from django.conf import settings as site
from django.core.management import CommandError
from django.utils import translation

from reports.backup import databases
from reports.cases import ledger
from reports.evidence import store
from reports.models import Case, Evidence
from safetycenter import heartbeat_files
from tests.cast import GROOMED
from tests.reports.backup.servers import backed_up, new_server, restore
from tests.reports.intake.reporter import report_with_picture
from tests.reports.verification_attacks import Attacker, sql

pytestmark = [pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def saved(operator, settings, tmp_path, categories, in_demo):
    """A backup of a report with a file and of a picture of the library."""
    settings.PICTURES_DIR = tmp_path / "library"
    settings.PICTURES_DIR.mkdir()
    (settings.PICTURES_DIR / "drawing.png").write_bytes(b"a drawing")
    report_with_picture()
    ledger.keep()
    return backed_up(tmp_path), operator, settings.LEDGER_DIR


@pytest.fixture
def fails(saved, monkeypatch, session_keys, tmp_path):
    """Restore, with ``damage`` done once everything is written; what the command says when it fails."""
    backup, operator, live = saved

    def restored(damage) -> str:
        with new_server(monkeypatch, session_keys, tmp_path), monkeypatch.context() as damaging:
            load = databases.load
            damaging.setattr(databases, "load", lambda dump: (load(dump), damage()))
            with pytest.raises(CommandError, match="The restored site has faults") as error:
                restore(backup, "--key", operator, "--ledger", live)
        assert error.value.returncode == 1
        return str(error.value)

    return restored


def evidence() -> Path:
    return Path(site.EVIDENCE_DIR, store.name_of(Evidence.objects.get().pk))


def drawing() -> Path:
    return Path(site.PICTURES_DIR, "drawing.png")


def cut(path: Path) -> None:
    path.write_bytes(b"")


def flip(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))


@pytest.mark.safety("K12")
@pytest.mark.parametrize("place", [evidence, drawing])
@pytest.mark.parametrize(
    ("damage", "missing", "other"), [(cut, 0, 1), (flip, 0, 1), (Path.unlink, 1, 0)], ids=["cut", "flipped", "gone"]
)
def test_restore_reads_what_it_stored(fails, place, damage, missing, other):
    said = fails(lambda: damage(place()))
    assert f"Stored files that are missing: {missing}; that differ from the backup: {other}." in said


def test_restore_counts_the_rows(fails):
    assert "The number of rows differs in reports_evidence." in fails(Evidence.objects.all().delete)


def test_restore_misses_the_file_of_a_row(fails):
    assert "Files of reports that are missing: 1." in fails(lambda: Evidence.objects.update(id=uuid.uuid4()))


@pytest.mark.logs_errors
def test_restore_finds_a_changed_audit_log(fails):
    def change() -> None:
        with Attacker():
            sql("UPDATE reports_event SET action = 'viewed' WHERE number = 1")

    assert "Faults in the audit log: 1." in fails(change)


def test_restore_finds_a_report_that_does_not_open(fails):
    said = fails(lambda: Case.objects.update(answers=b"nothing"))
    assert "Reports opened as a sample with their files: 0; failed: 1" in said


@pytest.mark.safety("K12")
@pytest.mark.parametrize("audiences", [["desk"], ["child_safety"], ["desk", "child_safety"]])
def test_restore_knows_which_keys_this_desk_has(
    operator, settings, session_keys, tmp_path, file, monkeypatch, audiences
):
    file(base=GROOMED)  # for child safety
    ledger.keep()
    backup, live, settings.DESK_AUDIENCES = backed_up(tmp_path), settings.LEDGER_DIR, audiences
    keys = Path(copytree(session_keys, tmp_path / "keys"))
    (keys / "child_safety.private").unlink()
    with new_server(monkeypatch, keys, tmp_path):
        if audiences == ["desk"]:
            assert "failed: 0; no key here: 1" in restore(backup, "--key", operator, "--ledger", live)
        else:
            with pytest.raises(CommandError, match="failed: 1; no key here: 0"):
                restore(backup, "--key", operator, "--ledger", live)


@pytest.mark.slow
@translation.override("en")
def test_drill_reads_what_it_stored(saved, monkeypatch, tmp_path):
    backup, operator, _live = saved
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\nshift\nexec "{sys.executable}" -m tests.reports.backup.cut_files "$@"\n')
    python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))
    with pytest.raises(CommandError, match="The drill failed") as error:
        restore(backup, "--key", operator, "--drill")
    assert "that differ from the backup: 1." in str(error.value)
    assert error.value.returncode == 1
    assert heartbeat_files.last(heartbeat_files.LAST_DRILL) is None
