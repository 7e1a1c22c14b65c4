"""The staff log: searches, exports and changes of rights are recorded, content-free, and provably unchanged."""

import csv
import io

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.urls import get_resolver, reverse

from reports import triggers
from reports.audit import staff_log
from reports.cases.lifecycle import perform
from reports.models import StaffEvent
from reports.triage import audit_views
from tests.reports.referral.conftest import agency, approved, held  # noqa: F401  (fixtures)

pytestmark = pytest.mark.django_db
# What each address of a case records before anybody sees something sealed of it; actions record themselves.
RECORDS = {
    "reports_case_page": "viewed",
    "reports_case_act": "the action",
    "reports_case_refer": "viewed",
    "reports_case_refer_act": "the action",
    "reports_case_refer_download": "referral_exported",
    "reports_case_open_file": "file_opened",
    "reports_case_locked_file": "locked_file_taken",
    "reports_case_file": "file_opened",  # shows what was opened there, once
    "reports_case_file_page": "file_opened",
    "reports_case_file_uncover": "revealed",
    "reports_case_find": "searched",
    "reports_case_changelist": "searched",  # where a number is in the address
    "reports_case_next": "claim",
    "reports_case_tick": "tick",
    "reports_case_second_look": "second_look",
    "reports_case_admit": "release_from_quarantine",
    "reports_case_check_several": "release_from_quarantine",
}
# Open nothing sealed: rows of the queue, facts that it shows anyway, a lease, lists of numbers and of what was done.
NOTHING_SEALED = {
    "news",
    "facts",
    "lease",
    "refer_list",
    "data_requests",
    "care",
    "handover",
    "availability",
    "second_looks",
}


@pytest.fixture
def auditor(client, person):
    """An auditor at the desk."""
    client.force_login(person("auditor"))
    return client


def log() -> list[tuple]:
    return list(StaffEvent.objects.order_by("pk").values_list("by__username", "action", "facts"))


def test_every_address_of_a_case_says_what_it_records():
    names = [name for name in get_resolver().namespace_dict["admin"][1].reverse_dict if isinstance(name, str)]
    quiet = {f"reports_case_{name}" for name in NOTHING_SEALED}
    assert {name for name in names if name.startswith("reports_case_")} - quiet == set(RECORDS)


def test_search_is_recorded_without_what_was_typed(client, moderator, filed, restricted):
    client.force_login(moderator)
    for typed in (filed.case.display_reference, restricted.case.reference, "budi di kelas 7b"):
        client.post(reverse("admin:reports_case_find"), {"reference": typed})
    seen, hidden = {"result": "seen", "case": filed.case.reference}, {"result": "hidden"}
    hidden["case"] = restricted.case.reference
    assert log() == [("moderator", "searched", facts) for facts in (seen, hidden, {"result": "none"})]


@pytest.mark.slow
def test_search_without_a_case_page_is_recorded_once(client, person, filed):
    client.force_login(person("triage"))
    client.post(reverse("admin:reports_case_find"), {"reference": filed.case.reference}, follow=True)
    assert [facts["case"] for _by, _action, facts in log()] == [filed.case.reference]


def test_view_of_the_referral_page_and_download_are_recorded(client, held, moderator, agency):  # noqa: F811
    referral = approved(held, moderator, agency)
    client.force_login(moderator)
    client.get(reverse("admin:reports_case_refer", args=[held.reference]))
    client.post(reverse("admin:reports_case_refer_download", args=[held.reference, referral.pk, "pdf"]))
    assert list(held.events.order_by("-number").values_list("action", flat=True)[:2]) == [
        "referral_exported",
        "viewed",
    ]


def test_csv_names_no_category_and_is_recorded(auditor, restricted):
    answer = auditor.post(reverse("admin:reports_event_cases_csv"), {"action": "submitted"})
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [(row["case"], row["action"], row["who"]) for row in rows] == [
        (restricted.case.display_reference, "submitted", "reporter")
    ]
    assert "grooming" not in answer.text
    assert log() == [("auditor", "log_exported", {"log": "cases", "rows": 1, "filters": ["action"]})]
    assert "log_exported,1 " in auditor.post(reverse("admin:reports_event_staff_csv")).text.replace('"', "")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["=1+1", "@budi", "\uff1d1"])
def test_csv_cell_is_never_a_formula(auditor, restricted, name):
    User.objects.filter(username="auditor").update(username=name)
    auditor.post(reverse("admin:reports_event_cases_csv"))
    assert f",'{name},log_exported," in auditor.post(reverse("admin:reports_event_staff_csv")).text


@pytest.mark.slow
def test_broken_lease_is_found_by_its_kind(auditor, file, moderator, supervisor):
    own, taken = (perform(file().case, "claim", by=moderator) for _number in range(2))
    perform(own, "release", by=moderator)
    perform(taken, "release", by=supervisor, reason="Contoh.")
    page = auditor.get(reverse("admin:reports_event_changelist"), {"kind": "taken_away"})
    assert [event.case for event in page.context["events"]] == [taken]


def test_change_of_roles_is_recorded(client, person):
    administrator, colleague = person("administrator"), person("author")
    client.force_login(administrator)
    fields = {"username": "author", "is_active": "on", "is_staff": "on"}
    fields["groups"] = [Group.objects.get(name="editor").pk]
    assert client.post(reverse("admin:auth_user_change", args=[colleague.pk]), fields).status_code == 302
    facts = {"account": "author", "new": False, "given": ["editor"], "taken": ["author"]}
    assert log() == [("administrator", "rights_changed", facts)]


def test_changed_entry_of_the_staff_log_is_found(auditor, moderator):
    staff_log.record(moderator, staff_log.SEARCHED, result="none")
    assert auditor.post(reverse("admin:reports_event_verify")).context["broken_people"] == []
    triggers.remove()
    StaffEvent.objects.filter(by=moderator).update(facts={"result": "seen"})
    page = auditor.post(reverse("admin:reports_event_verify"))
    assert page.context["broken_people"] == ["moderator"]
    assert not page.context["last_check"].facts["intact"]
    triggers.install()
    with pytest.raises(CommandError, match="1 place"):
        call_command("verify_audit", stdout=io.StringIO(), stderr=io.StringIO())


@pytest.mark.slow
def test_staff_log_needs_the_auditor_role(client, supervisor):
    client.force_login(supervisor)
    for name in ("staff", "insider"):
        assert client.get(reverse(f"admin:reports_event_{name}")).status_code == 403
    for name in ("cases_csv", "staff_csv"):
        assert client.post(reverse(f"admin:reports_event_{name}")).status_code == 403


@pytest.mark.slow
def test_checking_the_staff_log_goes_on_where_it_stopped(auditor, person, monkeypatch):
    monkeypatch.setattr(audit_views, "CHECK_SECONDS", 0)
    for name in ("adi", "zoe"):
        staff_log.record(person("moderator", name), staff_log.SEARCHED, result="none")
    triggers.remove()
    StaffEvent.objects.update(facts={"result": "seen"})
    found, after = [], ""
    while after is not None:
        page = auditor.post(reverse("admin:reports_event_verify"), {"after": after})
        found.append(page.context["broken_people"])
        after = page.context["checked"].last
    assert [names for names in found if names] == [["adi"], ["zoe"]]
