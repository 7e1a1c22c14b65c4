"""Erasing destroys keys, bytes and files; what must stay stays."""

from datetime import timedelta

import pytest
from django.utils import timezone

from reports import retention
from reports.lifecycle import NotAllowed, perform
from reports.models import Case, DataKey, Event
from reports.vault.keyring import Erased

pytestmark = pytest.mark.django_db


def closed_ago(case: Case, days: int) -> Case:
    Case.objects.filter(pk=case.pk).update(state="closed", closed_at=timezone.now() - timedelta(days=days))
    case.refresh_from_db()
    return case


def test_a_withdrawal_runs_after_72_hours_and_not_before(file):
    filed = file(age="adult")
    perform(filed.case, "withdraw", pressed="no")
    assert retention.run_withdrawals() == 0
    Case.objects.update(withdraw_at=timezone.now() - timedelta(seconds=1))
    assert retention.run_withdrawals() == 1
    case = Case.objects.get(pk=filed.case.pk)
    assert case.state == "purged"
    assert not any(getattr(case, field) for field in retention.SEALED)
    assert not DataKey.objects.exists()


def test_where_a_child_is_at_risk_a_withdrawal_waits_for_a_person(restricted):
    perform(restricted.case, "withdraw", pressed="yes")
    Case.objects.update(withdraw_at=timezone.now() - timedelta(days=9))
    assert retention.run_withdrawals() == 0


@pytest.mark.parametrize(
    ("answers", "pressed", "waits"),
    [
        ({"age": "adult"}, "no", False),
        ({"age": "adult"}, "yes", True),
        ({}, "no", True),
        ({"safety": "danger"}, "no", True),
    ],
)
def test_a_child_a_danger_or_a_hand_on_the_shoulder_needs_a_lead(file, answers, pressed, waits):
    case = perform(file(**answers).case, "withdraw", pressed=pressed)
    assert (case.erasure_needs_lead, case.state == "withdrawn") == (waits, not waits)
    assert "yes" not in str([event.facts for event in case.events.all()])
    Case.objects.update(withdraw_at=timezone.now() - timedelta(hours=1))
    assert retention.run_withdrawals() == (0 if waits else 1)


def test_whoever_changes_their_mind_in_the_last_moment_is_heard(file, monkeypatch):
    case = perform(file(age="adult").case, "withdraw", pressed="no")
    Case.objects.update(withdraw_at=timezone.now() - timedelta(seconds=1))
    erase = retention.erase
    monkeypatch.setattr(retention, "erase", lambda c, *a, **k: (perform(c, "keep"), erase(c, *a, **k))[1])
    assert retention.run_withdrawals() == 0
    assert Case.objects.get(pk=case.pk).answers


def test_the_lead_decides_and_then_it_is_erased(restricted, child_safety, moderator):
    case = perform(restricted.case, "withdraw", pressed="skip")
    Case.objects.update(withdraw_at=timezone.now() - timedelta(hours=1))
    with pytest.raises(NotAllowed):
        perform(case, "approve_erasure", by=moderator)
    perform(case, "approve_erasure", by=child_safety)
    assert retention.run_withdrawals() == 1


def test_what_the_law_has_us_keep_is_not_erased(restricted, child_safety):
    case = perform(restricted.case, "withdraw", pressed="skip")
    Case.objects.update(withdraw_at=timezone.now() - timedelta(hours=1))
    case = perform(case, "hold", by=child_safety, reason="Permintaan penyidik, lihat register.")
    assert retention.run_withdrawals() == 0
    perform(case, "lift_hold", by=child_safety, reason="Sudah selesai.")
    perform(case, "approve_erasure", by=child_safety)
    assert retention.run_withdrawals() == 1


def test_a_tombstone_keeps_its_record(filed):
    retention.erase(filed.case, "withdrawn")
    assert [event.action for event in Event.objects.all()] == ["submitted", "erased"]


@pytest.mark.parametrize(("days", "gone"), [(31, set()), (364, set()), (366, {"narrative", "thread"})])
def test_each_class_of_data_has_its_own_time(filed, days, gone):
    case = closed_ago(filed.case, days)
    Case.objects.update(tier=2)
    before = set(case.data_keys.values_list("name", flat=True))
    retention.run_schedule()
    assert before - set(case.data_keys.values_list("name", flat=True)) == gone


def test_a_legal_hold_stops_the_schedule(filed):
    closed_ago(filed.case, 5000)
    Case.objects.update(hold=True)
    assert retention.run_schedule() == 0


def test_an_erased_story_cannot_be_opened_any_more(filed):
    closed_ago(filed.case, 800)
    retention.run_schedule()
    with pytest.raises(Erased):
        filed.case.staff_keyring().open("narrative", "case", "answers", filed.case.answers)
