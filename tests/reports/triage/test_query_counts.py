"""The queries of the desk's pages: at most twelve for every page, view and role, whatever a case contains.

Counted are the statements that read or write. The beginning and the end of a transaction are not.
"""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from education.helplines.selection import emergency_set_verified
from reports.cases import audit, custody
from reports.cases.lifecycle import perform
from reports.cases.police_guards import TAKEN
from reports.models import Case, OnCallChannel, RecordAlarm, StaffedHours
from reports.scheduled_tasks import index_identifiers
from reports.staffing.intake_status import intake_status
from reports.triage.saved_views import VIEWS
from safetycenter import memory
from tests.reports.actions import HANDED, resolve
from tests.reports.followup.visitor import open_with
from tests.reports.followup.visitor import url as followup_url
from tests.reports.triage.linked import GROOMING, SCAM, photo
from tests.reports.triage.replacing import replace_story

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
MOST = 12
WHY = {"reason": "Alasan."}
READERS = ["moderator", "child-safety", "supervisor"]
ROLES = ["triage", *READERS, "outside-lead"]
TABLES = {
    "supervisor": ["staffedhours", "oncallchannel", "category", "replytemplate", "checklistitem", "agency"],
    "child-safety": ["replytemplate"],
    "auditor": ["event"],
}


@pytest.fixture(autouse=True)
def remembered_as_in_production(monkeypatch):
    """Facts that are the same for everybody are remembered for seconds, and nothing is remembered yet."""
    monkeypatch.setattr(memory, "CACHE_SECONDS", 5)


@pytest.fixture
def queries(client):
    """``queries(url, data)``: the number of statements of one request, a POST where there is data."""

    def count(url: str, data: dict | None = None) -> int:
        with CaptureQueriesContext(connection) as asked:
            response = client.get(url) if data is None else client.post(url, data)
        assert response.status_code in (200, 302, 422), response.status_code
        return sum(not re.match("BEGIN|COMMIT|SAVEPOINT|RELEASE", query["sql"]) for query in asked)

    return count


@pytest.fixture
def full(report, codes, client):
    """``full(user)``: a case that ``user`` holds, with everything that a case may contain; they are signed in."""

    def make(user) -> Case:
        report(GROOMING)  # names the same account, which closes the file
        case = perform(report(SCAM, with_picture=True), "claim", by=user)
        report(SCAM)  # names the same account too, and everybody at the desk may see it
        perform(case, "note", by=user, text="Catatan.")
        perform(case, "ask", by=user, text="Kapan?")
        answer = {"text": "Kemarin.", "files": photo(), "sexual": "no"}
        open_with(codes[case.reference]).post(followup_url("write"), answer)
        perform(case, "claim", by=user)
        perform(case, "reply", by=user, text="Terima kasih.")
        index_identifiers()
        client.force_login(user)
        return Case.objects.get(pk=case.pk)

    return make


def page_of(case: Case) -> str:
    return reverse("admin:reports_case_page", args=[case.reference])


def act_on(case: Case, action: str) -> str:
    return reverse("admin:reports_case_act", args=[case.reference, action])


@pytest.mark.sampled(3)
@pytest.mark.parametrize("role", READERS)
def test_case_page_of_its_handler(full, person, client, queries, role):
    case = full(person(role))
    assert queries(page_of(case)) <= MOST
    assert queries(f"{page_of(case)}?words=1") <= MOST
    shown = client.get(page_of(case), {"words": "1"}).content.decode()
    assert all(part in shown for part in ("Catatan.", "Kemarin.", "Terima kasih.", "JPEG", "akun, tautan"))


@pytest.mark.sampled(3)
@pytest.mark.parametrize("role", READERS)
def test_case_page_of_another_person(full, person, client, queries, role):
    case = full(person("moderator", "handler"))
    client.force_login(person(role))
    assert queries(page_of(case)) <= MOST


@pytest.fixture
def locked(report, person, moderator):
    """A locked case with a note and linked reports; its named lead asked for the file, was refused, and asked again."""
    lead, second = person("child-safety", "lead"), person("child-safety", "second")
    custody.name(lead, person("administrator"), for_withheld=False)
    report(GROOMING)
    case = perform(report(SCAM, with_picture=True), "claim", by=moderator)
    report(SCAM)
    case = perform(case, "lock", by=moderator, **WHY)
    index_identifiers()
    for action, by in (("ask_take_out", lead), ("refuse_take_out", second), ("ask_take_out", lead)):
        case = perform(case, action, by=by, **WHY)
    return case, lead, second


