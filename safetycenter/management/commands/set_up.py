"""``manage.py set_up``: everything a new site needs before it can serve; quick and harmless to repeat."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from safetycenter import schema

# By name, because the building knows no app.
STEPS = {
    "migrate": {"verbosity": 0},
    "load_starter_content": {},
    "load_categories": {},
    "load_replies": {},
}
ADDRESSES = ("/id/", "/en/", "/admin/")
SHOWN = 3  # names of what is missing


class Command(BaseCommand):
    """Keys, database, starter content, and on a demo site its staff. A public node only looks at the database."""

    help = "Make keys, migrate, load the starter content; with DEBUG also the demo staff. Safe to repeat."

    def handle(self, *args, **options):
        """Take the steps in order, then say where the site will be. Raises CommandError for tables that do not fit."""
        call_command("make_keys", stdout=self.stdout)
        if not settings.HAS_DESK:
            _require_tables_of_the_desk()  # its database role may change no tables
            return
        _refuse_older_tables()
        for name, how in STEPS.items():
            call_command(name, stdout=self.stdout, **how)
        if settings.DEBUG:
            call_command("demo_staff", stdout=self.stdout)
            self.stdout.write("\n".join(f"  {settings.PUBLIC_URL}{path}" for path in ADDRESSES))


def _require_tables_of_the_desk() -> None:
    if missing := schema.missing():
        names = ", ".join(missing[:SHOWN])
        raise CommandError(
            f"The database is not of this version (missing: {names}); run `manage.py set_up` at the desk first."
        )


def _refuse_older_tables() -> None:
    if not schema.is_migrated() or not (missing := schema.missing()):
        return
    names = ", ".join(missing[:SHOWN])
    raise CommandError(
        f"This database was made by an older version and cannot be upgraded yet (missing: {names}): go on with that "
        f"version, or keep a copy and begin with an empty database: {_how_to_begin_again()}"
    )


def _how_to_begin_again() -> str:
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"mv {name} {name}.old && python manage.py set_up"
    return f"createdb {name}_new, name it in DATABASE_URL, then python manage.py set_up"
