"""The auditor reads who did what and when for every case, and never the text of a report."""

import pytest
from django.urls import reverse
from django.utils import timezone

from reports import triggers
from reports.cases.lifecycle import perform
from reports.cases.verification import alarms, walk
from reports.models import Case, Event, RecordAlarm
from reports.triage import audit_views
from reports.triage.access_stats import views_by_person
from tests.cast import GROOMED, PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
ROLES = ["triage", "moderator", "child-safety", "supervisor", "outside-lead", "administrator", "editor"]
LIST = "admin:reports_event_changelist"


@pytest.fixture
def auditor(client, person):
    """An auditor at the desk."""
    client.login(username=person("auditor").username, password=PASSWORD)
    return client


def entries(auditor, **search) -> list[Event]:
    return auditor.get(reverse(LIST), search).context["events"]


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES)
def test_audit_log_needs_the_auditor_role(person, client, role):
    client.login(username=person(role).username, password=PASSWORD)
    assert client.get(reverse(LIST)).status_code == 403
    assert client.get(reverse("admin:reports_event_people")).status_code == 403
    assert client.post(reverse("admin:reports_event_verify")).status_code == 403
    assert client.post(reverse("admin:reports_event_settle")).status_code == 403
    assert reverse(LIST) not in client.get(reverse("admin:index")).content.decode()


def test_index_leads_the_auditor_to_the_record(auditor):
    assert reverse(LIST) in auditor.get(reverse("admin:index")).content.decode()


def test_audit_log_lists_every_case_without_content(auditor, file, moderator):
    cases = [file().case, file(base=GROOMED).case, file(staff_conflict="yes").case]
    perform(cases[0], "claim", by=moderator)
    perform(cases[0], "reply", by=moderator, text="rahasia-sekali")
    page = auditor.get(reverse(LIST)).content.decode()
    assert all(case.display_reference in page for case in cases)
    assert "rahasia" not in page
    assert "Mereka mengejek" not in page


def test_auditor_opens_no_case(auditor, filed):
    assert auditor.get(reverse("admin:reports_case_page", args=[filed.case.reference])).status_code == 404


def test_record_is_filtered_by_case_person_action_and_day(auditor, file, moderator):
    first, second = file().case, file().case
    perform(first, "claim", by=moderator)
    assert {event.case for event in entries(auditor, case=second.display_reference)} == {second}
    assert [event.action for event in entries(auditor, by=moderator.pk)] == ["claim"]
    assert {event.case for event in entries(auditor, action="claim")} == {first}
    assert entries(auditor, until="2020-01-01") == []
    assert entries(auditor, day="2120-01-01") == []
    assert len(entries(auditor, day=f"{timezone.localdate():%Y-%m-%d}")) == 3


def test_older_entries_are_on_the_next_page(auditor, filed, moderator, monkeypatch):
    monkeypatch.setattr(audit_views, "PAGE", 1)
    perform(filed.case, "claim", by=moderator)
    first = auditor.get(reverse(LIST))
    second = auditor.get(f"{reverse(LIST)}?{first.context['next']}")
    assert [event.action for page in (first, second) for event in page.context["events"]] == ["claim", "submitted"]


def test_changed_record_is_found(auditor, filed):
    assert auditor.post(reverse("admin:reports_event_verify")).context["checked"].broken == []
    triggers.remove()
    Event.objects.update(action="viewed")
    answer = auditor.post(reverse("admin:reports_event_verify"))
    assert answer.context["checked"].references == [filed.case.display_reference]
    assert filed.case.display_reference in answer.content.decode()


def test_checking_goes_on_where_it_stopped(auditor, file, monkeypatch):
    monkeypatch.setattr(audit_views, "CHECK_SECONDS", 0)
    monkeypatch.setattr(walk, "CASES_PER_PAGE", 2)
    for _case in range(3):
        file()
    first = auditor.post(reverse("admin:reports_event_verify"))
    last = first.context["checked"].last
    assert f'value="{last}"' in first.content.decode()
    second = auditor.post(reverse("admin:reports_event_verify"), {"after": last}).context["checked"]
    assert (first.context["checked"].count, second.count) == (2, 1)


@pytest.mark.slow
@pytest.mark.parametrize("place", ["case:x", "entry:", "anchors; DROP", "x"])
def test_checking_an_odd_place_begins_at_the_start(auditor, filed, place):
    checked = auditor.post(reverse("admin:reports_event_verify"), {"after": place}).context["checked"]
    assert (checked.count, checked.last) == (1, None)


@pytest.mark.logs_errors
def test_alarm_stays_until_an_auditor_settles_it(auditor, moderator, client, filed):
    alarms.raise_alarm(RecordAlarm.Kind.EVENT, filed.case.pk, 1)
    page = auditor.get(reverse(LIST)).content.decode()
    assert reverse("admin:reports_event_settle") in page
    assert filed.case.display_reference in page
    auditor.post(reverse("admin:reports_event_settle"))
    assert RecordAlarm.objects.get().settled_by.username == "auditor"
    assert reverse("admin:reports_event_settle") not in auditor.get(reverse(LIST)).content.decode()


@pytest.mark.logs_errors
def test_alarm_is_on_the_first_page_of_everyone(client, moderator, filed):
    client.login(username=moderator.username, password=PASSWORD)
    alarmed = "reports/triage/panel_audit_alarm.html"
    assert alarmed not in [panel["template"] for panel in client.get(reverse("admin:index")).context["panels"]]
    alarms.raise_alarm(RecordAlarm.Kind.EVENT, filed.case.pk, 1)
    assert alarmed in [panel["template"] for panel in client.get(reverse("admin:index")).context["panels"]]


def test_cases_that_were_never_with_a_person_are_counted(client, file, moderator):
    client.login(username=moderator.username, password=PASSWORD)
    mine, other = file().case, file().case
    perform(mine, "claim", by=moderator)
    for case in (mine, mine, other):
        client.get(reverse("admin:reports_case_page", args=[case.reference]))
    (row,) = views_by_person()
    assert (row["cases"], row["times"], row["never_theirs"], row["files"]) == (2, 3, 1, 0)
    assert [event.facts["own"] for event in Event.objects.filter(action="viewed").order_by("pk")] == [True, True, False]
    assert Case.objects.count() == 2


@pytest.mark.slow
def test_exclusion_is_among_the_conflicts_of_interest(auditor, filed, moderator, supervisor):
    perform(filed.case, "exclude", by=supervisor, person=moderator, reason="Saudara.")
    assert [event.action for event in entries(auditor, kind="conflicts")] == ["exclude"]


@pytest.mark.slow
def test_filter_with_an_error_shows_nothing(auditor, filed):
    typed = {"day": "kemarin"}
    page = auditor.get(reverse(LIST), typed)
    assert (page.status_code, page.context["events"]) == (422, [])
    assert auditor.get(reverse("admin:reports_event_staff"), typed).status_code == 422
    answer = auditor.post(reverse("admin:reports_event_cases_csv"), typed)
    assert (answer.status_code, filed.case.display_reference in answer.text) == (422, False)
