"""``manage.py set_up``: prepare everything that a new site needs before it can serve. Quick and safe to repeat."""

from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import CommandParser, call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.utils import translation
from django.utils.module_loading import import_string

from safetycenter import database_refusals, database_wait, schema
from safetycenter.page_cache import collected

# Commands are called by name, because this app imports no other app.
STEPS = ("load_starter_content", "load_categories", "load_replies", "load_checklists")
ROLES = {"education": "education.roles.ensure_roles", "reports": "reports.roles.ensure_roles"}
ADDRESSES = (*(f"/{code}/" for code, _name in settings.LANGUAGES), "/admin/")
SHOWN = 3  # how many of the missing names are printed


class Command(BaseCommand):
    """Create keys, tables, starter content, and demo staff on a demo site; collect styles for nginx.

    A public node only checks the database.
    """

    help = "Create keys, migrate, load the starter content, collect styles; with DEBUG the demo staff. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add ``--wait``."""
        database_wait.add_option(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the steps in order, then print the site's URL. Raises CommandError for tables that do not fit."""
        with translation.override("en"):
            database_wait.wait(options["wait"], self.stdout)
        call_command("make_keys", language="en", stdout=self.stdout)
        try:
            self._prepare_tables()
        except DatabaseError as error:
            raise CommandError(database_refusals.sentence(error)) from error
        if collected.has_names():  # in this process, because starting another one costs a second
            call_command("collectstatic", interactive=False, verbosity=0)

    def _prepare_tables(self) -> None:
        if not settings.HAS_DESK:
            _require_tables_of_the_desk()  # the database role of this node may not change tables
            return
        if schema.waiting():
            _migrate()
        else:  # a role that owns no table may not run migrate, and roles of this version come from it otherwise
            _ensure_roles()
        _refuse_unreleased_tables()
        for name in STEPS:
            call_command(name, stdout=self.stdout)
        if settings.DEBUG:
            call_command("demo_staff", stdout=self.stdout)
            call_command("demo_agency", stdout=self.stdout)
            self.stdout.write("\n".join(f"  {settings.PUBLIC_URL}{path}" for path in ADDRESSES))


def _migrate() -> None:
    """Apply the migrations that wait. Raises CommandError where the database refuses, or was made between releases."""
    if names := schema.half_replaced():
        raise CommandError(
            "This database was made by a version between two releases and has only a part of what is one migration now "
            f"({', '.join(names)}). Apply the rest first: docs/decisions/upgrades.md says how."
        )
    try:
        call_command("migrate", verbosity=0)
    except DatabaseError as error:
        raise CommandError(
            f"The migrations could not be applied ({str(error).strip()}). Only the owner of the tables may apply them, "
            'and a database from before release 0.1.0 cannot be upgraded. See "Upgrade" in deploy/README.md.'
        ) from error


def _ensure_roles() -> None:
    """Give each staff role the permissions of this version, which migrate does otherwise."""
    for label, name in ROLES.items():
        import_string(name)(sender=apps.get_app_config(label), using=connection.alias)


def _require_tables_of_the_desk() -> None:
    if names := schema.waiting() or schema.missing():
        raise CommandError(
            f"The database does not fit this version (missing: {', '.join(names[:SHOWN])}). Run `manage.py set_up` at "
            "the desk first."
        )


def _refuse_unreleased_tables() -> None:
    if not (missing := schema.missing()):
        return
    raise CommandError(
        "This database was made by a version from before release 0.1.0 and cannot be upgraded (missing: "
        f"{', '.join(missing[:SHOWN])}). Use that version, or keep a copy and start with an empty database: "
        f"{_start_over_hint()}"
    )


def _start_over_hint() -> str:
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"{_rename_command(settings.VAR, name)} && python manage.py set_up"
    return (
        f"createdb {name}_new, name it in DATABASE_URL, then {_rename_command(settings.VAR)} && python manage.py set_up"
    )


def _rename_command(folder: Path, database: str = "") -> str:
    """Return the command that renames the whole ``folder``, whose keys and files belong to the old cases."""
    paths = [folder] if not database or Path(database).is_relative_to(folder) else [folder, database]
    return " && ".join(f"mv {path} {path}.old" for path in paths)
