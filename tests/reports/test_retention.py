"""Erasing destroys keys, bytes and files, and keeps what must be kept."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import models
from django.utils import timezone, translation

from reports.cases import retention
from reports.cases.lifecycle import NotAllowed, perform
from reports.evidence import store
from reports.models import Case, DataKey, Event, Evidence, IdentifierDigest, Message, Note
from tests.reports import tasks
from tests.reports.actions import refused, resolve
from tests.reports.followup.visitor import open_with, url

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_withdrawal_runs_after_72_hours_and_not_before(clock, file):
    filed = file(age="adult")
    perform(filed.case, "withdraw", coerced="no")
    clock(hours=71, minutes=59)
    assert retention.run_withdrawals() == 0
    clock(minutes=1)
    assert retention.run_withdrawals() == 1
    case = Case.objects.get(pk=filed.case.pk)
    assert case.state == "purged"
    assert not any(getattr(case, field) for field in retention.SEALED_COLUMNS)
    assert not DataKey.objects.exists()


@pytest.mark.safety("H7")
def test_withdrawal_of_a_child_case_needs_a_decision(clock, restricted):
    perform(restricted.case, "withdraw", coerced="yes")
    clock(days=12)
    assert retention.run_withdrawals() == 0


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("answers", "coerced", "waits"),
    [
        ({"age": "adult"}, "no", False),
        ({"age": "adult"}, "yes", True),
        ({}, "no", True),
        ({"safety": "danger"}, "no", True),
    ],
)
def test_risky_withdrawal_needs_a_lead(clock, file, answers, coerced, waits):
    case = perform(file(**answers).case, "withdraw", coerced=coerced)
    assert (case.erasure_needs_lead, case.state == "withdrawn") == (waits, not waits)
    assert "yes" not in str([event.facts for event in case.events.all()])
    clock(hours=73)
    assert retention.run_withdrawals() == (0 if waits else 1)


def test_withdrawal_can_be_cancelled_at_the_last_moment(clock, file, monkeypatch):
    case = perform(file(age="adult").case, "withdraw", coerced="no")
    clock(hours=72)
    erase = retention.erase
    monkeypatch.setattr(retention, "erase", lambda c, *a, **k: (perform(c, "cancel_withdrawal"), erase(c, *a, **k))[1])
    assert retention.run_withdrawals() == 0
    assert Case.objects.get(pk=case.pk).answers


@pytest.mark.safety("H7")
def test_lead_decides_and_then_it_is_erased(clock, restricted, child_safety, moderator):
    case = perform(restricted.case, "withdraw", coerced="skip")
    clock(hours=73)
    with pytest.raises(NotAllowed):
        perform(case, "approve_erasure", by=moderator)
    perform(case, "approve_erasure", by=child_safety)
    assert retention.run_withdrawals() == 1


@pytest.mark.safety("H7")
def test_erasure_after_a_legal_hold_takes_two_people(clock, restricted, child_safety, person):
    case = perform(restricted.case, "withdraw", coerced="skip")
    clock(hours=73)
    case = perform(case, "hold", by=child_safety, reason="Permintaan penyidik, lihat register.")
    assert retention.run_withdrawals() == 0
    with translation.override("id"), pytest.raises(NotAllowed, match="Cabut kewajiban simpan dulu"):
        perform(case, "approve_erasure", by=child_safety)
    second = person("child-safety", "second")
    assert "Orang kedua" in refused(case, "lift_hold", child_safety)
    perform(case, "lift_hold", by=second, reason="Sudah selesai.")
    assert "Orang kedua" in refused(case, "approve_erasure", second)
    perform(case, "approve_erasure", by=child_safety)
    assert retention.run_withdrawals() == 1


@pytest.mark.safety("H7")
def test_lifted_hold_does_not_let_time_alone_erase(clock, file, supervisor, person):
    case = perform(file(age="adult").case, "withdraw", coerced="no")
    perform(case, "hold", by=supervisor, reason="Permintaan penyidik.")
    clock(hours=73)
    case = perform(case, "lift_hold", by=person("supervisor", "second"), reason="Sudah selesai.")
    assert retention.run_withdrawals() == 0
    assert Case.objects.withdrawn_undecided().get() == case
    perform(case, "approve_erasure", by=supervisor)
    assert retention.run_withdrawals() == 1


def test_erased_case_keeps_its_audit_log(clock, file):
    perform(file(age="adult").case, "withdraw", coerced="no")
    clock(hours=72)
    assert retention.run_withdrawals() == 1
    assert [event.action for event in Event.objects.all()] == ["submitted", "withdraw", "erased"]


@pytest.fixture
def closed(file, moderator):
    """``closed(**answers)``: a case with a file, a note, a message and index entries, resolved and closed."""

    def do(**answers) -> Case:
        filed = file(**{"age": "adult", "own_image": "no", "account_or_link": "@sama.persis"} | answers)
        sent = SimpleUploadedFile("x.txt", b"Chat.", "text/plain")
        open_with(filed.receipt.code).post(url("write"), {"text": "Ini.", "files": sent})
        tasks.run("identifiers indexed")
        perform(filed.case, "claim", by=moderator)
        perform(filed.case, "note", by=moderator, text="Catatan.")
        perform(filed.case, "reply", by=moderator, text="Ini hasilnya.")
        return resolve(filed.case, moderator)

    return do


def later(clock, case: Case, **by) -> Case:
    """The case when the tasks of housekeeping have run that much later."""
    clock(**by)
    tasks.run()
    return Case.objects.get(pk=case.pk)


@pytest.mark.safety("K4")
def test_schedule_erases_files_first(closed, clock):
    case = later(clock, closed(), days=14)
    assert later(clock, case, days=89).evidence.count() == 1
    case = later(clock, case, days=1)
    assert (case.evidence.count(), store.all_ids()) == (0, set())
    assert (case.state, case.notes.count()) == ("closed", 1)
    assert case.events.last().action == "files_erased"


@pytest.mark.safety("K4")
def test_schedule_ends_in_erase(closed, clock):
    case = later(clock, closed(), days=14)
    assert later(clock, case, days=364).state == "closed"
    case = later(clock, case, days=1)
    assert case.state == "purged"
    left = [model for model in (DataKey, Evidence, IdentifierDigest, Message, Note) if model.objects.exists()]
    assert left == []


@pytest.mark.slow
@pytest.mark.safety("K4")
def test_nothing_sealed_is_left_of_an_erased_case(closed, clock):
    case = later(clock, later(clock, closed(), days=14), days=366)
    sealed = [field.name for field in Case._meta.concrete_fields if isinstance(field, models.BinaryField)]
    assert [name for name in sealed if getattr(case, name)] == ["events_head"]


@pytest.mark.slow
def test_story_of_an_urgent_case_is_kept_for_two_years(closed, clock, person):
    case = later(clock, closed(category="threats_stalking", threatened_with=["nothing"], knows_place="yes"), days=14)
    assert case.tier == 1
    lead = person("supervisor")
    perform(case, "claim", by=lead)
    perform(case, "close", by=lead, outcome="helped")
    assert later(clock, case, days=729).state == "closed"
    assert later(clock, case, days=1).state == "purged"


@pytest.mark.slow
def test_code_of_a_case_erased_by_schedule_opens_nothing(closed, clock):
    case = later(clock, later(clock, closed(), days=14), days=366)
    assert case.secret_verifier is None


@pytest.mark.slow
def test_legal_hold_stops_the_schedule(closed, clock, supervisor):
    case = later(clock, closed(), days=14)
    perform(case, "hold", by=supervisor, reason="Permintaan penyidik.")
    case = later(clock, case, days=5000)
    assert (case.state, case.evidence.count()) == ("closed", 1)


@pytest.mark.slow
def test_case_that_is_opened_again_is_not_erased(closed, clock):
    case = later(clock, closed(), days=14)
    perform(case, "reporter_reply", text="", evidence=())
    assert later(clock, case, days=5000).answers


@pytest.mark.slow
def test_periods_are_settings(closed, clock, settings):
    settings.KEEP_STORY_DAYS = 10
    case = later(clock, closed(), days=14)
    assert later(clock, case, days=10).state == "purged"


def listed(**options) -> list[str]:
    """The lines of the dry run without its last."""
    out = StringIO()
    call_command("retention", stdout=out, **options)
    return out.getvalue().splitlines()[:-1]


@pytest.mark.slow
def test_dry_run_lists_what_goes_and_when(closed, clock):
    case = later(clock, closed(), days=14)
    until = (timezone.now() + timedelta(days=400)).date().isoformat()
    assert [line.split()[1:] for line in listed(until=until)] == [
        ["files", case.display_reference],
        ["everything", case.display_reference],
    ]
    assert listed() == []
    assert Case.objects.get().evidence.count() == 1


def test_retention_acts_only_when_it_is_told_to(closed, clock):
    closed()
    clock(days=14)
    call_command("retention", stdout=StringIO())
    assert Case.objects.get().state == "resolved"
    call_command("retention", commit=True, stdout=StringIO())
    assert Case.objects.get().state == "closed"


def test_retention_does_not_act_ahead_of_time():
    with pytest.raises(CommandError):
        call_command("retention", commit=True, until="2030-01-01")
