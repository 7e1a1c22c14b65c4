"""A restore on the usual server sets later decisions again, and refuses a ledger that ends too early."""

import json
from contextlib import suppress
from io import StringIO
from pathlib import Path
from shutil import copytree

import pytest
from django.conf import settings as site
from django.core.management import CommandError, call_command

from reports.cases import ledger
from reports.cases.lifecycle import perform
from reports.cases.verification import anchors, register
from reports.models import Case
from reports.triage.flags import flags
from safetycenter.accounts import invitations
from tests.reports.backup.servers import backed_up, new_server, restore

pytestmark = pytest.mark.both_databases
on_both = pytest.mark.django_db(transaction=True)
WHY = "Lihat register."


@on_both
@pytest.mark.safety("K7")
def test_restore_sets_later_decisions_again(
    monkeypatch, operator, session_keys, settings, tmp_path, file, supervisor, moderator
):
    held, locked, hidden = (file(age="adult").case for _number in range(3))
    token = invitations.invite(supervisor, "baru", "", ["moderator"])
    backup = backed_up(tmp_path)
    perform(held, "hold", by=supervisor, reason=WHY)
    perform(locked, "lock", by=supervisor, reason=WHY)
    perform(hidden, "exclude", by=supervisor, person=moderator, reason=WHY)
    ledger.keep()
    live = settings.LEDGER_DIR
    with new_server(monkeypatch, session_keys, tmp_path):
        assert "baru" in restore(backup, "--key", operator, "--ledger", live)
        assert invitations.find(token) is None
        assert set(Case.objects.values_list("hold", flat=True)) == {True}
        held, locked = (Case.objects.with_data_requests().get(pk=case.pk) for case in (held, locked))
        assert (locked.restricted, locked.files_forbidden) == (True, True)
        assert locked.suspected_material_at
        assert not Case.objects.visible_to(moderator).filter(pk__in=[hidden.pk, locked.pk]).exists()
        assert any("Cadangan dipulihkan" in text for _kind, text in flags(held, held.events.order_by("-number")))
        restore("--replay", "--ledger", live)
        assert held.events.filter(action="after_restore").count() == 1


@on_both
@pytest.mark.safety("K12")
def test_restore_on_the_usual_server_finds_no_fault(monkeypatch, operator, session_keys, settings, tmp_path, file):
    settings.RECORD_ANCHOR_DIR, head = str(tmp_path), settings.RECORD_HEAD
    file()
    backup = backed_up(tmp_path)  # the last events are not countersigned
    file()
    register.countersign()
    anchors.send()
    ledger.keep()
    live = settings.LEDGER_DIR
    with new_server(monkeypatch, session_keys, tmp_path):
        monkeypatch.setattr(site, "RECORD_HEAD", head)
        said = restore(backup, "--key", operator, "--ledger", live)
        assert "FAULT" not in said
        assert "Anchors newer than the backup: 1" in said
        assert register.is_countersigned()
        assert not anchors.contradicted_entries()


@on_both
@pytest.mark.parametrize(("days", "is_old"), [(2, False), (4, True)])
def test_restored_site_knows_the_age_of_its_backup(
    monkeypatch, operator, session_keys, settings, tmp_path, filed, clock, days, is_old
):
    ledger.keep()
    backup, last = backed_up(tmp_path), ledger.today()
    clock(days=days)
    live = settings.LEDGER_DIR
    with new_server(monkeypatch, session_keys, tmp_path):
        settings.VAR = tmp_path / "machine"
        settings.VAR.mkdir()
        restore(backup, "--key", operator, "--ledger", live, "--ledger-ends", last)
        assert any("Last backup" in line for line in wrong_lines()) == is_old


def wrong_lines() -> list[str]:
    """What the doctor calls wrong on this machine."""
    said = StringIO()
    with suppress(CommandError):
        call_command("doctor", "--offline", "--language", "en", stdout=said)
    return [line for line in said.getvalue().splitlines() if line.startswith("wrong")]


@on_both
@pytest.mark.safety("K12")
def test_ledger_that_ends_too_early_is_refused(monkeypatch, operator, session_keys, settings, tmp_path, filed, clock):
    ledger.keep()
    backup, last = backed_up(tmp_path), ledger.today()
    clock(days=3)
    [path] = ledger.files(settings.LEDGER_DIR)
    live = settings.LEDGER_DIR
    with new_server(monkeypatch, session_keys, tmp_path):
        with pytest.raises(CommandError, match=f"whole from the backup until {last} only"):
            restore(backup, "--key", operator, "--ledger", live)
        content, _key, seal = json.loads(path.read_text())
        path.write_text(json.dumps([content, "00" * 8, seal]) + "\n")
        with pytest.raises(CommandError, match="a key that is not in KEYS_DIR"):
            restore(backup, "--key", operator, "--ledger", live, "--ledger-ends", last)
        path.write_text("")
        assert "Restored." in restore(
            backup, "--key", operator, "--ledger", live, "--ledger-ends", ledger.whole_until([], last)
        )


def withdraw_after_copy(case: Case, copy: Path) -> None:
    """Copy the ledger of this server; what the reporter withdraws afterwards is in the ledger and not in the copy."""
    ledger.keep()
    copytree(site.LEDGER_DIR, copy)
    perform(case, "withdraw", coerced="no")
    ledger.keep()


@on_both
@pytest.mark.safety("K4")
def test_restore_also_applies_the_ledger_of_this_server(monkeypatch, operator, session_keys, settings, tmp_path, file):
    case, live = file(age="adult").case, settings.LEDGER_DIR
    backup = backed_up(tmp_path)
    withdraw_after_copy(case, tmp_path / "copy")
    (tmp_path / "new").mkdir()
    with new_server(monkeypatch, session_keys, tmp_path):
        monkeypatch.setattr(site, "LEDGER_DIR", live)  # its disk has survived, and is newer than the copy
        assert "Reporter asked for withdrawal: 1" in restore(backup, "--key", operator, "--ledger", tmp_path / "copy")
        assert Case.objects.get(pk=case.pk).withdraw_at


@on_both
@pytest.mark.safety("K4")
def test_restore_completes_the_ledger_of_this_server(monkeypatch, operator, session_keys, settings, tmp_path, file):
    case, live = file(age="adult").case, settings.LEDGER_DIR
    backup = backed_up(tmp_path)
    withdraw_after_copy(case, tmp_path / "old")
    (tmp_path / "new").mkdir()
    with new_server(monkeypatch, session_keys, tmp_path):
        monkeypatch.setattr(site, "LEDGER_DIR", tmp_path / "old")
        restore(backup, "--key", operator, "--ledger", live)
    kept = [line.action for line in ledger.read(ledger.files(tmp_path / "old")) if line]
    assert kept == ["kept", "withdraw", "restoring", "restored"]


@on_both
@pytest.mark.safety("K4")
def test_days_of_an_empty_new_server_complete_no_ledger(
    monkeypatch, operator, session_keys, settings, tmp_path, filed, clock
):
    ledger.keep()
    backup, last, live = backed_up(tmp_path), ledger.today(), settings.LEDGER_DIR
    with new_server(monkeypatch, session_keys, tmp_path):
        for _day in range(3):
            clock(days=1)
            ledger.append([ledger.Line(ledger.today(), ledger.KEPT)])  # its housekeeping ran before anybody restored
        with pytest.raises(CommandError, match=f"whole from the backup until {last} only"):
            restore(backup, "--key", operator, "--ledger", live)
        assert "Restored." in restore(backup, "--key", operator, "--ledger", live, "--ledger-ends", last)
