"""Somebody who can write the database, or runs a public node, makes housekeeping erase no report."""

from datetime import timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from reports.cases import audit, retention
from reports.cases.lifecycle import perform
from reports.cases.verification import alarms, erasure
from reports.models import Case, Event, OnCallChannel, RecordAlarm
from tests.cast import GROOMED
from tests.reports.actions import resolve
from tests.reports.verification_attacks import Attacker

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
ATTACKED = pytest.mark.logs_errors


def minute() -> None:
    call_command("housekeeping", stdout=StringIO())


def attack(case: Case, **columns) -> None:
    """Write ``columns`` of the case into the database, as somebody can who has no key file."""
    Case.objects.filter(pk=case.pk).update(**columns)


def is_kept(case: Case) -> bool:
    """Return whether housekeeping leaves the case whole, raises one alarm, and pages once."""
    OnCallChannel.objects.create(name="piket", email="piket@contoh.id")
    for _time in range(3):
        minute()
        OnCallChannel.objects.update(last_paged_at=None)
    row = Case.objects.get(pk=case.pk)
    alarm = RecordAlarm.objects.get(kind="erasure", case_id=case.pk)
    return bool(row.answers and row.key_for_staff) and not alarm.needs_page and len(mail.outbox) == 1


def long_ago() -> dict:
    return {"withdraw_at": timezone.now() - timedelta(days=9), "erasure_needs_lead": False}


@pytest.mark.slow
@ATTACKED
def test_withdrawal_that_nobody_asked_for_is_kept(filed):
    attack(filed.case, **long_ago(), state="withdrawn")
    assert is_kept(filed.case)
    assert filed.case.reference not in mail.outbox[0].body


@pytest.mark.slow
@ATTACKED
def test_withdrawal_is_not_brought_forward(file):
    case = perform(file(age="adult").case, "withdraw", coerced="no")
    attack(case, **long_ago())
    assert is_kept(case)


@pytest.mark.slow
@ATTACKED
def test_cancelled_withdrawal_is_kept(file, clock):
    case = perform(perform(file(age="adult").case, "withdraw", coerced="no"), "cancel_withdrawal")
    clock(hours=73)
    attack(case, **long_ago())
    assert is_kept(case)


@pytest.mark.slow
@ATTACKED
def test_cancelling_event_cannot_be_cut_off(file, clock):
    case = perform(perform(file(age="adult").case, "withdraw", coerced="no"), "cancel_withdrawal")
    minute()
    with Attacker() as attacker:
        attacker.cut(case, 3)
    clock(hours=73)
    attack(case, **long_ago())
    assert is_kept(case)


@pytest.mark.sampled(2)
@ATTACKED
@pytest.mark.parametrize("columns", [{"erasure_approved": True}, {"erasure_needs_lead": False}])
def test_withdrawal_of_a_child_needs_a_real_approval(restricted, clock, columns):
    case = perform(restricted.case, "withdraw", coerced="no")
    clock(hours=73)
    attack(case, **columns)
    assert is_kept(case)


@pytest.mark.slow
@ATTACKED
def test_case_downgraded_before_withdrawal_is_kept(restricted, clock):
    attack(restricted.case, restricted=False, tier=4, age_band="adult")
    case = perform(restricted.case, "withdraw", coerced="no")
    assert not case.erasure_needs_lead
    clock(hours=73)
    assert is_kept(case)


@pytest.mark.slow
@ATTACKED
def test_approval_before_new_words_is_no_approval(restricted, clock, child_safety):
    case = perform(restricted.case, "withdraw", coerced="no")
    case = perform(case, "approve_erasure", by=child_safety)
    perform(case, "reporter_reply", text="", evidence=())
    clock(hours=73)
    attack(case, erasure_approved=True)
    assert is_kept(case)


@ATTACKED
def test_forged_approval_is_no_approval(restricted, clock, child_safety):
    case = perform(restricted.case, "withdraw", coerced="no")
    with Attacker() as attacker:
        attacker.append(case, by=child_safety, action="approve_erasure")
    clock(hours=73)
    attack(case, erasure_approved=True)
    minute()
    assert Case.objects.get().answers


@ATTACKED
def test_legal_hold_lifted_in_the_database_still_keeps(file, clock, supervisor):
    case = perform(file(age="adult").case, "hold", by=supervisor, reason="Permintaan.")
    case = perform(case, "withdraw", coerced="no")
    clock(hours=73)
    attack(case, hold=False)
    assert is_kept(case)


@ATTACKED
def test_case_that_nobody_closed_is_kept(filed, clock):
    clock(days=500)
    attack(filed.case, state="closed", closed_at=timezone.now() - timedelta(days=400))
    assert is_kept(filed.case)


@pytest.mark.slow
@ATTACKED
def test_case_that_nobody_resolved_is_kept(file, clock):
    case = file(age="adult").case
    clock(days=5)
    before = timezone.now() - timedelta(days=4)
    attack(case, state="resolved", resolved_at=before, close_agreed_at=before, seen_at=before)
    minute()
    assert Case.objects.get().state == "closed"  # time follows the columns, the erasure does not
    clock(days=settings.KEEP_STORY_DAYS + 1)
    assert is_kept(case)


@pytest.mark.slow
@ATTACKED
def test_case_opened_again_is_kept(file, clock, moderator):
    case = perform(file(age="adult").case, "claim", by=moderator)
    case = resolve(perform(case, "reply", by=moderator, text="Ini."), moderator)
    case = perform(perform(case, "close", by=moderator, outcome="helped"), "reporter_reply", text="", evidence=())
    clock(days=settings.KEEP_STORY_DAYS + 1)
    attack(case, state="closed", closed_at=timezone.now() - timedelta(days=settings.KEEP_STORY_DAYS + 1))
    assert is_kept(case)


