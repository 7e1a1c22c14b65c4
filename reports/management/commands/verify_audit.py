"""``manage.py verify_audit``: verify the whole record of events."""

from pathlib import Path
from typing import Any

from django.core.management import CommandParser
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from reports import triggers
from reports.audit import staff_log
from reports.cases.verification import anchors, walk
from reports.crypto.vault import signing
from reports.models import Case

WORDS = {
    "missing": "is missing",
    "changed": "was changed",
    "forged": "was not sealed by a node of this site",
    "cut": "and all later ones were removed",
    "vanished": "was countersigned, but no longer exists",
    "not countersigned": "was never countersigned by a desk",
    "register": "of the register was changed, removed or inserted",
    "anchor": "of the register does not match an anchor",
    "staff anchor": "of the register has an anchor that the staff log does not match",
}


class Command(BaseCommand):
    """Verify every chain of events, the register, stored anchors and the triggers. Needs the keys of a desk."""

    help = (
        "Verify the audit log of every case. Fails when a part of it was changed or removed, or a trigger is missing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add ``--anchors FILE``, which compares with anchors stored elsewhere, one a line; mails are accepted."""
        parser.add_argument("--anchors", metavar="FILE", type=Path, action="append", default=[])

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the progress, and name every place that fails verification."""
        if not signing.can_check():
            raise CommandError("The audit log key is missing. Run this on a server of the desk.")
        lines = tuple(line for path in options["anchors"] for line in anchors.read_lines(_text_of(path)))
        broken = self._walk(lines) + self._staff_log()
        if not triggers.present():
            raise CommandError("The append-only triggers are missing. Run migrate.")
        if broken:
            raise CommandError(f"The audit log was changed: {broken} place(s).")
        self.stdout.write("The audit log is intact.")

    def _staff_log(self) -> int:
        people = staff_log.broken()
        for name in people:
            self.stderr.write(f"staff log of {name}: changed")
        return len(people)

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


def _text_of(path: Path) -> str:
    try:
        return path.read_text(errors="replace")
    except OSError as error:
        sentence = _("%(path)s cannot be read: %(reason)s. Nothing was verified.")
        raise CommandError(sentence % {"path": path, "reason": error.strerror}) from error
