"""A backup is restored into an empty place, and what was withdrawn or erased since does not come back."""

import io
from base64 import b64decode
from pathlib import Path

import environ
import pytest
from django.conf import settings as site
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import translation

from reports.backup import archive, databases, drill, making, temporary
from reports.cases import ledger, retention
from reports.cases.case_effects import renewal
from reports.cases.lifecycle import perform
from reports.crypto.vault import keys
from reports.evidence import missing, store
from reports.models import Case, Event, Evidence, SealedSession
from reports.models.data_key import DataKey
from tests.database import on_postgresql
from tests.reports.backup.servers import backed_up, new_server, restore
from tests.reports.intake.reporter import Reporter, add_files, report_with_picture

pytestmark = pytest.mark.both_databases
on_both = pytest.mark.django_db(transaction=True)


@on_both
@pytest.mark.slow
@pytest.mark.safety("K4")
def test_restore_keeps_what_was_withdrawn_erased(
    monkeypatch, operator, session_keys, settings, tmp_path, clock, file, in_demo
):
    stays, goes, found = report_with_picture(), file(age="adult").case, file(age="adult").case
    add_files(Reporter())  # a draft, which no backup keeps
    asks = file(age="adult").case
    backup, live = backed_up(tmp_path), settings.LEDGER_DIR
    perform(goes, "withdraw", coerced="no")
    for _day in range(3):
        ledger.keep()
        clock(hours=24)
    ledger.keep()
    clock(hours=1)  # perhaps another day
    assert retention.run_withdrawals() == 1
    perform(asks, "withdraw", coerced="no")
    perform(found, "freeze")
    assert ledger.keep() == 3
    assert str(goes.display_reference) not in next(iter(ledger.files(live))).read_text()
    with new_server(monkeypatch, session_keys, tmp_path):
        said = restore(backup, "--key", operator, "--ledger", live)
        assert "FAULT" not in said
        for done in ("Erased", "Reporter says someone found the code", "Reporter asked for withdrawal"):
            assert f"{done}: 1" in said
        assert "Reports opened as a sample with their files: 3" in said
        assert Case.objects.get(pk=goes.pk).state == "purged"
        assert not DataKey.objects.filter(case=goes.pk).exists()
        assert Case.objects.get(pk=asks.pk).withdraw_at
        assert Case.objects.get(pk=found.pk).frozen_at
        assert Evidence.objects.get().case_id == stays.pk
        assert not SealedSession.objects.exists()
        assert restore("--replay", "--ledger", live).startswith("From the ledger, nothing was to be done.")
        assert ledger.keep() > 0  # what the replay recorded; the database is not behind any more
        with pytest.raises(CommandError, match="The database is not empty"):
            restore(backup, "--key", operator, "--ledger", live)


@on_both
@pytest.mark.slow
@translation.override("en")
def test_drill_restores_elsewhere_and_removes_it(operator, tmp_path, filed, settings):
    backup = backed_up(tmp_path)
    before = Event.objects.count()
    said = drill.run(backup, operator, [])
    assert "The drill succeeded" in said
    assert "The audit log is intact." in said
    assert Event.objects.count() == before
    assert not list(settings.VAR.glob(f"{temporary.PREFIX}*"))


@translation.override("en")
def test_drill_never_gets_the_database_of_the_site():
    for url in (
        "postgres://role:secret@db:5432/live?sslmode=require&sslrootcert=/etc/ssl/live",
        "postgres://role@%2Frun%2Fpostgresql/live?sslrootcert=/live",
        "postgres://role@//run/postgresql/live",
    ):
        config = environ.Env.db_url_config(drill.database_url(url, "drill_1"))
        assert config == environ.Env.db_url_config(url) | {"NAME": "drill_1"}
    with pytest.raises(archive.BackupError, match="must name its database"):
        drill.database_url("postgres://role@db/live?dbname=live", "drill_1")


@on_both
@on_postgresql
@translation.override("en")
def test_drill_of_a_role_that_makes_no_database_says_so(operator, tmp_path, filed):
    backup = backed_up(tmp_path)
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE no_databases; SET ROLE no_databases")
        try:
            with pytest.raises(archive.BackupError, match="may not create a database"):
                drill.run(backup, operator, [])
        finally:
            cursor.execute("RESET ROLE; DROP ROLE no_databases")


@on_both
@pytest.mark.slow
def test_backup_without_a_file_fails_and_names_the_last_with_it(operator, tmp_path, in_demo, categories, clock):
    report_with_picture()
    before = backed_up(tmp_path)
    [pk] = store.all_ids()
    (Path(site.EVIDENCE_DIR) / store.name_of(pk)).unlink()
    for _night in range(2):
        clock(hours=24)
        with pytest.raises(CommandError, match="check_evidence"):
            call_command("backup", str(tmp_path / "backups"), stdout=io.StringIO())
        assert Evidence.objects.get().last_backup == before.name
    clock(hours=1)
    missing.record_loss()
    call_command("backup", str(tmp_path / "backups"), stdout=io.StringIO())


@translation.override("en")
def test_drill_says_nothing_of_a_case():
    said = drill._without_cases("ok    All 9 tables\n  ABCD-1234  restrict\n  EFGH-5678  hold\nRestored.\n")
    assert said == "ok    All 9 tables\nDecided after the backup, for a person to decide again: 2\n"
    trace = 'Traceback\n  File "x"\ndjango.db.utils.IntegrityError: x\nDETAIL:  Key (reference)=(ABCD-1234) exists.\n'
    assert "IntegrityError" in drill._reason(trace)
    assert "ABCD" not in drill._reason(trace)
    errors = io.BytesIO(b'pg_restore: error: COPY failed for table "t": ERROR:  bad: "ABCD"\nCONTEXT:  COPY t: "ABCD"')
    sentence = str(databases._tool_failed("pg_restore", errors))
    assert 'COPY failed for table "t".' in sentence
    assert "ABCD" not in sentence


