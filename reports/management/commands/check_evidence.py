"""``manage.py check_evidence``: compare the evidence folder with the database, and list what would be removed."""

from typing import Any

from django.conf import settings
from django.core.management import CommandParser
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from reports.evidence import installation, missing, store, sweep
from safetycenter.bilingual_command import BilingualCommand

SHOWN = 100  # references


class Command(BilingualCommand):
    """Report the state of the evidence folder as housekeeping sees it. Changes nothing without an option."""

    help = "Compare the evidence folder with the database. Without an option nothing is changed."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add ``--bind``, ``--sweep`` and ``--record-loss``: the decisions that housekeeping leaves to an operator."""
        super().add_arguments(parser)
        parser.add_argument("--bind", action="store_true", help="mark the folder as belonging to this database")
        parser.add_argument("--sweep", action="store_true", help="move all files without a database row to the trash")
        parser.add_argument("--record-loss", action="store_true", help="write down that lost files will not come back")

    def handle(self, *args: Any, bind: bool = False, **options: Any) -> None:
        """Do what is asked, then report. Raises CommandError."""
        try:
            self._check(bind, options["sweep"])
        except OSError as error:
            facts = {"place": store.storage().place, "error": error.strerror}
            raise CommandError(_("%(place)s: %(error)s. Nothing else was changed.") % facts) from error
        self._say_lost()
        if options["record_loss"]:
            count = missing.record_loss()
            self.stdout.write(_("Losses written down: %d. No backup is kept for these files any longer.") % count)

    def _check(self, bind: bool, is_sweep: bool) -> None:
        if bind:
            installation.bind(force=True)
        if is_sweep:
            self.stdout.write(_("Moved to the trash: %d") % sweep.sweep(force=True))
        self.stdout.write(f"{store.storage().place} {_owner()}")
        facts = {"files": len(store.all_ids()), "unknown": len(sweep.unknown_ids())}
        self.stdout.write(_("Files: %(files)d, without a database row: %(unknown)d") % facts)
        facts = {"count": len(store.trashed_ids()), "days": sweep.TRASH_DAYS}
        self.stdout.write(_("In the trash: %(count)d (kept for %(days)d days)") % facts)

    def _say_lost(self) -> None:
        """Say how many files are lost, and at a desk of which reports."""
        lost = missing.lost().select_related("case")
        self.stdout.write(_("Lost, a row without its file: %d") % lost.count())
        if not settings.HAS_DESK or not lost:
            return
        references = sorted({str(item.case.display_reference) for item in lost if item.case})
        self.stdout.write(_("Of these reports: %s") % ", ".join(references[:SHOWN]))
        self.stdout.write(_("If they cannot be put back: manage.py check_evidence --record-loss"))


def _owner() -> str:
    if not installation.is_marker_readable():
        sentence = _("has a damaged mark (the file %s). If this is the right database, run this with --bind")
        return sentence % store.MARKER_FILE
    if store.read_marker() is None:
        return _("is not marked yet")
    return _("belongs to this database") if installation.matches() else _("belongs to another installation")
