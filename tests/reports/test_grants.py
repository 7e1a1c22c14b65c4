"""``deploy/grants.sql`` on PostgreSQL: each node does its work as its own role, and nothing more."""

import re
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string

from education import public_pages
from education.models import HelpfulVote, Revision
from reports.cases.lifecycle import perform
from reports.crypto.vault import keys
from reports.models import Case, Event, Evidence, RegisterEntry, ReminderAddress, SealedSession
from reports.models.sent_file import Prepared
from safetycenter.models import CacheVersion
from safetycenter.page_cache import cache_version
from tests.cast import BULLIED, PASSWORD
from tests.education import factory
from tests.reports.actions import resolve
from tests.reports.evidence.uploads import picture
from tests.reports.followup.visitor import open_with, url
from tests.reports.intake.adding import add, sent
from tests.reports.intake.reporter import Reporter, add_files
from tests.reports.reminders import CHOICES, asked, confirm_sender

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
needs_roles = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no roles")
GRANTS = Path(django_settings.BASE_DIR, "deploy", "grants.sql")
PUBLIC, DESK = "safetycenter_public", "safetycenter_desk"


@contextmanager
def role(name: str):
    """Be this role in the database: neither a superuser nor an owner of a table."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {name}")
    try:
        yield
    finally:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("RESET ROLE")


@pytest.fixture
def grants(categories, person):
    """The shipped file, run by the owner, on a database with staff in it."""
    person("child-safety")
    with connection.cursor() as cursor:
        cursor.execute(GRANTS.read_text())


@pytest.fixture
def public_node(grants, settings, session_keys, tmp_path, in_demo):
    """This process is a public node with separate keys; the desk's folder has their public halves."""
    folder = tmp_path / "public-keys"
    folder.mkdir()
    for name in ("desk.public", "child_safety.public"):
        (folder / name).write_bytes((session_keys / name).read_bytes())
    settings.KEYS_DIR, settings.HAS_DESK, settings.NODE = folder, False, "public"
    settings.ROOT_URLCONF = "safetycenter.urls.public"
    keys.make(folder)


