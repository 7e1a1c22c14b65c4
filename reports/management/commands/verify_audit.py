"""``manage.py verify_audit``: is the record of every case whole?"""

from django.core.management.base import BaseCommand, CommandError

from reports import audit, triggers


class Command(BaseCommand):
    """Verify every chain of events and that the triggers are in place."""

    help = "Verify the chain of events of every case. Fails when one is broken or the triggers are missing."

    def handle(self, *args, **options):
        """Name every broken chain by case and place."""
        broken = list(audit.verify_all())
        for item in broken:
            self.stderr.write(f"case {item.case_id}: event {item.number} {item.why}")
        if not triggers.present():
            raise CommandError("the append-only triggers are missing; run migrate")
        if broken:
            raise CommandError(f"{len(broken)} broken chain(s)")
        self.stdout.write("every chain is whole")
