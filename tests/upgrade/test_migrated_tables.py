"""Tables that the migrations of this version make are those of its models, on both databases."""

import re

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from safetycenter.schema import OUR_APPS
from tests.upgrade.database import empty_database

DEFINITIONS = {
    "sqlite": "SELECT tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL",
    "postgresql": "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'"
    " UNION ALL SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid <> 0"
    " UNION ALL SELECT table_name, format('%s %s %s %s', column_name, data_type, is_nullable, column_default)"
    " FROM information_schema.columns WHERE table_schema = 'public'",
}

pytestmark = [pytest.mark.both_databases, pytest.mark.slow]


def test_migrations_make_the_tables_of_the_models(django_db_setup, django_db_blocker, tmp_path, settings):
    with django_db_blocker.unblock():
        with empty_database(tmp_path):
            call_command("migrate", verbosity=0)
            migrated = tables()
        settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
        with empty_database(tmp_path):
            call_command("migrate", run_syncdb=True, verbosity=0)
            from_models = tables()
    assert len(from_models) > 80
    assert migrated == from_models


def test_upgraded_tables_are_those_of_a_new_site(upgraded, tmp_path):
    of_the_release = tables()
    with empty_database(tmp_path):
        call_command("migrate", verbosity=0)
        assert of_the_release == tables()


def tables() -> dict[str, set[str]]:
    """Return what defines each of our tables: its columns, constraints and indexes, without their order."""
    ours = {
        model._meta.db_table
        for app in OUR_APPS
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
    }
    with connection.cursor() as cursor:
        cursor.execute(DEFINITIONS[connection.vendor])
        rows = [(table, sql) for table, sql in cursor.fetchall() if table in ours]
    return {table: {part for name, sql in rows if name == table for part in parts(sql)} for table in ours}


def parts(sql: str) -> list[str]:
    """Split a definition of a table at the commas outside parentheses; any other definition is one part."""
    if not sql.startswith("CREATE TABLE"):
        return [sql]
    body, depth, found = sql[sql.index("(") + 1 : sql.rindex(")")], 0, [""]
    for token in re.findall(r"'[^']*'|.", body, re.S):
        depth += {"(": 1, ")": -1}.get(token, 0)
        found = [*found, ""] if token == "," and not depth else [*found[:-1], found[-1] + token]
    return [part.strip() for part in found]
