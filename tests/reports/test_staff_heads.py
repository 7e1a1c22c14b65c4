"""The end of a person's staff log cannot be cut off unnoticed, also by somebody who can remove the triggers."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from reports import triggers
from reports.audit import staff_log
from reports.cases.verification import anchors, staff_heads
from reports.models import RecordAlarm, StaffEvent
from tests.reports.verification import verdict

pytestmark = [pytest.mark.django_db, pytest.mark.logs_errors]


@pytest.fixture
def searched(moderator):
    """A moderator with three entries in the staff log, of which the desk has remembered the last."""
    for _number in range(3):
        staff_log.record(moderator, staff_log.SEARCHED, result="none")
    call_command("housekeeping", stdout=StringIO())
    return moderator


def cut(by) -> None:
    triggers.remove()
    StaffEvent.objects.filter(by=by, number__gte=3).delete()
    triggers.install()


def test_staff_log_that_only_grows_raises_no_alarm(searched):
    staff_log.record(searched, staff_log.SEARCHED, result="none")
    assert (staff_heads.remember(), staff_heads.remember()) == (1, 0)
    assert verdict() == "whole"
    assert not RecordAlarm.objects.exists()


def test_cut_staff_log_raises_an_alarm_within_a_minute(searched):
    cut(searched)
    call_command("housekeeping", stdout=StringIO())
    alarm = RecordAlarm.objects.get()
    assert (alarm.kind, alarm.number >> staff_heads.PERSON_SHIFT) == ("staff", searched.pk)


def test_auditor_sees_whose_staff_log_was_cut(client, person, searched):
    cut(searched)
    client.force_login(person("auditor"))
    assert client.post(reverse("admin:reports_event_verify")).context["broken_people"] == ["moderator"]


def test_new_entries_do_not_hide_a_cut(searched):
    cut(searched)
    staff_log.record(searched, staff_log.SEARCHED, result="other")
    assert "staff log of moderator: changed" in verdict()


def test_settled_alarm_lets_the_desk_remember_the_new_end(person, searched):
    cut(searched)
    staff_heads.remember()
    RecordAlarm.objects.update(settled_at=timezone.now(), settled_by=person("auditor"))
    staff_heads.remember()
    assert staff_heads.remembered()[searched.pk][0] == 2


def test_second_cut_raises_another_alarm(person, searched):
    cut(searched)
    staff_heads.remember()
    RecordAlarm.objects.update(settled_at=timezone.now(), settled_by=person("auditor"))
    staff_heads.remember()
    triggers.remove()
    StaffEvent.objects.filter(by=searched).delete()
    triggers.install()
    staff_heads.remember()
    assert RecordAlarm.objects.filter(settled_at=None).count() == 1
    assert "staff log of moderator: changed" in verdict()


def test_cut_is_found_by_an_anchor_that_is_kept_elsewhere(searched, tmp_path):
    later = timezone.now() + timedelta(minutes=10)
    (tmp_path / "mail.txt").write_text(anchors.line(later))
    (tmp_path / staff_heads.FILE_NAME).unlink()
    assert verdict("--anchors", str(tmp_path / "mail.txt")) == "whole"
    cut(searched)
    assert "that the staff log does not match" in verdict("--anchors", str(tmp_path / "mail.txt"))


def test_anchor_covers_no_entry_of_the_last_minutes(searched):
    assert staff_heads.digest(timezone.now()) == staff_heads.digest(timezone.now() - timedelta(days=1))
