"""``manage.py set_up``: prepare everything that a new site needs before it can serve. Quick and safe to repeat."""

from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.module_loading import import_string

from safetycenter import schema

# Commands are called by name, because this app imports no other app.
STEPS = {
    "migrate": {"verbosity": 0},
    "load_starter_content": {},
    "load_categories": {},
    "load_replies": {},
}
ROLES = {"education": "education.roles.ensure", "reports": "reports.roles.ensure_roles"}
ADDRESSES = ("/id/", "/en/", "/admin/")
SHOWN = 3  # how many of the missing names are printed


class Command(BaseCommand):
    """Create keys, tables, starter content, and demo staff on a demo site. A public node only checks the database."""

    help = "Create keys, migrate, load the starter content; with DEBUG also the demo staff. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the steps in order, then print the site's URL. Raises CommandError for tables that do not fit."""
        call_command("make_keys", stdout=self.stdout)
        if not settings.HAS_DESK:
            _require_tables_of_the_desk()  # the database role of this node may not change tables
            return
        _refuse_older_tables()
        steps = _steps()
        if "migrate" not in steps:
            _ensure_roles()
        for name, how in steps.items():
            call_command(name, stdout=self.stdout, **how)
        if settings.DEBUG:
            call_command("demo_staff", stdout=self.stdout)
            self.stdout.write("\n".join(f"  {settings.PUBLIC_URL}{path}" for path in ADDRESSES))


def _steps() -> dict[str, dict]:
    """Return the steps to take. Tables that fit need no migrate, which a role that owns no table may not run."""
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return STEPS if pending or schema.missing() else {name: STEPS[name] for name in STEPS if name != "migrate"}


def _ensure_roles() -> None:
    """Give each staff role the permissions of this version, which migrate does otherwise."""
    for label, name in ROLES.items():
        import_string(name)(sender=apps.get_app_config(label), using=connection.alias)


def _require_tables_of_the_desk() -> None:
    if missing := schema.missing():
        names = ", ".join(missing[:SHOWN])
        raise CommandError(
            f"The database does not fit this version (missing: {names}). Run `manage.py set_up` at the desk first."
        )


def _refuse_older_tables() -> None:
    if not schema.is_migrated() or not (missing := schema.missing()):
        return
    names = ", ".join(missing[:SHOWN])
    raise CommandError(
        f"This database was made by an older version and cannot be upgraded yet (missing: {names}). Use that "
        f"version, or keep a copy and start with an empty database: {_how_to_begin_again()}"
    )


def _how_to_begin_again() -> str:
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"{_put_aside(settings.VAR, name)} && python manage.py set_up"
    return f"createdb {name}_new, name it in DATABASE_URL, then {_put_aside(settings.VAR)} && python manage.py set_up"


def _put_aside(folder: Path, database: str = "") -> str:
    """Return the command that renames the whole ``folder``, whose keys and files belong to the old cases."""
    paths = [folder] if not database or Path(database).is_relative_to(folder) else [folder, database]
    return " && ".join(f"mv {path} {path}.old" for path in paths)
