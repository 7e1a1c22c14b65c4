"""The record cannot be changed unnoticed."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from reports import triggers
from reports.cases.lifecycle import perform
from reports.cases.verification import register, walk
from reports.models import Case, Checkpoint, Event, RegisterEntry

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


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


def test_whole_chain_is_whole(busy):
    assert walk.verify(busy) is None
    assert not any(page.broken for page in walk.verify_all())


@pytest.mark.parametrize("statement", ["UPDATE reports_event SET action = 'x'", "DELETE FROM reports_event"])
def test_database_refuses_changes(busy, statement):
    with pytest.raises(DatabaseError):
        sql(statement)
    assert triggers.present()


@pytest.mark.sampled(3)
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
    broken = walk.verify(busy)
    assert (broken.number, broken.why) == (number, why)
    triggers.install()


OTHERS = {  # another value of each column of an event that the record has to cover, by the event
    "case_id": lambda event: uuid4(),
    "number": lambda event: 99,
    "action": lambda event: "x",
    "by_id": lambda event: None if event.by_id else User.objects.latest("pk").pk,
    "side": lambda event: "x",
    "at": lambda event: event.at + timedelta(microseconds=1),
    "digest": lambda event: bytes(event.digest)[::-1],
    "key_id": lambda event: "x",
    "seal": lambda event: bytes(event.seal)[::-1],
}


def test_every_column_of_an_event_is_covered(busy):
    triggers.remove()
    columns = {column.attname for column in Event._meta.concrete_fields} - {"id", "facts"}
    assert columns == OTHERS.keys()
    changes = [(event, name, OTHERS[name](event)) for event in busy.events.all() for name in columns]
    with connection.constraint_checks_disabled():
        assert [(event.action, name) for event, name, value in changes if not notices(event, name, value)] == []
    triggers.install()


def test_every_fact_of_an_event_is_covered(busy):
    triggers.remove()
    changes = [(event, event.facts | {"more": 1}) for event in busy.events.all()]
    for event in busy.events.all():
        changes += [(event, {**event.facts, name: "x"}) for name in event.facts]
        changes += [(event, {key: value for key, value in event.facts.items() if key != name}) for name in event.facts]
    assert len(changes) > 10
    assert [(event.action, facts) for event, facts in changes if not notices(event, "facts", facts)] == []
    triggers.install()


def notices(event: Event, column: str, value) -> bool:
    """Whether the walk finds the other value of one column, which is put back."""
    rows, before = Event.objects.filter(pk=event.pk), getattr(event, column)
    rows.update(**{column: value})
    broken = walk.verify(Case.objects.get(pk=event.case_id))
    rows.update(**{column: before})
    return broken is not None


def test_two_events_that_changed_places_are_found(busy):
    triggers.remove()
    for old, new in ((2, 99), (3, 2), (99, 3)):
        sql("UPDATE reports_event SET number = %s WHERE number = %s", new, old)
    assert walk.verify(busy).why == "changed"
    triggers.install()


def test_person_in_the_record_cannot_be_deleted(busy, moderator):
    with pytest.raises(Exception, match="protected"):
        moderator.delete()
    assert Event.objects.filter(by=moderator).exists()


def test_event_cannot_be_replaced(busy):
    columns = ", ".join(field.column for field in Event._meta.concrete_fields)
    if connection.vendor == "postgresql":
        statement = f"INSERT INTO reports_event ({columns}) SELECT {columns} FROM reports_event WHERE number = 2"
        statement += " ON CONFLICT (id) DO UPDATE SET action = 'x'"
    else:
        statement = f"INSERT OR REPLACE INTO reports_event ({columns}) SELECT {columns} FROM reports_event"
    with pytest.raises(DatabaseError, match="append-only"):
        sql(statement)
    assert walk.verify(busy) is None


@pytest.mark.sampled(3)
@pytest.mark.parametrize("table", ["reports_registerentry", "reports_checkpoint"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET key_id = 'x'", "DELETE FROM {}"])
def test_register_and_checkpoints_are_append_only(busy, table, statement):
    register.countersign()
    Checkpoint.objects.create(case_id=busy.pk, events_count=0, ended_at=busy.received_at)
    with pytest.raises(DatabaseError, match="append-only"):
        sql(statement.format(table))
    assert RegisterEntry.objects.count() == 4


EMPTIED = {
    "sqlite": "DROP TRIGGER reports_event_no_update;"
    "CREATE TRIGGER reports_event_no_update BEFORE UPDATE ON reports_event BEGIN SELECT 1; END",
    "postgresql": "CREATE OR REPLACE FUNCTION reports_event_refuse() RETURNS trigger LANGUAGE plpgsql"
    " AS $$ BEGIN RETURN NEW; END $$",
}


def test_triggers_that_do_nothing_are_noticed_and_put_right(db):
    first, _, second = EMPTIED[connection.vendor].partition(";C")
    sql(first)
    if second:
        sql(f"C{second}")
    assert not triggers.present()
    triggers.install()
    assert triggers.present()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL can switch a trigger off")
@pytest.mark.parametrize("state", ["DISABLE", "ENABLE REPLICA"])
def test_triggers_that_are_switched_off_are_noticed(db, state):
    sql(f"ALTER TABLE reports_event {state} TRIGGER reports_event_no_change")
    assert not triggers.present()


@pytest.mark.logs_errors
def test_site_without_the_triggers_is_not_ready(client):
    call_command("housekeeping")
    assert client.get("/readyz").status_code == 200
    triggers.remove()
    assert client.get("/readyz").status_code == 503
    triggers.install()
