"""Many people at once: one lease each, no case twice, one case however often it is sent."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from reports.evidence import intake as files
from reports.intake.draft import Draft
from reports.intake.submit import submit
from reports.lifecycle import NotAllowed, perform
from reports.models import Case, Event, Evidence
from reports.pocket import opened_by
from tests.cast import BULLIED
from tests.reports.evidence.test_upload import picture
from tests.reports.intake.test_wizard import Reporter

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(function, *items):
    """Run ``function`` on all ``items`` in threads of their own; returns the results in order."""

    def run(item):
        try:
            return function(item)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(items)) as pool:
        return list(pool.map(run, items))


def test_moderators_who_race_get_one_case_each(file, person):
    cases = [file(words=str(number)).case for number in range(6)]
    people = [person("moderator", f"moderator-{number}") for number in range(12)]

    def take_one(user):
        for case in Case.objects.visible_to(user).queued().free():
            try:
                return perform(case, "claim", by=user).pk
            except NotAllowed:
                continue
        return None

    taken = [pk for pk in at_once(take_one, *people) if pk]
    assert sorted(taken) == sorted(case.pk for case in cases)
    assert Event.objects.filter(action="claim").count() == len(cases)


def test_a_report_sent_many_times_at_once_is_one_case(categories):
    draft = Draft.begin("id")
    draft.answers = dict(BULLIED)
    draft.save()
    cookie = draft.pocket.cookie

    def send(_tap):
        if pocket := opened_by(cookie):
            mine = Draft(pocket)
            if mine.answers:
                submit(mine)

    at_once(send, *range(6))
    assert Case.objects.count() == 1
    kept = opened_by(cookie).facts
    assert Case.objects.get().reference == kept["reference"]


def test_files_added_at_once_all_keep_their_keys(categories, settings):
    settings.DEBUG = True
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
    assert {files.facts(item, draft.pocket.keyring)["name"][1:] for item in draft.files} == {".jpg"}


def test_notes_written_at_once_are_all_kept(filed, person):
    people = [person("moderator", f"moderator-{number}") for number in range(6)]
    at_once(lambda user: perform(filed.case, "note", by=user, text=user.username), *people)
    assert {note.text() for note in filed.case.notes.all()} == {user.username for user in people}