@on_both
def test_backup_starts_again_when_a_report_is_renewed(operator, tmp_path, file, in_demo, monkeypatch):
    case, numbers = report_with_picture(), iter(range(9))

    def meanwhile(*arguments, add=making._add_file):
        if next(numbers) == 0:
            case.refresh_from_db()
            renewal.renew(case, keys.CHILD_SAFETY)
        return add(*arguments)

    monkeypatch.setattr(making, "_add_file", meanwhile)
    names = [name for name, _file in archive.members(backed_up(tmp_path), archive.private_key(operator))]
    assert any(Evidence.objects.get().pk.hex in name for name in names)


@on_both
def test_backup_removes_what_a_killed_one_left(operator, tmp_path, settings):
    (tmp_path / "backups").mkdir()
    part = tmp_path / "backups" / "safetycenter-20260101-000000.part"
    part.touch()
    left = settings.VAR / f"{temporary.PREFIX}x"
    left.mkdir()
    (left / temporary.DATABASE).write_text("safetycenter_drill_left")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("CREATE DATABASE safetycenter_drill_left")
    with temporary.folder() as used:
        backed_up(tmp_path)
        assert used.exists()
    assert not part.exists()
    assert not left.exists()
    assert not used.exists()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT FROM pg_database WHERE datname = 'safetycenter_drill_left'")
            assert cursor.rowcount == 0


@pytest.mark.django_db
def test_wrong_clock_leaves_three_backups(tmp_path):
    for day in range(1, 7):
        (tmp_path / f"safetycenter-202001{day:02}-000000.backup").touch()
    assert making.delete_older_than(tmp_path, 30) == 3
    assert sorted(path.name[19:21] for path in tmp_path.glob("*.backup")) == ["04", "05", "06"]


@on_both
def test_backup_that_cannot_be_used_changes_nothing(monkeypatch, operator, session_keys, tmp_path, filed, settings):
    backup, other = backed_up(tmp_path), tmp_path / "other.private"
    archive.make_pair(other)
    cut = tmp_path / "cut.backup"
    cut.write_bytes(backup.read_bytes()[:-1000])
    newer = tmp_path / "newer.backup"
    newer.write_bytes(b"SAFETYCENTER-BACKUP 2\n" + bytes(200))
    ledger.keep()
    perform(filed.case, "freeze")
    ledger.keep()
    for path, key, sentence in (
        (backup, other, "does not open this backup"),
        (cut, operator, "cut short or was changed"),
        (newer, operator, "one of a newer version"),
        (tmp_path / "nothing", operator, "cannot be read"),
        (backup, tmp_path / "nothing", "is no private key"),
    ):
        with pytest.raises(CommandError, match=sentence):
            restore(path, "--key", key)
    with monkeypatch.context() as keyless:
        keyless.setattr(site, "KEYS_DIR", tmp_path / "no-keys")
        with pytest.raises(CommandError, match="The keys are not here"):
            restore(backup, "--key", operator)
    settings.LEDGER_DIR = tmp_path / "another-disk"  # what is in it is applied too
    with pytest.raises(CommandError, match="No ledger was found"):
        restore(backup, "--key", operator, "--ledger", tmp_path)


@on_both
@pytest.mark.slow
def test_backup_has_no_key(operator, session_keys, tmp_path, filed):
    opened = dict.fromkeys(("head.json", "manifest.json", "database"), b"")
    for name, file in archive.members(backed_up(tmp_path), archive.private_key(operator)):
        opened[name.partition("/")[0]] += file.read()
    assert opened.keys() == {"head.json", "manifest.json", "database"}
    own = [path for path in Path(session_keys).glob("*") if path.suffix != ".public"]
    for private in (*own, operator):
        text = private.read_bytes().strip()
        assert not any(text in content or b64decode(text) in content for content in opened.values())


@on_both
@pytest.mark.slow
def test_backup_that_no_desk_made_is_refused(operator, session_keys, settings, tmp_path, filed, monkeypatch):
    with monkeypatch.context() as attacker:
        keys.make(tmp_path / "their-keys")
        attacker.setattr(site, "KEYS_DIR", tmp_path / "their-keys")
        forged = backed_up(tmp_path)
    with pytest.raises(CommandError, match="No staff dashboard of this site made this backup"):
        restore(forged, "--key", operator, "--check")


@pytest.mark.django_db
def test_ledger_line_that_no_desk_wrote_erases_nothing(filed, settings):
    perform(filed.case, "freeze")
    assert ledger.keep() == 1
    [path] = ledger.files(settings.LEDGER_DIR)
    path.write_text(path.read_text().replace("freeze", "erased"))
    said = restore("--replay")
    assert "which no staff dashboard of this site wrote: 1" in said
    assert Case.objects.get().state != "purged"


@pytest.mark.django_db
def test_database_behind_its_ledger_is_noticed(filed, file, settings):
    perform(filed.case, "freeze")
    ledger.keep()
    *_day, line = ledger.read(ledger.files(settings.LEDGER_DIR))
    ledger.append([ledger.Line(line.day, "freeze", line.case_id, "00" * 32)])  # an event that this database lost
    with pytest.raises(ledger.DatabaseIsOlderError):
        ledger.keep()
    restore("--replay")
    assert ledger.keep() >= 0