LOCKED_PAGES = (
    *("hand_to_police", "agree_take_out", "refuse_take_out", "revoke_take_out", "ask_take_out", "destroy_files"),
)


@pytest.mark.safety("K7")
def test_pages_of_a_locked_case(locked, client, queries):
    case, lead, second = locked
    for user in (lead, second):
        client.force_login(user)
        asked = {action: queries(act_on(case, action)) for action in LOCKED_PAGES} | {"case": queries(page_of(case))}
        assert {page: number for page, number in asked.items() if number > MOST} == {}


@pytest.mark.safety("K7")
def test_pages_of_a_locked_case_whose_agreement_was_taken_back(locked, client, queries):
    case, lead, second = locked
    case = perform(case, "agree_take_out", by=second, **WHY)
    audit.record(case, TAKEN, lead)
    case = perform(case, "revoke_take_out", by=second, **WHY)
    for user in (lead, second):
        client.force_login(user)
        asked = {action: queries(act_on(case, action)) for action in LOCKED_PAGES} | {"case": queries(page_of(case))}
        assert {page: number for page, number in asked.items() if number > MOST} == {}


@pytest.mark.safety("K7")
def test_pages_of_a_locked_case_that_the_police_have(locked, client, queries):
    case, lead, second = locked
    case = perform(case, "agree_take_out", by=second, **WHY)
    audit.record(case, TAKEN, lead)
    case = perform(case, "hand_to_police", by=lead, **HANDED)
    perform(case, "claim", by=lead)
    for user in (lead, second):
        client.force_login(user)
        assert "Unit Contoh" in client.get(page_of(case)).text
        assert queries(page_of(case)) <= MOST
        assert queries(act_on(case, "correct_hand_over")) <= MOST


@pytest.mark.slow
def test_case_page_after_an_action(full, moderator, client, queries):
    case = full(moderator)
    client.get(page_of(case))
    client.post(act_on(case, "note"), {"version": case.version, "text": "Lagi."})
    assert queries(page_of(case)) <= MOST


@pytest.mark.slow
def test_case_page_with_a_form_to_correct(full, moderator, client, queries):
    case = full(moderator)
    assert queries(act_on(case, "note"), {"version": case.version, "text": ""}) <= MOST + 1  # the action reads it first


@pytest.mark.slow
@pytest.mark.logs_errors
@pytest.mark.parametrize("role", ["moderator", "child-safety"])
def test_case_page_with_replaced_parts(full, person, client, queries, role):
    case = full(person(role))
    replace_story(case)
    client.get(page_of(case))
    assert RecordAlarm.objects.exists()
    assert queries(page_of(case)) <= MOST


@pytest.mark.slow
def test_case_page_of_a_second_review(full, moderator, supervisor, person, client, queries):
    case = perform(resolve(full(supervisor), supervisor), "request_review")
    person("supervisor", "other")
    client.force_login(supervisor)
    assert queries(page_of(case)) <= MOST


@pytest.mark.slow
def test_case_page_of_a_withdrawn_case(full, supervisor, person, client, queries):
    case = perform(full(supervisor), "withdraw", coerced="no")
    person("supervisor", "other")
    client.force_login(supervisor)
    assert queries(page_of(case)) <= MOST


def test_plain_case_page_with_its_transaction(filed, moderator, client):
    perform(filed.case, "claim", by=moderator)
    client.force_login(moderator)
    with CaptureQueriesContext(connection) as asked:
        client.get(page_of(filed.case))
    assert len(asked) <= MOST + 1  # one for the templates of replies, which is remembered


@pytest.mark.sampled(3)
@pytest.mark.parametrize("role", READERS)
def test_taking_the_next_case_with_its_transaction(filed, person, client, role):
    client.force_login(person(role))
    with CaptureQueriesContext(connection) as asked:
        client.post(reverse("admin:reports_case_next"))
    assert Case.objects.get().handler_id
    assert len(asked) <= MOST


@pytest.mark.sampled(7)
@pytest.mark.parametrize("role", ROLES)
def test_every_view_of_the_queue(file, person, client, queries, monkeypatch, role):
    monkeypatch.setattr("reports.triage.paging.PAGE", 2)
    for number in range(5):
        file(words=str(number))
    client.force_login(person(role))
    for name in VIEWS:
        address = reverse("admin:reports_case_changelist") + f"?show={name}"
        following = client.get(address).context["next"]
        assert queries(address) <= MOST
        assert queries(f"{address}&after={following}") <= MOST


