"""``set_up``: a new site in one step, and a refusal in one sentence where the tables do not fit."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from education.models import Guide
from reports.models import Category
from safetycenter import memory, schema

NEWEST = MigrationLoader(None).graph.leaf_nodes("education")[0][1]  # no other migration needs it

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def older():
    """A database of the version before guides had a column, and before there was a table."""
    schema._checked_databases.clear()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE education_guide RENAME COLUMN also_for_others TO something_older")
        cursor.execute("ALTER TABLE safetycenter_heartbeat RENAME TO something_older")
    yield
    schema._checked_databases.clear()


@pytest.fixture
def public_node(settings, tmp_path):
    """A node without keys of a desk, whose own keys ``set_up`` makes."""
    settings.HAS_DESK, settings.KEYS_DIR = False, tmp_path / "keys"


def test_set_up_refuses_a_database_from_before_the_release(older, settings):
    with pytest.raises(CommandError) as refusal:
        call_command("set_up", stdout=StringIO())
    assert "education_guide.also_for_others, safetycenter_heartbeat" in str(refusal.value)
    assert "before release 0.1.0" in str(refusal.value)
    assert "python manage.py set_up" in str(refusal.value)
    assert f"mv {settings.VAR} {settings.VAR}.old" in str(refusal.value), "its keys and files too"
    assert Category.objects.count() == 0, "nothing was loaded"


@pytest.mark.slow
@pytest.mark.logs_errors
def test_readyz_fails_on_an_older_database(older, client):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["database is of this version"]) == (503, False)


def test_database_of_this_version_fits():
    assert schema.missing() == []
    assert schema.fits()


@pytest.mark.slow
def test_public_node_migrates_and_loads_nothing(public_node, monkeypatch):
    asked = []
    monkeypatch.setattr("safetycenter.management.commands.set_up.call_command", lambda name, **how: asked.append(name))
    call_command("set_up", stdout=StringIO())
    assert asked == ["make_keys"]
    assert not Guide.objects.exists()


def test_desk_whose_tables_fit_runs_no_migrate(monkeypatch):
    asked = []
    monkeypatch.setattr("safetycenter.management.commands.set_up.call_command", lambda name, **how: asked.append(name))
    call_command("set_up", stdout=StringIO())
    assert asked[:2] == ["make_keys", "load_starter_content"]


@pytest.mark.slow
def test_public_node_names_the_desk_where_tables_are_missing(older, public_node):
    with pytest.raises(CommandError, match="at the desk first"):
        call_command("set_up", stdout=StringIO())


@pytest.fixture
def waiting():
    """A database to which one migration was not applied yet."""
    MigrationRecorder(connection).record_unapplied("education", NEWEST)


@pytest.fixture
def migrated_already():
    """A database whose columns exist, while every migration of guides after the first waits: it cannot be applied."""
    for app, name in MigrationLoader(connection).applied_migrations:
        if app == "education" and not name.startswith("0001"):
            MigrationRecorder(connection).record_unapplied(app, name)


def test_public_node_names_the_migration_that_waits(waiting, public_node):
    with pytest.raises(CommandError, match=rf"education\.{NEWEST}"):
        call_command("set_up", stdout=StringIO())


@pytest.mark.logs_errors
def test_readyz_fails_while_a_migration_waits(waiting, client):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["migrations are applied"]) == (503, False)


def test_readyz_asks_for_migrations_once_in_a_few_seconds(client, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(memory, "CACHE_SECONDS", 5)
    assert schema.is_migrated()
    with django_assert_num_queries(0):
        assert schema.is_migrated()


def test_asking_for_migrations_takes_two_queries(django_assert_num_queries):
    schema.waiting()
    with django_assert_num_queries(2):  # is there a table of migrations, and what does it say
        schema.waiting()


def test_migration_that_cannot_be_applied_is_told_in_a_sentence(migrated_already):
    with pytest.raises(CommandError, match="Only the owner of the tables may apply them"):
        call_command("set_up", stdout=StringIO())
    assert Category.objects.count() == 0, "nothing was loaded"


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no roles")
def test_public_node_needs_no_right_to_change_tables(public_node):
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE reader_of_tables")
        cursor.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO reader_of_tables")
        cursor.execute("SET LOCAL ROLE reader_of_tables")
    call_command("set_up", stdout=StringIO())
