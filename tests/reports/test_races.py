"""Many people at once: one lease each, no case twice, one case however often it is sent."""

from threading import Event as Signal
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports.cases.lifecycle import perform
from reports.crypto.sealed_session import open_by_cookie
from reports.evidence import files
from reports.intake.draft import Draft
from reports.intake.submit import submit
from reports.models import Case, Event, Evidence
from reports.triage.taking import claim_most_urgent
from tests.cast import BULLIED
from tests.database import at_once, on_postgresql
from tests.reports.evidence.uploads import picture
from tests.reports.intake.reporter import Reporter

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]


def copies(case: Case, count: int) -> None:
    """More cases that wait as ``case`` does."""
    fields = {field.attname: getattr(case, field.attname) for field in Case._meta.concrete_fields}
    Case.objects.bulk_create(
        [Case(**fields | {"id": uuid4(), "reference": f"{number:08d}", "tier": number % 5}) for number in range(count)]
    )


def take_next_at_once(people) -> list[str | None]:
    """What each person got from the button "take the next case": the address of a case, or None."""

    def press(user):
        browser = Client()
        browser.force_login(user)
        address = browser.post(reverse("admin:reports_case_next")).url
        return None if address == reverse("admin:reports_case_changelist") else address

    return at_once(press, *people)


def racers(person, count: int) -> list:
    return [person("moderator", f"moderator-{number}") for number in range(count)]


@on_postgresql
def test_take_next_gives_200_users_one_case_each(filed, person):
    copies(filed.case, 199)
    taken = take_next_at_once(racers(person, 200))
    assert None not in taken
    assert len(set(taken)) == 200
    assert Case.objects.filter(state="in_progress", handler__isnull=False).count() == 200
    assert Event.objects.filter(action="claim").count() == 200


@pytest.mark.slow
def test_take_next_says_none_only_when_none_waits(filed, person):
    copies(filed.case, 5)
    taken = take_next_at_once(racers(person, 12))
    assert len({address for address in taken if address}) == taken.count(None) == 6
    assert not Case.objects.free().exists()


@on_postgresql
def test_take_next_waits_for_a_locked_case(filed, moderator):
    """Opening a case locks its row for a moment; the case still waits."""
    locked, done = Signal(), Signal()

    def look(_other):
        with transaction.atomic():
            Case.objects.for_update().get(pk=filed.case.pk)
            locked.set()
            done.wait(timeout=1)

    def press(_other):
        locked.wait(timeout=10)
        return take_next_at_once([moderator])

    _looked, taken = at_once(lambda work: work(None), look, press)
    assert taken != [None]


@on_postgresql
def test_take_next_waits_with_no_other_row_locked(filed, moderator):
    """The search that skips locked cases may keep a lock; waiting for another one with it would be a deadlock."""
    locked, done = Signal(), Signal()

    def look(_other):
        with transaction.atomic():
            Case.objects.for_update().get(pk=filed.case.pk)
            locked.set()
            done.wait(timeout=1)

    def press(_other):
        locked.wait(timeout=10)
        with CaptureQueriesContext(connection) as queries:
            claim_most_urgent(moderator)
        return [query["sql"] for query in queries]

    _looked, asked = at_once(lambda work: work(None), look, press)
    searched = next(n for n, sql in enumerate(asked) if "SKIP LOCKED" in sql)
    waited = next(n for n, sql in enumerate(asked) if "FOR UPDATE" in sql and "SKIP LOCKED" not in sql)
    assert "COMMIT" in asked[searched:waited]


def test_report_sent_many_times_at_once_is_one_case(categories):
    draft = Draft.begin("id")
    draft.answers = dict(BULLIED)
    draft.save()
    cookie = draft.session.cookie

    def send(_tap):
        if session := open_by_cookie(cookie):
            mine = Draft(session)
            if mine.answers:
                submit(mine)

    at_once(send, *range(6))
    assert Case.objects.count() == 1
    kept = open_by_cookie(cookie).data
    assert Case.objects.get().reference == kept["reference"]


@pytest.mark.slow
def test_files_added_at_once_all_keep_their_keys(categories, in_demo):
    reporter = Reporter()
    reporter.begin()
    reporter.tell(about="me", category="scam", age="adult", money_sent="no")
    address = reporter.url("step", number=reporter.draft.number_of("evidence"))

    def add(number):
        browser = Client()
        browser.cookies = reporter.client.cookies
        photo = SimpleUploadedFile(f"{number}.jpg", picture(), "image/jpeg")
        browser.post(address, {"question": "evidence", "files": photo, "add": "1"})

    at_once(add, *range(7))
    draft = reporter.draft
    assert len(draft.files) == Evidence.objects.count() == 5
    assert {files.facts(item, draft.session.keyring)["name"][1:] for item in draft.files} == {".jpg"}


@pytest.mark.slow
def test_notes_written_at_once_are_all_kept(filed, person):
    people = [person("moderator", f"moderator-{number}") for number in range(6)]
    at_once(lambda user: perform(filed.case, "note", by=user, text=user.username), *people)
    assert {note.text() for note in filed.case.notes.all()} == {user.username for user in people}
