"""A file of a report that is gone although its row is there is noticed, until somebody writes the loss down."""

from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from reports.backup import making
from reports.cases import retention
from reports.evidence import missing, store
from reports.management.commands.housekeeping import TASKS
from reports.models import Case, Evidence
from reports.triage.panels import lost_files_panel
from tests.reports.intake.reporter import report_with_picture

pytestmark = pytest.mark.django_db
LOST = "no file of a report is lost"


@pytest.fixture
def case(in_demo, categories) -> Case:
    """A report with a picture."""
    return report_with_picture()


@pytest.fixture
def lose(settings, clock):
    """Takes the files away, and lets housekeeping look for long enough. Returns what puts them back."""

    def take_away():
        paths = [Path(settings.EVIDENCE_DIR) / store.name_of(pk) for pk in store.all_ids()]
        contents = {path: path.read_bytes() for path in paths}
        for path in paths:
            path.unlink()
        look(clock)
        return lambda: [path.write_bytes(content) for path, content in contents.items()]

    return take_away


def look(clock) -> None:
    TASKS["missing files noted"]()
    clock(minutes=11)
    TASKS["missing files noted"]()


def check(*options: str) -> str:
    out = StringIO()
    call_command("check_evidence", "--language", "en", *options, stdout=out)
    return out.getvalue()


@pytest.mark.logs_errors
def test_lost_file_is_shown_to_operator_and_desk(case, lose, client):
    assert client.get("/readyz").json()[LOST] is True
    lose()
    assert client.get("/readyz").json()[LOST] is False
    said = check()
    assert "a row without its file: 1" in said
    assert str(case.display_reference) in said


def test_desk_says_that_files_are_lost(case, lose, rf, moderator):
    before, after = (rf.get(reverse("admin:index")) for _visit in range(2))
    before.user = after.user = moderator
    assert lost_files_panel(before) is None
    lose()
    assert lost_files_panel(after)["count"] == 1


def test_public_node_names_no_report_with_a_lost_file(case, lose, settings):
    lose()
    settings.HAS_DESK = False
    assert str(case.display_reference) not in check()


def test_file_that_is_back_is_not_lost(case, lose, clock):
    put_back = lose()
    assert not missing.is_none_lost()
    put_back()
    look(clock)
    assert missing.is_none_lost()
    assert not missing.needed_backups()


def test_loss_that_was_written_down_is_over(case, lose):
    lose()
    assert "Losses written down: 1" in check("--record-loss")
    assert missing.is_none_lost()
    assert "a row without its file: 0" in check()


def test_erased_file_is_not_lost(case, clock):
    retention.erase(case, retention.WITHDRAWN)
    look(clock)
    assert not Evidence.objects.exists()
    assert missing.is_none_lost()


def test_view_copy_does_not_stand_in_for_its_file(case, settings, clock):
    [pk] = store.all_ids()
    store.write_copy(pk, 1, b"page")
    (Path(settings.EVIDENCE_DIR) / store.name_of(pk)).unlink()
    look(clock)
    assert not missing.is_none_lost()


def archive(folder: Path, days: int) -> str:
    """The name of an empty backup made so many days ago."""
    folder.mkdir(exist_ok=True)
    path = folder / making.NAME.format(timezone.now() - timedelta(days=days))
    path.touch()
    return path.name


def test_newest_backup_with_a_lost_file_stays(case, lose, tmp_path):
    folder = tmp_path / "backups"
    older, has_it, *_newer = [archive(folder, days) for days in (50, 40, 5, 4, 3)]
    lose()
    missing.note_in_backup(set(Evidence.objects.values_list("pk", flat=True)), has_it)
    making.delete_older_than(folder, 30)
    assert not (folder / older).exists()
    assert (folder / has_it).exists()
    missing.record_loss()
    making.delete_older_than(folder, 30)
    assert not (folder / has_it).exists()


def test_backup_with_a_lost_file_goes_after_twice_its_days(case, lose, tmp_path):
    folder = tmp_path / "backups"
    has_it, *_newer = [archive(folder, days) for days in (61, 5, 4, 3)]
    lose()
    missing.note_in_backup(set(Evidence.objects.values_list("pk", flat=True)), has_it)
    making.delete_older_than(folder, 30)
    assert not (folder / has_it).exists()
