"""Scheduled tasks: no case is forgotten, none is closed without a reason."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from reports import scheduled_tasks
from reports.cases.handover import end_shift
from reports.cases.lifecycle import NotAllowed, perform
from reports.models import Case, IdentifierDigest, SealedSession
from reports.triage.taking import claim_most_urgent
from tests.cast import GROOMED

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def ago(**span):
    return timezone.now() - timedelta(**span)


def test_forgotten_lease_goes_back_to_the_queue(filed, moderator):
    perform(filed.case, "claim", by=moderator)
    assert scheduled_tasks.end_leases() == 0
    Case.objects.update(lease_until=ago(minutes=1))
    assert scheduled_tasks.end_leases() == 1
    case = Case.objects.get()
    assert (case.state, case.handler) == ("triage", None)


@pytest.mark.slow
@pytest.mark.sampled(2)
@pytest.mark.logs_errors
@pytest.mark.parametrize("error", [NotAllowed, ValueError])
def test_case_that_refuses_keeps_no_other_waiting(file, moderator, monkeypatch, error):
    bad, *others = sorted((perform(file().case, "claim", by=moderator) for _ in range(3)), key=lambda case: case.pk)
    Case.objects.update(lease_until=ago(minutes=1))

    def fails(case, action):
        if case == bad:
            raise error
        return perform(case, action)

    monkeypatch.setattr(scheduled_tasks.lifecycle, "perform", fails)
    monkeypatch.setattr(scheduled_tasks, "BATCH_SIZE", 1)
    call_command("housekeeping")
    call_command("housekeeping")
    assert set(Case.objects.filter(state="triage")) == set(others)


def test_missed_promise_puts_a_case_first_in_its_tier(file, clock):
    calm = {"category": "account_abuse", "age": "adult"}
    late = file(**calm).case
    half = (late.due_at - late.received_at) / 2
    clock(seconds=half.total_seconds())
    scored = file(**calm | {"age": "under_13"}).case
    assert late.tier == scored.tier
    assert Case.objects.queued().first() == scored
    clock(seconds=half.total_seconds() + 60)
    scheduled_tasks.mark_overdue()
    assert Case.objects.queued().first() == late


@pytest.mark.safety("K9")
@pytest.mark.parametrize(
    ("tier", "silent", "comes_back"), [(0, 25, True), (0, 23, False), (2, 25, False), (2, 15 * 24, True)]
)
def test_unanswered_question_returns_to_the_queue(file, moderator, monkeypatch, tier, silent, comes_back):
    case = perform(file(safety="danger" if tier == 0 else "safe").case, "claim", by=moderator)
    assert perform(case, "ask", by=moderator, text="Kapan?").tier == tier
    later = ago(hours=-silent)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    scheduled_tasks.return_waiting_cases()
    assert Case.objects.get().state == ("triage" if comes_back else "waiting_reporter")


@pytest.mark.safety("K9")
@pytest.mark.parametrize(("answers", "tier"), [({"safety": "danger"}, 0), ({"base": GROOMED}, 1)])
@pytest.mark.parametrize(("at_work", "state"), [(True, "in_progress"), (False, "triage")])
def test_silence_of_an_urgent_case_returns_to_its_owner_on_duty(
    file, child_safety, clock, answers, tier, at_work, state
):
    case = perform(file(**answers).case, "claim", by=child_safety)
    perform(case, "ask", by=child_safety, text="Kapan?")
    clock(hours=25)
    if at_work:
        perform(file().case, "note", by=child_safety, text="Catatan.")
    call_command("housekeeping")
    case.refresh_from_db()
    assert (case.tier, case.state, case.handler) == (tier, state, child_safety if at_work else None)
    assert bool(case.lease_until and case.lease_until > timezone.now()) is at_work
    assert case.next_action_at <= case.due_at


@pytest.mark.safety("K9")
def test_owner_who_ended_the_shift_gets_no_silent_case(file, moderator, clock):
    case = perform(file(safety="danger", age="adult").case, "claim", by=moderator)
    perform(case, "ask", by=moderator, text="Kapan?")
    clock(hours=25)
    perform(file().case, "note", by=moderator, text="Catatan.")
    end_shift(moderator)
    call_command("housekeeping")
    assert Case.objects.get(pk=case.pk).state == "triage"


@pytest.mark.safety("K9")
def test_silent_case_is_offered_to_its_last_handler_first(file, moderator, person, clock):
    case = perform(file().case, "claim", by=moderator)
    perform(case, "ask", by=moderator, text="Kapan?")
    clock(days=15)
    call_command("housekeeping")
    other = file().case
    perform(other, "note", by=moderator, text="Saya bertugas.")
    assert claim_most_urgent(person("moderator", "budi")) == other
    assert claim_most_urgent(moderator) == case


def test_same_account_in_two_cases_has_one_digest(file):
    one = file(account_or_link="@akun_jahat").case
    other = file(account_or_link="akunnya @Akun_Jahat").case
    assert scheduled_tasks.index_identifiers() == 2
    assert set(one.identifier_digests.values_list("digest")) == set(other.identifier_digests.values_list("digest"))
    assert IdentifierDigest.objects.count() == 2


def test_restricted_cases_use_a_separate_index_key(file):
    ordinary = file(account_or_link="@akun_jahat").case
    special = file(base=GROOMED, account_or_link="@akun_jahat").case
    scheduled_tasks.index_identifiers()
    assert set(ordinary.identifier_digests.values_list("digest")).isdisjoint(
        special.identifier_digests.values_list("digest")
    )


def test_index_identifiers_takes_the_newest_first(file, monkeypatch):
    monkeypatch.setattr(scheduled_tasks, "INDEX_BATCH_SIZE", 1)
    monkeypatch.setattr(scheduled_tasks, "monotonic", iter([0, 0, 60]).__next__)
    bulk, new = [file(account_or_link="@lama").case for _ in range(3)], file(account_or_link="@baru").case
    Case.objects.filter(pk__in=[case.pk for case in bulk]).update(received_at=ago(days=1))
    scheduled_tasks.index_identifiers()
    assert list(Case.objects.filter(indexed=True)) == [new]


def test_index_identifiers_skips_cases_of_another_desk(file, settings, tmp_path, session_keys):
    ordinary, special = file(account_or_link="@akun").case, file(base=GROOMED, account_or_link="@akun").case
    desk_keys = [path for path in session_keys.iterdir() if path.name != "child_safety.private"]
    settings.KEYS_DIR = tmp_path / "desk"
    settings.KEYS_DIR.mkdir()
    for path in desk_keys:
        (settings.KEYS_DIR / path.name).write_bytes(path.read_bytes())
    scheduled_tasks.index_identifiers()
    assert list(Case.objects.filter(indexed=True)) == [ordinary]
    settings.KEYS_DIR = session_keys
    scheduled_tasks.index_identifiers()
    assert special.gate_entries.get().digest == ordinary.gate_entries.get().digest


def test_public_node_indexes_nothing(filed, settings):
    settings.HAS_DESK = False
    assert scheduled_tasks.index_identifiers() == 0


@pytest.mark.slow
def test_old_sessions_are_swept_by_housekeeping(db):
    from reports.intake.draft import Draft

    Draft.begin("id")
    SealedSession.objects.update(expires_at=ago(seconds=1))
    call_command("housekeeping")
    assert not SealedSession.objects.exists()