@pytest.mark.slow
@pytest.mark.sampled(3)
@pytest.mark.parametrize("role", ROLES)
def test_parts_that_the_queue_fetches(file, person, client, queries, role):
    case = file().case
    client.force_login(person(role))
    filters = "?show=all&tier=0&tier=2&language=id&platform=instagram&category=cyberbullying"
    assert queries(reverse("admin:reports_case_changelist") + filters) <= MOST
    assert queries(reverse("admin:reports_case_news") + filters, {"known": case.reference}) <= MOST
    assert queries(reverse("admin:reports_case_find"), {"reference": case.reference}) <= MOST
    if Case.objects.visible_to(client.get(reverse("admin:index")).wsgi_request.user).exists():
        assert queries(reverse("admin:reports_case_facts", args=[case.reference])) <= MOST


def asked_and_verified() -> bool:
    """The question that a site asks about its emergency numbers, answered with yes."""
    emergency_set_verified()
    return True


@pytest.fixture
def staffed(settings, person, monkeypatch):
    """A site that is open, so that everything about it is checked: ten people of child safety, one outside lead."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMERGENCY_NUMBERS_VERIFIED = f"{__name__}.asked_and_verified"
    settings.OPENING_PAPERS = {"impact_assessment": "2026-01-02", "legal_note": "2026-01-03"}
    settings.OPERATOR = {"name": "Yayasan", "contact": "a@b.id", "data_protection_contact": "c@b.id"}
    for day in range(7):
        StaffedHours.objects.create(weekday=day, opens="00:00", closes="23:59")
    for for_withheld in (False, True):
        OnCallChannel.objects.create(email="a@b.id", for_withheld=for_withheld, tested_at=timezone.now())
    for role, name in [("outside-lead", "outside"), *(("child-safety", f"cs{number}") for number in range(10))]:
        Authenticator.objects.create(user=person(role, name), type=Authenticator.Type.TOTP, data={})


@pytest.mark.sampled(5)
@pytest.mark.parametrize("role", [*ROLES, "auditor", "administrator"])
def test_first_page_of_the_desk(filed, staffed, person, client, queries, role):
    client.force_login(person(role))
    call_command("housekeeping")
    assert intake_status().is_open
    assert queries(reverse("admin:index")) <= MOST


@pytest.mark.slow
@pytest.mark.parametrize("role", READERS)
def test_pages_about_the_care_of_staff(full, person, client, queries, role):
    full(person(role))
    for name in ("care", "handover", "availability")[: 2 if role == "moderator" else 3]:
        assert queries(reverse(f"admin:reports_case_{name}")) <= MOST
    assert queries(reverse("admin:reports_own_channels")) <= MOST


@pytest.mark.slow
def test_pages_of_the_second_look(filed, moderator, person, client, queries, monkeypatch):
    monkeypatch.setattr("reports.cases.second_look.ONE_IN", 1)
    perform(perform(filed.case, "claim", by=moderator), "close", by=moderator, outcome="spam")
    client.force_login(person("moderator", "colleague"))
    assert queries(reverse("admin:reports_case_second_looks")) <= MOST
    assert queries(reverse("admin:reports_case_second_looks"), {"begin": "1"}) <= MOST
    look = client.post(reverse("admin:reports_case_second_looks")).url
    assert queries(look) <= MOST
    assert queries(look, {"category": "scam", "tier": "1", "outcome": "helped"}) <= MOST


@pytest.mark.sampled(2)
@pytest.mark.parametrize("role", TABLES)
def test_lists_of_the_desk(filed, staffed, person, client, queries, role):
    for command in ("load_replies", "load_checklists"):
        call_command(command, verbosity=0)
    client.force_login(person(role))
    for name in TABLES[role]:
        assert queries(reverse(f"admin:reports_{name}_changelist")) <= MOST


@pytest.mark.slow
def test_opening_a_file_and_each_of_its_pages(report, moderator, client, queries):
    case = perform(report(SCAM, with_picture=True), "claim", by=moderator)
    call_command("housekeeping")
    client.force_login(moderator)
    names = {"ref": case.reference, "file_id": case.evidence.get().pk}
    client.post(reverse("admin:reports_case_open_file", kwargs=names), {"reason": "assess"})
    assert queries(reverse("admin:reports_case_file", kwargs=names)) <= MOST
    assert queries(reverse("admin:reports_case_file_page", kwargs=names | {"number": 1})) <= MOST
