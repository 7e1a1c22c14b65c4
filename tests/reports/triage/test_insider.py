"""The insider alarm tells auditors who looks at unusually much, and names no case."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from reports.audit import insider
from reports.cases.lifecycle import perform
from reports.models import InsiderAlarm, StaffEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def low(settings):
    """Limits that a short test reaches."""
    settings.INSIDER_LIMITS = {"not_theirs": 2, "searches": 2, "bulk": 3}
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def look(client, moderator, file):
    """``look(3)``: the moderator opens this many cases of others; the cases."""
    client.force_login(moderator)

    def do(count: int) -> list:
        cases = [file(words=str(number)).case for number in range(count)]
        for case in cases:
            client.get(reverse("admin:reports_case_page", args=[case.reference]))
        return cases

    return do


def alarms() -> set[tuple]:
    return set(InsiderAlarm.objects.values_list("person__username", "kind", "number"))


def test_cases_that_a_person_did_not_work_on_alarm(low, look, moderator):
    cases = look(2)
    perform(cases[0], "claim", by=moderator)
    assert insider.watch() == 0
    look(1)
    insider.watch()
    assert alarms() == {("moderator", "not_theirs", 2), ("moderator", "bulk", 3)}


@pytest.mark.slow
def test_searches_alarm(low, client, moderator, filed):
    client.force_login(moderator)
    for typed in ("AAAA-AAAA", "budi"):
        client.post(reverse("admin:reports_case_find"), {"reference": typed})
    insider.watch()
    assert alarms() == {("moderator", "searches", 2)}


@pytest.mark.slow
def test_looks_of_yesterday_do_not_count(low, look, clock):
    look(1)
    clock(hours=24, minutes=1)
    look(1)
    assert insider.watch() == 0


def test_auditors_get_one_mail_without_content(low, look, person):
    auditor = person("auditor")
    auditor.email = "auditor@example.org"
    auditor.save()
    cases = look(3)
    assert [insider.watch(), insider.watch()] == [2, 0]
    (sent,) = mail.outbox
    assert sent.to == ["auditor@example.org"]
    assert "moderator" not in sent.body
    assert not any(case.reference in sent.body for case in cases)


def test_auditor_settles_an_alarm_with_a_note(low, look, client, person):
    look(2)
    insider.watch()
    alarm = InsiderAlarm.objects.get()
    client.force_login(person("auditor"))
    assert reverse("admin:reports_event_insider") in client.get(reverse("admin:index")).text
    address = reverse("admin:reports_event_insider_settle", args=[alarm.pk])
    assert client.post(address, {"note": " "}).status_code == 422
    client.post(address, {"note": "Ditanya, orang kedua."})
    alarm.refresh_from_db()
    assert (alarm.note, alarm.settled_by.username) == ("Ditanya, orang kedua.", "auditor")
    assert StaffEvent.objects.filter(action="alarm_settled", facts={"alarm": alarm.pk}).exists()
    assert insider.watch() == 0


@pytest.mark.slow
def test_note_on_a_case_hides_no_look(low, look, moderator):
    for case in look(2):
        perform(case, "note", by=moderator, text="x")
    insider.watch()
    assert alarms() == {("moderator", "not_theirs", 2)}


@pytest.mark.slow
def test_settled_alarm_comes_back_at_twice_its_number(low, look, person):
    look(2)
    insider.watch()
    insider.settle(InsiderAlarm.objects.get(), person("auditor"), "Ditanya.")
    open_ones = InsiderAlarm.objects.filter(kind="not_theirs", settled_at=None)
    look(1)
    insider.watch()
    assert not open_ones.exists()
    look(1)
    assert insider.watch() == 1
    assert open_ones.get().number == 4


def test_nobody_settles_an_alarm_about_themselves(client, person):
    auditor = person("auditor")
    alarm = InsiderAlarm.objects.create(person=auditor, kind="searches", day=timezone.localdate(), number=30)
    client.force_login(auditor)
    client.post(reverse("admin:reports_event_insider_settle", args=[alarm.pk]), {"note": "Bukan apa-apa."})
    assert InsiderAlarm.objects.get().settled_at is None
