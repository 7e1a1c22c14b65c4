"""``manage.py backup FOLDER``: back up database, files of reports and pictures into one sealed file."""

from pathlib import Path
from typing import Any

from django.core.management import CommandParser
from django.core.management.base import BaseCommand, CommandError

from reports.backup import archive, making


class Command(BaseCommand):
    """Make one backup, sealed for BACKUP_PUBLIC_KEY. Keys are never in it: save KEYS_DIR separately."""

    help = "Write a sealed backup into FOLDER. Keys are never in it: save KEYS_DIR separately, in two other places."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the folder, ``--delete-older-than`` and ``--make-key``."""
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
            raise CommandError("Name the folder for the backup: manage.py backup FOLDER")
        try:
            path, facts = making.make(folder)
        except archive.BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"ok: {path}")
        if facts["vanished"]:
            self.stdout.write(f"Files of reports that are missing here: {facts['vanished']}. Run check_evidence.")
        self.stdout.write("The keys are not in it. Without them nobody can read a report: save KEYS_DIR separately.")
        if options["delete_older_than"]:
            self.stdout.write(f"old backups deleted: {making.delete_older_than(folder, options['delete_older_than'])}")

    def _make_key(self, path: Path) -> None:
        try:
            public = archive.make_pair(path)
        except OSError as error:
            raise CommandError(f"{path} was not written: {error.strerror}.") from error
        self.stdout.write(f"BACKUP_PUBLIC_KEY={public}")
        self.stdout.write(f"Move {path} to two places off this server. With it and a backup one can read the database.")
