"""One migration takes the place of several that no release had: what that means for databases made in between."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from reports.models import Category
from safetycenter import schema

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
MIGRATIONS = MigrationLoader(None).disk_migrations
NEW, REPLACED = ("reports", "0002_changes_since_0_1_0"), ("reports", "0036_first_look")


@pytest.fixture
def made_in_between():
    """A database that has applied all that is replaced, and has not seen what replaces it."""
    for app, name in (key for key, migration in MIGRATIONS.items() if migration.replaces):
        MigrationRecorder(connection).record_unapplied(app, name)


@pytest.fixture
def made_half_way(made_in_between):
    """A database without the last of them."""
    MigrationRecorder(connection).record_unapplied(*REPLACED)


@pytest.mark.usefixtures("made_in_between")
def test_database_with_all_replaced_migrations_needs_nothing_but_the_record():
    assert ".".join(NEW) in schema.waiting()
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    executor.migrate(None, plan=[])
    assert schema.waiting() == []


@pytest.mark.usefixtures("made_half_way")
def test_set_up_refuses_database_with_a_part_of_the_replaced_migrations():
    with pytest.raises(CommandError, match=r"between two releases.*reports\.0002"):
        call_command("set_up", stdout=StringIO())
    assert Category.objects.count() == 0, "nothing was loaded"


def test_database_of_this_version_has_no_half_of_a_migration():
    assert schema.half_replaced() == []
    assert schema.known() >= {NEW, REPLACED, ("reports", "0001_initial")}
