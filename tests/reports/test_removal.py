"""The record of an erased case ends after its period, as a whole, with a signed checkpoint, and in no other way."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from reports.cases import retention
from reports.cases.verification import register
from reports.models import Case, Checkpoint, Event
from tests.reports.verification import verdict
from tests.reports.verification_attacks import Attacker, sql

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def erased(filed) -> Case:
    """A case that was erased, countersigned."""
    retention.erase(filed.case, "test")
    register.countersign()
    return Case.objects.get(pk=filed.case.pk)


@pytest.fixture
def years_later(monkeypatch):
    """Six years have passed."""
    now = timezone.now() + timedelta(days=6 * 365)
    monkeypatch.setattr(timezone, "now", lambda: now)


def remove(*arguments) -> str:
    call_command("remove_old_events", *arguments, stdout=(out := StringIO()))
    return out.getvalue()


def test_record_of_an_old_erased_case_ends_with_a_checkpoint(erased, file, years_later):
    kept = file().case
    register.countersign()
    assert "1 cases" in remove()
    assert set(Event.objects.values_list("case", flat=True)) == {kept.pk}
    assert Checkpoint.objects.get().events_count == 2
    assert verdict() == "whole"


def test_record_within_its_period_stays(erased, settings):
    assert "0 cases" in remove()
    settings.RECORD_DAYS = -1
    assert erased.display_reference in remove("--dry-run")
    assert Event.objects.count() == 2


def test_case_that_was_not_erased_keeps_its_record(filed, years_later):
    register.countersign()
    assert "0 cases" in remove()


def test_changed_record_is_evidence_and_stays(erased, moderator, years_later):
    with Attacker() as attacker:
        attacker.append(erased, by=moderator)
    with pytest.raises(CommandError, match=erased.display_reference):
        remove()
    assert Event.objects.count() == 3


def test_database_deletes_no_event_without_a_checkpoint(erased, file):
    other = file().case
    Checkpoint.objects.create(
        case_id=erased.pk, events_count=1, events_head=b"", ended_at=timezone.now(), key_id="x", seal=b""
    )
    for number, case in ((2, erased), (1, other)):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            Event.objects.filter(case=case, number=number)._raw_delete("default")
    assert Event.objects.filter(case=erased, number=1)._raw_delete("default") == 1


def test_forged_checkpoint_is_found(erased):
    Checkpoint.objects.create(
        case_id=erased.pk,
        events_count=2,
        events_head=erased.events_head,
        ended_at=timezone.now(),
        key_id=Event.objects.first().key_id,
        seal=b"x" * 32,
    )
    Event.objects.filter(case=erased)._raw_delete("default")
    assert "event 1 is missing" in verdict()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="temporary tables shadow others on PostgreSQL only")
def test_temporary_table_does_not_pass_for_the_checkpoints(erased):
    sql("CREATE TEMPORARY TABLE reports_checkpoint AS SELECT case_id, 99 AS events_count FROM reports_event")
    with pytest.raises(DatabaseError, match="append-only"):
        sql("DELETE FROM public.reports_event")