def refused(statement: str) -> bool:
    """Return whether the database refuses ``statement`` for want of a right."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as error:
        return "permission denied" in str(error)
    return False


def report() -> str:
    """A whole report through the form, with a picture; the code."""
    reporter = Reporter()
    reporter.begin()
    reporter.tell(about="me", category="scam", age="adult", money_sent="no", words="Aku ditipu.")
    photo = SimpleUploadedFile("x.jpg", picture(), "image/jpeg")
    step = reporter.url("step", number=reporter.draft.number_of("evidence"))
    reporter.client.post(step, {"question": "evidence", "files": photo})
    assert reporter.send().url == reporter.url("code")
    facts = reporter.draft_session.data
    return facts["reference"] + facts["secret"]


@needs_roles
def test_public_role_takes_a_report_and_its_return(public_node):
    with role(PUBLIC):
        code = report()
        visit = open_with(code)
        assert visit.get(url("visit")).status_code == 200
        photo = SimpleUploadedFile("y.jpg", picture(), "image/jpeg")
        assert visit.post(url("write"), {"text": "Lagi.", "files": photo}).status_code == 303
        assert visit.post(url("withdraw"), {"coerced": "no"}).status_code == 303
    case = Case.objects.get()
    assert case.evidence.count() == 2
    assert case.withdraw_at
    assert list(case.events.values_list("action", flat=True)) == ["submitted", "reporter_reply", "withdraw"]


@needs_roles
@pytest.mark.safety("H8")
def test_public_role_deletes_a_draft_with_its_file(public_node):
    with role(PUBLIC):
        reporter = Reporter()
        reporter.begin()
        reporter.tell(about="me", category="scam", age="adult", money_sent="no", words="Aku ditipu.")
        add_files(reporter)
        assert Evidence.objects.count() == 1
        reporter.client.post(reporter.url("leave"), headers={"Sec-Fetch-Site": "same-origin"})
    assert not Evidence.objects.exists()
    assert not SealedSession.objects.exists()


@needs_roles
def test_public_role_adds_what_comes_after_the_code(public_node):
    with role(PUBLIC):
        reporter = Reporter()
        case = sent(reporter, about="me", category="unsure", words="Ada yang aneh.")
        for key, answer in (("age", "under_13"), ("platform", "x"), ("sexual_or_violent", "sexual")):
            assert add(reporter, key, answer).status_code == 303
        add(reporter, "account_or_link", "@dia aku mau mati")
    case.refresh_from_db()
    assert (case.tier, case.restricted, case.age_band, case.risk_flag) == (0, True, "under_13", True)


@needs_roles
def test_public_role_changes_no_added_answer(public_node):
    with role(PUBLIC):
        reporter = Reporter()
        sent(reporter)
        add(reporter, "platform", "x")
        assert refused("UPDATE reports_datakey SET sealed = NULL")
        assert refused("DELETE FROM reports_datakey")


@needs_roles
def test_public_role_restricts_a_case_by_its_reporters_words(public_node, file):
    filed = file(base=BULLIED, age="under_13")
    with role(PUBLIC):
        visit = open_with(filed.receipt.code)
        assert visit.post(url("write"), {"text": "Dia mau bunuh aku."}).status_code == 303
    assert filed.case.messages.exists()
    assert Case.objects.get().restricted


@needs_roles
def test_public_role_lets_a_reporter_speak_of_dying(public_node, file):
    filed = file(base=BULLIED)
    with role(PUBLIC):
        assert open_with(filed.receipt.code).post(url("write"), {"text": "Aku mau mati."}).status_code == 303
    assert filed.case.messages.exists()


@needs_roles
def test_public_role_counts_whether_a_guide_helped(public_node):
    guide = factory.guide()
    Revision.objects.record(guide, by=None)
    with role(PUBLIC):
        address = reverse("education:helpful", args=[guide.number])
        answer = Client(headers={"Sec-Fetch-Site": "same-origin"}).post(address, {"answer": "yes"})
    assert answer.status_code == 303
    assert HelpfulVote.objects.get().revision == 1


@needs_roles
def test_public_role_makes_the_next_generation_of_pages(public_node):
    before = cache_version.current()
    CacheVersion.objects.update(next_change_at=timezone.now())
    with role(PUBLIC):
        assert cache_version.current() == before + 1


@needs_roles
def test_public_role_shows_readers_pages(public_node):
    addresses = [*public_pages.paths(), reverse("reports:start")]
    with role(PUBLIC):
        for address in addresses:
            assert Client().get(address).status_code == 200, address
        assert Client().get(reverse("education:search"), {"q": "dikucilin"}).status_code == 200
        answers = {what: import_string(name)() for what, name in django_settings.READINESS_CHECKS.items()}
    assert answers["events are append-only"]
    assert answers["events are countersigned"]


@needs_roles
def test_public_role_knows_whether_the_form_may_be_open(public_node, monkeypatch):
    monkeypatch.setattr(django_settings, "DEBUG", False)
    with role(PUBLIC):
        assert Client().get(reverse("reports:start"), secure=True).status_code in {200, 503}


FORBIDDEN = {
    PUBLIC: [
        'SELECT "values" FROM education_unsavedtext',
        "INSERT INTO auth_user (username) VALUES ('x')",
        "UPDATE auth_user SET is_superuser = true",
        "SELECT password FROM auth_user",
        "INSERT INTO auth_user_groups (user_id, group_id) VALUES (1, 1)",
        "INSERT INTO auth_group (name) VALUES ('x')",
        "INSERT INTO auth_group_permissions (group_id, permission_id) VALUES (1, 1)",
        "SELECT * FROM django_session",
        "INSERT INTO django_session VALUES ('x', 'x', now())",
        "SELECT data FROM mfa_authenticator",
        "INSERT INTO mfa_authenticator (user_id) VALUES (1)",
        "UPDATE reports_event SET action = 'x'",
        "DELETE FROM reports_event",
        "TRUNCATE reports_event CASCADE",
        "SELECT by_id FROM reports_event",
        "SELECT facts FROM reports_event",
        "INSERT INTO reports_registerentry (number) VALUES (1)",
        "DELETE FROM reports_registerentry",
        "INSERT INTO reports_checkpoint (events_count) VALUES (1)",
        "UPDATE reports_recordalarm SET settled_at = now()",
        "SELECT * FROM reports_note",
        "SELECT * FROM reports_referral",
        "SELECT * FROM reports_agency",
        "SELECT * FROM reports_identifierdigest",
        "DELETE FROM reports_case",
        "UPDATE reports_case SET answers = NULL",
        "UPDATE reports_case SET key_for_staff = NULL",
        "UPDATE reports_case SET staff_key_id = 'x'",
        "SELECT * FROM reports_noteskey",
        "SELECT * FROM reports_gateentry",
        "UPDATE reports_case SET staff_audience = 'desk'",
        "UPDATE reports_case SET category_id = 'x'",
        "UPDATE reports_datakey SET wrapped = NULL",
        "DELETE FROM reports_message",
        "UPDATE reports_message SET side = 'staff'",
        "UPDATE reports_message SET visible_from = now()",
        "SELECT email FROM reports_oncallchannel",
        "SELECT sealed, hint, person_id FROM reports_oncallchannel",
        "SELECT * FROM education_revision",
        "SELECT data FROM education_revision",
        "SELECT author_id, note FROM education_revision",
        "UPDATE education_guide SET id = id",
        "UPDATE education_channel SET id = id",
        "CREATE TABLE x (y int)",
        "CREATE TEMPORARY TABLE x (y int)",
        "ALTER TABLE reports_event DISABLE TRIGGER ALL",
        "DROP TRIGGER reports_event_no_change ON reports_event",
    ],
    DESK: [
        "UPDATE reports_event SET action = 'x'",
        "DELETE FROM reports_event",
        "TRUNCATE reports_event CASCADE",
        "UPDATE reports_registerentry SET number = 1",
        "DELETE FROM reports_registerentry",
        "INSERT INTO reports_checkpoint (events_count) VALUES (1)",
        "DELETE FROM reports_anchor",
        "CREATE TABLE x (y int)",
        "CREATE TEMPORARY TABLE x (y int)",
        "ALTER TABLE reports_event DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
    ],
}


@needs_roles
@pytest.mark.parametrize(("name", "statement"), [(name, one) for name, all_ in FORBIDDEN.items() for one in all_])
def test_public_role_can_do_nothing_more(grants, name, statement):
    with role(name):
        denied = refused(statement)
        if not denied:  # an owner's right and a missing privilege have different messages
            with pytest.raises(DatabaseError, match=r"must be owner|permission denied"), transaction.atomic():
                connection.cursor().execute(statement)


SOON, LATER = "now() + interval '72 hours'", "now() + interval '90 hours'"
WITHDRAWN = f"withdraw_at = {SOON}, erasure_needs_lead = true"
# What the row of a case is, and what the public node may and may not make of it.
DIRECTIONS = [
    ("restricted = false", "restricted = true", "restricted = true", "restricted = false"),
    ("tier = 2", "tier = 1", "tier = 1", "tier = 2"),
    ("risk_flag = false", "risk_flag = true", "risk_flag = true", "risk_flag = false"),
    ("indexed = true", "indexed = false", "indexed = false", "indexed = true"),
    (
        "restricted_by_words = false",
        "restricted_by_words = true",
        "restricted_by_words = true",
        "restricted_by_words = false",
    ),
    ("withheld = false", "withheld = true", "withheld = true", "withheld = false"),
    ("files_forbidden = false", "files_forbidden = true", "files_forbidden = true", "files_forbidden = false"),
    ("age_band = 'unknown'", "age_band = '13_15'", "age_band = 'unknown'", "age_band = 'adult'"),
    ("age_band = 'unknown'", "age_band = '13_15'", "age_band = '13_15'", "age_band = 'unknown'"),
    ("platform = ''", "platform = 'x'", "platform = 'x'", "platform = ''"),
    ("may_lack_code = true", "may_lack_code = false", "may_lack_code = false", "may_lack_code = true"),
    ("unreachable = false", "unreachable = true", "unreachable = true", "unreachable = false"),
    ("state = 'closed'", "state = 'triage'", "state = 'resolved'", "state = 'closed'"),
    (f"refer_due_at = {LATER}", f"refer_due_at = {SOON}", f"refer_due_at = {SOON}", f"refer_due_at = {LATER}"),
    ("closed_at = now()", "closed_at = NULL", "closed_at = NULL", "closed_at = now()"),
    ("outcome = 'spam'", "outcome = ''", "outcome = ''", "outcome = 'spam'"),
    ("handler_id = NULL", "handler_id = NULL", "handler_id = NULL", "handler_id = (SELECT min(id) FROM auth_user)"),
    (
        "last_handler_id = NULL",
        "last_handler_id = NULL",
        "last_handler_id = NULL",
        "last_handler_id = (SELECT min(id) FROM auth_user)",
    ),
    (
        "lift_requested_by_id = NULL",
        "lift_requested_by_id = NULL",
        "lift_requested_by_id = NULL",
        "lift_requested_by_id = (SELECT min(id) FROM auth_user)",
    ),
    ("withdraw_at = NULL", f"withdraw_at = {SOON}", "withdraw_at = NULL", "withdraw_at = now()"),
    (f"withdraw_at = {LATER}", "withdraw_at = NULL", f"withdraw_at = {LATER}", f"withdraw_at = {SOON}"),
    ("erasure_approved = true", "erasure_approved = false", "erasure_approved = false", "erasure_approved = true"),
    (WITHDRAWN, "withdraw_at = NULL, erasure_needs_lead = false", WITHDRAWN, "erasure_needs_lead = false"),
]


@needs_roles
@pytest.mark.parametrize(("before", "allowed", "other", "forbidden"), DIRECTIONS)
def test_public_role_changes_a_case_one_way(public_node, filed, before, allowed, other, forbidden):
    def set_to(columns: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE reports_case SET {columns}")

    set_to(before)
    with role(PUBLIC):
        set_to(allowed)
    set_to(other)
    with role(PUBLIC):
        assert refused(f"UPDATE reports_case SET {forbidden}")
    with role(DESK):
        set_to(forbidden)


@needs_roles
def test_public_role_lets_a_reporter_change_their_mind(public_node, file):
    filed = file(base=BULLIED)
    with role(PUBLIC):
        visit = open_with(filed.receipt.code)
        for name, data in (
            ("withdraw", {"coerced": "no"}),
            ("cancel_withdrawal", {}),
            ("withdraw", {"coerced": "yes"}),
            ("write", {"text": "Aku takut."}),
            ("cancel_withdrawal", {}),
            ("code_found", {}),
            ("new_code", {"written": "1"}),
        ):
            assert visit.post(url(name), data).status_code in {200, 303}, name
    actions = set(filed.case.events.values_list("action", flat=True))
    assert {"withdraw", "cancel_withdrawal", "reporter_reply", "freeze"} <= actions


@needs_roles
def test_public_role_lets_a_reporter_open_a_closed_case(public_node, file, moderator, session_keys, settings):
    public, settings.KEYS_DIR, settings.HAS_DESK = settings.KEYS_DIR, session_keys, True
    filed = file(age="adult", category="scam")
    case = perform(filed.case, "claim", by=moderator)
    case = resolve(perform(case, "reply", by=moderator, text="Ini."), moderator)
    perform(case, "close", by=moderator, outcome="helped")
    settings.KEYS_DIR, settings.HAS_DESK = public, False
    with role(PUBLIC):
        visit = open_with(filed.receipt.code)
        assert visit.post(url("request_review")).status_code == 303
        assert visit.post(url("write"), {"text": "Belum selesai."}).status_code == 303
    assert Case.objects.get().state == "escalated"


@needs_roles
@pytest.mark.safety("H25")
def test_public_role_asks_for_another_person_and_takes_it_back(public_node, file, moderator):
    filed = file()
    perform(filed.case, "claim", by=moderator)
    with role(PUBLIC):
        visit = open_with(filed.receipt.code)
        assert visit.post(url("other_person"), {"reason": "known"}).status_code == 303
        assert refused("SELECT reason FROM reports_recusal")
        assert refused("UPDATE reports_recusal SET revocable = false")
    assert filed.case.recusals.get().person == moderator
    with role(PUBLIC):
        assert visit.post(url("cancel_other")).status_code == 303
    assert not filed.case.recusals.exists()


@needs_roles
@pytest.mark.safety("H25")
def test_public_role_hides_no_case_from_others(public_node, file, moderator, supervisor):
    filed = file()
    perform(filed.case, "claim", by=moderator)
    perform(filed.case, "recuse", by=moderator)
    values = f"SELECT id, {supervisor.pk}, true, now() FROM reports_case"
    with role(PUBLIC):
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            connection.cursor().execute(
                f"INSERT INTO reports_recusal (case_id, person_id, revocable, made_at) {values}"
            )
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM reports_recusal")
    assert filed.case.recusals.count() == 1


@needs_roles
def test_public_role_reads_a_sent_file_and_no_more(public_node, file, moderator, session_keys, settings):
    public, settings.KEYS_DIR, settings.HAS_DESK = settings.KEYS_DIR, session_keys, True
    filed = file(age="adult", category="scam")
    case = perform(filed.case, "claim", by=moderator)
    perform(case, "reply", by=moderator, text="Ini.", file=Prepared("text/plain", b"Langkah."))
    settings.KEYS_DIR, settings.HAS_DESK = public, False
    with role(PUBLIC):
        visit = open_with(filed.receipt.code)
        visit.post(url("read"))
        chosen = {"file": str(case.sent_files.get().pk)}
        assert visit.post(url("sent_file"), chosen).content == b"Langkah."
        assert refused("DELETE FROM reports_sentfile")
        assert refused("UPDATE reports_sentfile SET sent_at = now()")
        assert refused("INSERT INTO reports_sentfile (case_id) SELECT id FROM reports_case")


@needs_roles
def test_public_role_deletes_no_file_of_a_case(public_node):
    with role(PUBLIC):
        report()
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM reports_evidence")
            cursor.execute("UPDATE reports_evidence SET kind = 'x'")
    assert Case.objects.get().evidence.get().kind == "image/jpeg"


@needs_roles
def test_desk_role_does_its_work(grants, file, client, person, settings, tmp_path):
    settings.RECORD_ANCHOR_DIR = str(tmp_path)
    moderator, filed = person("moderator"), file()
    with role(DESK):
        client.login(username=moderator.username, password=PASSWORD)
        for action, data in (
            ("claim", {}),
            ("note", {"text": "Catatan."}),
            ("reply", {"text": "Kami baca."}),
            ("resolve", {}),
        ):
            version = Case.objects.get().version
            address = reverse("admin:reports_case_act", args=[filed.case.reference, action])
            assert client.post(address, data | {"version": version}).status_code == 302, action
            if action == "claim":
                page = client.get(reverse("admin:reports_case_page", args=[filed.case.reference]), {"words": "1"})
                assert "Mereka mengejek aku" in page.content.decode()
        assert client.get(reverse("admin:index")).status_code == 200
        call_command("housekeeping", stdout=StringIO())
        call_command("verify_audit", stdout=StringIO())
    assert RegisterEntry.objects.count() == Event.objects.count()


@needs_roles
def test_desk_role_erases_what_was_withdrawn(grants, file, monkeypatch):
    filed = file(age="adult", category="scam")
    visit = open_with(filed.receipt.code)
    visit.post(url("withdraw"), {"coerced": "no"})
    later = timezone.now() + timedelta(days=4)
    monkeypatch.setattr(timezone, "now", lambda: later)
    with role(DESK):
        call_command("housekeeping", stdout=StringIO())
    assert Case.objects.get().state == "purged"


@needs_roles
@pytest.mark.safety("H20")
def test_public_role_writes_and_erases_a_reminder_and_reads_none(public_node, settings, file):
    confirm_sender(settings)
    filed = file()
    with role(PUBLIC):
        visit = asked(filed.receipt.code)
        assert refused("SELECT sealed FROM reports_reminderaddress")
        assert refused("UPDATE reports_reminderaddress SET sealed = ''")
        assert refused("UPDATE reports_remindersender SET confirmed_at = now()")
        assert visit.get(url("reminder")).status_code == 200
        assert visit.post(url("reminder_code"), {"code": "1"}).status_code == 200
        visit.post(url("reminder_off"))
        visit.post(url("reminder"), CHOICES)
        visit.post(url("code_found"))
    assert not ReminderAddress.objects.exists()


# What reporters never change of a case. A new column belongs here or into the grants of the public node.
KEPT = (
    "id reference category_id team_id region language hold received_at"
    " resolved_at resolved_by_id suspected_material_at locked_by_id answers staff_audience "
    "key_for_staff staff_key_id"
    " burst child_confirmed_at files_reviewed_at misuse_noted_by_id misuse_confirmed_at"
    " times_returned hotline_link_at fact_degrees refer_alarmed_at refer_decided_at refer_decision"
)


def test_every_column_of_a_case_is_granted_or_kept():
    granted = re.search(r"GRANT UPDATE \(([^)]*)\) ON reports_case", GRANTS.read_text())[1]
    named = sorted([*re.findall(r"\w+", granted), *KEPT.split()])
    assert named == sorted(field.column for field in Case._meta.concrete_fields)
