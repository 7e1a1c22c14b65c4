"""``manage.py verify_audit``: verify the whole record of events."""

from pathlib import Path
from typing import Any

from django.core.management import CommandParser
from django.core.management.base import BaseCommand, CommandError

from reports import triggers
from reports.cases.verification import anchors, walk
from reports.crypto.vault import signing
from reports.models import Case

WORDS = {
    "missing": "is missing",
    "changed": "was changed",
    "forged": "was not sealed by a node of this site",
    "cut": "and what followed were cut off",
    "vanished": "was countersigned and is gone",
    "not countersigned": "was never countersigned by a desk",
    "register": "of the register was changed, removed or put in",
    "anchor": "of the register is not what an anchor says",
}


class Command(BaseCommand):
    """Verify every chain of events, the register, stored anchors and the triggers. Needs the keys of a desk."""

    help = (
        "Verify the record of events of every case. Fails when a part of it is not whole or the triggers are missing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add ``--anchors FILE``, which compares with anchors stored elsewhere, one a line; mails are accepted."""
        parser.add_argument("--anchors", metavar="FILE", type=Path, action="append", default=[])

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the progress, and name every place that fails verification."""
        if not signing.can_check():
            raise CommandError("the key of the record is missing; run this at a desk")
        lines = tuple(line for path in options["anchors"] for line in anchors.read_lines(path.read_text()))
        broken = self._walk(lines)
        if not triggers.present():
            raise CommandError("the append-only triggers are missing; run migrate")
        if broken:
            raise CommandError(f"the record is not whole: {broken} place(s)")
        self.stdout.write("the record is whole")

    def _walk(self, lines: tuple[str, ...]) -> int:
        cases = entries = broken = 0
        total = Case.objects.count()
        for page in walk.verify_all(lines):
            cases, entries, broken = cases + page.count, entries + page.entries, broken + len(page.broken)
            for item in page.broken:
                of = f"case {item.case_id}: event" if item.case_id else "entry"
                self.stderr.write(f"{of} {item.number} {WORDS[item.why]}")
            self.stdout.write(f"{cases} of {total} cases, {entries} entries of the register")
        return broken
