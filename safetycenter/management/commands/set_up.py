"""``manage.py set_up``: everything a new site needs before it can serve; quick and harmless to repeat."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

# By name, because the building knows no app.
STEPS = {
    "make_keys": {},
    "migrate": {"verbosity": 0},
    "load_starter_content": {},
    "load_categories": {},
    "load_replies": {},
}
ADDRESSES = ("/id/", "/en/", "/admin/")


class Command(BaseCommand):
    """Keys, database, starter content, and on a demo site its staff."""

    help = "Make keys, migrate, load the starter content; with DEBUG also the demo staff. Safe to repeat."

    def handle(self, *args, **options):
        """Take the steps in order, then say where the site will be."""
        for name, how in STEPS.items():
            call_command(name, stdout=self.stdout, **how)
        if settings.DEBUG:
            call_command("demo_staff", stdout=self.stdout)
            self.stdout.write("\n".join(f"  {settings.PUBLIC_URL}{path}" for path in ADDRESSES))
