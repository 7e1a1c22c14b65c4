"""``manage.py backup FOLDER``: back up database, files of reports and pictures into one sealed file."""

from pathlib import Path
from typing import Any

from django.core.management import CommandParser
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from reports.backup import archive, making
from safetycenter import database_wait
from safetycenter.bilingual_command import BilingualCommand


class Command(BilingualCommand):
    """Make one backup, sealed for BACKUP_PUBLIC_KEY. Keys are never in it: save KEYS_DIR separately."""

    help = "Write a sealed backup into FOLDER. Keys are never in it: save KEYS_DIR separately, in two other places."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the folder, ``--delete-older-than``, ``--make-key`` and ``--wait``."""
        super().add_arguments(parser)
        database_wait.add_option(parser)
        parser.add_argument("folder", nargs="?", type=Path, help="best on another disk or machine")
        parser.add_argument("--delete-older-than", type=int, metavar="DAYS", help="delete older backups in FOLDER")
        parser.add_argument("--make-key", type=Path, metavar="FILE", help="make the operator's pair of keys and stop")

    def handle(self, *args: Any, folder: Path | None = None, **options: Any) -> None:
        """Make the key or the backup. Raises CommandError.

        Numbers of rows and files are not printed: a journal of every night would show when a report arrived.
        """
        if options["make_key"]:
            self._make_key(options["make_key"])
            return
        if folder is None:
            raise CommandError(_("Name the folder for the backup: manage.py backup FOLDER"))
        database_wait.wait(options["wait"], self.stdout)
        try:
            path, facts = making.make(folder)
        except archive.BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_("Written: %s") % path)
        self.stdout.write(_("The keys are not in it. Without them nobody can read a report: save KEYS_DIR separately."))
        if options["delete_older_than"]:
            count = making.delete_older_than(folder, options["delete_older_than"])
            self.stdout.write(_("Old backups deleted: %d") % count)
        if facts["lost"]:
            sentence = _(
                "The backup was written, but files of reports are missing: %d. Run manage.py check_evidence today: the "
                "last backup that has them is not kept for ever."
            )
            raise CommandError(sentence % facts["lost"])

    def _make_key(self, path: Path) -> None:
        try:
            public = archive.make_pair(path)
        except OSError as error:
            facts = {"path": path, "error": error.strerror}
            raise CommandError(_("%(path)s was not written: %(error)s.") % facts) from error
        self.stdout.write(f"BACKUP_PUBLIC_KEY={public}")
        sentence = _("Move %s to two places off this server. With it and a backup, the database can be read.")
        self.stdout.write(sentence % path)
