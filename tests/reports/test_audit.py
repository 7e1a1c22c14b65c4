"""The record cannot be changed unnoticed."""

import pytest
from django.db import DatabaseError, connection, transaction

from reports import audit, triggers
from reports.lifecycle import perform
from reports.models import Case, Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def busy(filed, moderator) -> Case:
    """A case with four events."""
    perform(filed.case, "claim", by=moderator)
    perform(filed.case, "note", by=moderator, text="x")
    perform(filed.case, "release", by=moderator)
    return Case.objects.get(pk=filed.case.pk)


def sql(statement: str, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_a_whole_chain_is_whole(busy):
    assert audit.verify(busy) is None
    assert list(audit.verify_all()) == []


@pytest.mark.parametrize("statement", ["UPDATE reports_event SET action = 'x'", "DELETE FROM reports_event"])
def test_the_database_refuses_changes(busy, statement):
    with pytest.raises(DatabaseError):
        sql(statement)
    assert triggers.present()


@pytest.mark.parametrize(
    ("statement", "number", "why"),
    [
        ("UPDATE reports_event SET action = 'x' WHERE number = 2", 2, "changed"),
        ("UPDATE reports_event SET by_id = NULL WHERE number = 3", 3, "changed"),
        ("DELETE FROM reports_event WHERE number = 2", 2, "missing"),
        ("DELETE FROM reports_event WHERE number = 4", 4, "cut"),
    ],
)
def test_whoever_gets_past_the_triggers_is_found(busy, statement, number, why):
    triggers.remove()
    sql(statement)
    broken = audit.verify(busy)
    assert (broken.number, broken.why) == (number, why)
    triggers.install()


def test_two_events_that_changed_places_are_found(busy):
    triggers.remove()
    for old, new in ((2, 99), (3, 2), (99, 3)):
        sql("UPDATE reports_event SET number = %s WHERE number = %s", new, old)
    assert audit.verify(busy).why == "changed"
    triggers.install()


def test_a_person_in_the_record_cannot_be_deleted(busy, moderator):
    with pytest.raises(Exception, match="protected"):
        moderator.delete()
    assert Event.objects.filter(by=moderator).exists()
