"""A new index of an existing table locks nobody out, and every migration after those of 0.1.0 builds it so."""

import pytest
from django.db import NotSupportedError, connection, models
from django.db.migrations import AddIndex
from django.db.migrations.state import ProjectState

from safetycenter.indexes import AddIndexWithoutLock
from tests.upgrade.later_operations import later_operations

ADD = AddIndexWithoutLock("hit", models.Index(fields=["count"], name="made_up_hit_at", condition=models.Q(count__gt=1)))


@pytest.fixture
def state():
    """The models of the site, as a migration sees them; afterwards the made-up index is gone."""
    from django.apps import apps

    yield ProjectState.from_apps(apps)
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX IF EXISTS made_up_hit_at")


def apply(state, atomic: bool = False) -> list[str]:
    """Run the operation forwards; the SQL of it."""
    with connection.schema_editor(atomic=atomic) as editor:
        executed, original = [], editor.execute
        editor.execute = lambda sql, params=(): (executed.append(str(sql)), original(sql, params))
        ADD.database_forwards("safetycenter", editor, state, state)
    return executed


def names() -> dict:
    with connection.cursor() as cursor:
        return connection.introspection.get_constraints(cursor, "safetycenter_hit")


def undo(state) -> None:
    with connection.schema_editor(atomic=False) as editor:
        ADD.database_backwards("safetycenter", editor, state, state)


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_index_is_built_without_a_lock_and_removed(state):
    (built,) = apply(state)
    assert ("CONCURRENTLY" in built) == (connection.vendor == "postgresql")
    assert "made_up_hit_at" in names()
    undo(state)
    assert "made_up_hit_at" not in names()


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_index_is_refused_inside_a_transaction(state):
    with pytest.raises(NotSupportedError, match="atomic = False"):
        apply(state, atomic=True)


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL leaves a half-built index")
@pytest.mark.parametrize(("valid", "statements"), [(True, 0), (False, 2)], ids=["finished", "broken off"])
def test_index_can_be_built_again_after_a_failure(state, valid, statements):
    apply(state)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pg_index SET indisvalid = %s WHERE indexrelid = 'made_up_hit_at'::regclass", [valid])
    assert len(apply(state)) == statements
    assert "made_up_hit_at" in names()


def test_later_migrations_build_indexes_without_a_lock():
    indexes = [(where, operation) for where, operation in later_operations() if isinstance(operation, AddIndex)]
    assert len(indexes) > 20
    locking = {where for where, operation in indexes if not isinstance(operation, AddIndexWithoutLock)}
    assert locking == set(), "use safetycenter.indexes.AddIndexWithoutLock"