@pytest.mark.slow
@ATTACKED
def test_urgent_case_with_a_lowered_tier_is_kept_for_its_time(file, clock, person):
    first, second = person("child-safety", "satu"), person("child-safety", "dua")
    case = perform(file(base=GROOMED).case, "claim", by=first)
    case = resolve(perform(case, "reply", by=first, text="Ini."), first)
    case = perform(case, "close", by=second, outcome="helped")
    clock(days=settings.KEEP_STORY_DAYS + 1)
    attack(case, tier=4)
    assert is_kept(case)


@ATTACKED
def test_dry_run_names_what_is_kept(filed):
    attack(filed.case, **long_ago())
    out = StringIO()
    call_command("retention", stdout=out)
    assert f"not proven   {filed.case.display_reference}" in out.getvalue()


@pytest.mark.slow
def test_dry_run_lists_every_case_in_a_stable_order(file, clock, monkeypatch):
    monkeypatch.setattr(erasure, "SAMPLE_SIZE", 3)
    monkeypatch.setattr(erasure, "BATCH_SIZE", 2)
    for _number in range(7):
        perform(file(age="adult").case, "withdraw", coerced="no")
    clock(hours=80)
    first, second = StringIO(), StringIO()
    for out in (first, second):
        call_command("retention", stdout=out)
    assert first.getvalue() == second.getvalue()
    assert first.getvalue().count("withdrawal") == 7
    assert "7 due" in first.getvalue()


def test_public_node_erases_and_closes_nothing(two_nodes, file, clock):
    two_nodes("desk")
    case = perform(file(age="adult").case, "withdraw", coerced="no")
    clock(hours=73)
    two_nodes("public")
    minute()
    assert Case.objects.get(pk=case.pk).answers
    assert not RecordAlarm.objects.exists()
    two_nodes("desk")
    minute()
    assert Case.objects.get(pk=case.pk).state == "purged"


@pytest.mark.sampled(2)
@ATTACKED
@pytest.mark.parametrize("action", ["approve_erasure", "close"])
def test_public_node_signs_no_decision_of_staff(two_nodes, file, clock, action):
    two_nodes("public")
    case = perform(file().case, "withdraw", coerced="no")
    audit.record(case, action, side=audit.REPORTER, **{"from": "resolved", "to": "closed"})
    clock(days=800)
    attack(case, state="closed", closed_at=case.received_at, erasure_approved=True)
    two_nodes("desk")
    minute()
    assert Case.objects.get(pk=case.pk).answers


def test_withdrawal_of_a_found_code_is_erased_after_a_decision(file, clock, moderator, supervisor):
    case = perform(perform(file(age="adult").case, "withdraw", coerced="no"), "freeze")
    clock(hours=73)
    assert retention.run_withdrawals() == 0
    perform(perform(case, "claim", by=moderator), "approve_erasure", by=supervisor)
    assert retention.run_withdrawals() == 1
    assert not RecordAlarm.objects.exists()


def test_records_are_read_in_two_queries_however_many(file, django_assert_num_queries):
    for _number in range(4):
        file(age="adult")
    with django_assert_num_queries(3):
        rows = list(erasure.checked(Case.objects.all(), erasure.was_withdrawn, timezone.now()))
    assert [is_proven for _case, is_proven in rows] == [False] * 4
    assert Event.objects.count() == 4


@pytest.fixture
def keyless(two_nodes, file, clock, settings):
    """A withdrawn case that a public node signed, at a desk that lacks the node's key; and how to put the key back."""
    two_nodes("public")
    case = perform(file(age="adult").case, "withdraw", coerced="no")
    two_nodes("desk")
    known, hidden = settings.KEYS_DIR / "node-web1.public", settings.KEYS_DIR / "away"
    known.rename(hidden)
    clock(hours=73)
    OnCallChannel.objects.create(name="piket", email="piket@contoh.id")
    return case, lambda: hidden.rename(known)


@ATTACKED
def test_missing_key_of_a_node_is_named_and_pages_nobody(keyless, client, person):
    case, put_back = keyless
    for _time in range(2):
        minute()
    client.force_login(person("auditor"))
    shown = client.get(reverse("admin:reports_event_changelist")).content.decode()
    assert f"Kunci yang tidak ada: {case.events.first().key_id}" in shown
    assert (Case.objects.get().state, mail.outbox) == ("withdrawn", [])
    put_back()
    minute()
    assert Case.objects.get().state == "purged"


@pytest.mark.slow
@ATTACKED
def test_key_alarm_ends_when_the_key_is_back(keyless, client, person):
    _case, put_back = keyless
    minute()
    assert alarms.unsettled().filter(kind="key").exists()
    put_back()
    minute()
    assert not alarms.unsettled().filter(kind="key").exists()
    client.force_login(person("auditor"))
    assert "Kunci yang tidak ada" not in client.get(reverse("admin:reports_event_changelist")).content.decode()


@pytest.mark.slow
@ATTACKED
def test_key_alarm_returns_when_the_key_is_missing_again(keyless, settings):
    _case, put_back = keyless
    minute()
    put_back()
    assert erasure.end_key_alarms() == 1
    (settings.KEYS_DIR / "node-web1.public").unlink()
    minute()
    assert alarms.unsettled().filter(kind="key").exists()


@pytest.mark.slow
@ATTACKED
def test_missing_key_does_not_hide_an_attack(keyless):
    case, _put_back = keyless
    attack(case, events_count=7)
    OnCallChannel.objects.all().delete()
    assert is_kept(case)
