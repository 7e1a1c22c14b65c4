"""The ledger takes only true events, survives a write that was cut off, and is replayed case by case."""

from pathlib import Path
from shutil import copytree

import pytest
from django.core.management import CommandError
from django.urls import reverse

from reports.cases import ledger, retention
from reports.cases.lifecycle import perform
from reports.models import Case, Event
from reports.triage.saved_views import cases_in
from tests.reports.backup.servers import restore
from tests.reports.triage.desk_pages import page_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
QUEUE = reverse("admin:reports_case_changelist")


def lost(case: Case, action: str) -> None:
    """Write a line about an event that the database of the backup does not have."""
    ledger.append([ledger.Line(ledger.today(), action, case.pk, "00" * 32)])


def borrow_seal(true: Event, action: str) -> None:
    """Add an event under the seal of a true one, as somebody could who has only the database."""
    copied = {"digest": true.digest, "key_id": true.key_id, "seal": true.seal, "at": true.at}
    Event.objects.create(case=true.case, number=99, action=action, side="system", facts={}, **copied)


@pytest.mark.safety("H6")
def test_new_code_that_is_lost_closes_the_messages(filed, supervisor, client):
    ledger.keep()
    lost(filed.case, "new_code")
    assert "Reporter changed the code" in restore("--replay")
    case = Case.objects.get()
    assert case.frozen_at
    client.force_login(supervisor)
    shown = client.get(QUEUE).text, client.get(page_of(case)).text
    assert ["mungkin bukan pelapor" in page for page in shown] == [True, True]
    assert ["ada yang menemukan kodenya" in page for page in shown] == [False, False]


@pytest.mark.safety("K12")
def test_restored_case_is_listed_until_a_lead_decides(file, child_safety, supervisor, moderator, client):
    case, at_risk = file(age="adult").case, file().case
    ledger.keep()
    lost(case, "hold"), lost(at_risk, "hold")
    restore("--replay")
    assert list(cases_in("restored", child_safety)) == [at_risk]
    client.force_login(moderator)
    assert "restored" not in [name for name, _label, _count in client.get(QUEUE).context["views"]]
    client.force_login(supervisor)
    row = "Cadangan dipulihkan: penanggung jawab memutuskan lagi"
    assert row in client.get(QUEUE, {"show": "restored"}).text
    perform(case, "lift_hold", by=supervisor, reason="Sudah diputuskan.")
    perform(case, "hold", by=supervisor, reason="Polisi meminta.")
    assert row not in client.get(QUEUE, {"show": "restored"}).text


def test_ledger_takes_no_event_with_a_borrowed_seal(filed, settings):
    perform(filed.case, "freeze")
    borrow_seal(Event.objects.latest("pk"), "erased")
    assert ledger.keep() == 1
    assert [line.action for line in ledger.read(ledger.files(settings.LEDGER_DIR))] == ["kept", "freeze"]


def test_line_that_was_cut_off_swallows_no_other(filed, settings):
    perform(filed.case, "withdraw", coerced="no")
    ledger.keep()
    [path] = ledger.files(settings.LEDGER_DIR)
    with path.open("a") as file:
        file.write('["cut')
    perform(filed.case, "freeze")
    assert ledger.keep() == 1
    assert [line and line.action for line in ledger.read([path])] == ["kept", "withdraw", None, "freeze"]


@pytest.mark.logs_errors
def test_hold_of_a_restore_is_proven_by_the_log(file, clock):
    case = file(age="adult").case
    ledger.keep()
    lost(case, "hold")
    restore("--replay")
    perform(case, "withdraw", coerced="no")
    Case.objects.update(hold=False)  # by somebody who has only the database
    clock(hours=73)
    assert retention.run_withdrawals() == 0


@pytest.mark.logs_errors
@pytest.mark.safety("K12")
def test_second_replay_that_fails_is_noticed_although_the_first_one_ended(file, settings, tmp_path, monkeypatch):
    broken = file().case
    ledger.keep()
    newer = Path(copytree(settings.LEDGER_DIR, tmp_path / "newer"))
    restore("--replay")
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(settings, "LEDGER_DIR", newer)
        lost(broken, "erased")
    monkeypatch.setattr(retention, "erase", lambda _case, _why: 1 / 0)
    with pytest.raises(CommandError, match="Not replayed because of an error"):
        restore("--replay", "--ledger", newer)
    with pytest.raises(ledger.DatabaseIsOlderError):
        ledger.keep()


@pytest.mark.logs_errors
@pytest.mark.safety("K12")
def test_case_that_cannot_be_replayed_stops_no_other(file, monkeypatch):
    broken, other = file().case, file().case
    ledger.keep()
    lost(broken, "erased")
    lost(other, "erased")
    erase = retention.erase
    monkeypatch.setattr(retention, "erase", lambda case, why: 1 / 0 if case.pk == broken.pk else erase(case, why))
    with pytest.raises(CommandError, match=f"Not replayed because of an error: {broken.display_reference}"):
        restore("--replay")
    assert Case.objects.get(pk=other.pk).state == "purged"
    with pytest.raises(ledger.DatabaseIsOlderError):
        ledger.keep()
