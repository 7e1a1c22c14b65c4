"""Many people at once: one lease each, no case twice, one case however often it is sent."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from reports.intake.draft import Draft
from reports.intake.submit import submit
from reports.lifecycle import NotAllowed, perform
from reports.models import Case, Event
from reports.pocket import opened_by
from tests.cast import BULLIED

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


def test_notes_written_at_once_are_all_kept(filed, person):
    people = [person("moderator", f"moderator-{number}") for number in range(6)]
    at_once(lambda user: perform(filed.case, "note", by=user, text=user.username), *people)
    assert {note.text() for note in filed.case.notes.all()} == {user.username for user in people}
