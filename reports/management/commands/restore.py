"""``manage.py restore FILE --key KEY``: restore a backup into an empty place, verify it, and apply the ledger."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import CommandParser
from django.core.management.base import CommandError
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.backup import archive, drill, making, restoring, verifying, words
from reports.cases import audit, ledger, lifecycle
from reports.cases.replay import Replayed
from reports.models.event import Event
from safetycenter.accounts import invitations
from safetycenter.bilingual_command import BilingualCommand, listed

NO_LEDGER = gettext_lazy(
    "No ledger was found in %(folder)s. Give the folder with your copy (--ledger FOLDER). Without it, reports that "
    "were withdrawn or erased since the backup come back; only if it is lost: --without-ledger. Nothing was changed."
)

OF_THE_REPLAY = {
    "files erased": gettext_lazy("Files erased"),
    "addresses erased": gettext_lazy("Mail addresses of reminders erased"),
}
VOIDED = gettext_lazy(
    "Invitations that were open in the backup are void, because they may have been used or revoked since. Their "
    "accounts, if begun, are switched off. Invite those who still need one: %(names)s"
)


class Command(BilingualCommand):
    """Restore, verify, and erase again what was withdrawn or erased since the backup."""

    help = "Restore a backup into an empty database and empty folders, verify it, and apply the ledger."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the file, the key, and what is done with them."""
        super().add_arguments(parser)
        parser.add_argument("file", nargs="?", type=Path, help="a backup, or a folder: the newest backup in it")
        parser.add_argument("--key", type=Path, help="the operator's private key")
        copy = "a folder with a copy of the ledger; what LEDGER_DIR has is applied too"
        parser.add_argument("--ledger", type=Path, action="append", help=copy)
        parser.add_argument("--without-ledger", action="store_true", help="only if every copy of it is lost")
        ends = "the last day of a ledger that ends too early"
        parser.add_argument("--ledger-ends", type=date.fromisoformat, metavar="YYYY-MM-DD", help=ends)
        mode = parser.add_mutually_exclusive_group()
        mode.add_argument("--check", action="store_true", help="read the whole backup and change nothing")
        mode.add_argument("--drill", action="store_true", help="restore into a temporary place, verify, and remove it")
        mode.add_argument("--accounts", action="store_true", help="list the active accounts of staff with their roles")
        mode.add_argument("--replay", action="store_true", help="apply the ledger to a database loaded otherwise")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what was asked. Raises CommandError with what to do."""
        if options["accounts"]:
            self._list_accounts()
            return
        try:
            self._replay(options) if options["replay"] else self._from_file(**options)
        except archive.BackupError as error:
            raise CommandError(str(error)) from error

    def _list_accounts(self) -> None:
        for user in User.objects.filter(is_active=True).order_by("username").prefetch_related("groups"):
            roles = ", ".join(sorted(group.name for group in user.groups.all())) or _("no role")
            self.stdout.write(f"{user.username}  {roles}{'  superuser' if user.is_superuser else ''}")

    def _from_file(self, file: Path | None, key: Path | None, **options: Any) -> None:
        if file is None or key is None:
            raise CommandError(_("Name the backup and the private key: manage.py restore FILE --key KEY"))
        file = max(file.glob(making.PATTERN), default=file) if file.is_dir() else file
        if options["drill"]:
            self.stdout.write(drill.run(file, key, self._ledgers(options)))
            return
        backup = restoring.checked(file, archive.private_key(key))
        self.stdout.write(words.WHOLE % {"moment": backup.head["made_at"][:16]})
        if not options["check"]:
            folders = self._ledgers(options)
            self._require_whole(folders, backup.made_at, options)
            self._restore(backup, folders)

    def _replay(self, options: dict) -> None:
        folders, newest = self._ledgers(options), Event.objects.aggregate(newest=Max("at"))["newest"]
        if newest:
            self._require_whole(folders, newest, options)
        self._apply(folders)

    def _require_whole(self, folders: list[Path], since: datetime, options: dict) -> None:
        restoring.require_readable_ledger(folders)
        if not options["without_ledger"]:
            restoring.require_whole_ledger(folders, since, options["ledger_ends"])

    def _ledgers(self, options: dict) -> list[Path]:
        """Return the folders that were named, and LEDGER_DIR, whose disk may have survived with newer lines."""
        named = [*(options["ledger"] or []), Path(settings.LEDGER_DIR)]
        folders = list({folder.resolve(): folder for folder in named}.values())
        if not options["without_ledger"] and not any(ledger.files(folder) for folder in folders):
            raise CommandError(NO_LEDGER % {"folder": ", ".join(map(str, folders))})
        return folders

    def _restore(self, backup: restoring.Backup, folders: list[Path]) -> None:
        restoring.restore(backup)
        findings = list(verifying.before_replay(backup.manifest))
        self._apply(folders)
        findings += verifying.after_replay(backup.made_at)
        for finding in findings:
            self.stdout.write(words.line(finding.is_good, finding.sentence))
        faults = " ".join(finding.sentence for finding in findings if not finding.is_good)
        if faults:
            raise CommandError(_("The restored site has faults. Do not open it before you know why.") + f" {faults}")
        self.stdout.write(
            _("Accounts, roles and passwords are those of the backup. Check: manage.py restore --accounts")
        )
        self.stdout.write(_("Restored. On PostgreSQL run deploy/grants.sql now, then start housekeeping and the site."))

    def _apply(self, folders: list[Path]) -> None:
        result = restoring.apply_ledger(folders)
        done = listed({_named(what): count for what, count in sorted(result.counts.items())})
        self.stdout.write(words.FROM_LEDGER % {"done": done or _("nothing was to be done")})
        if names := invitations.void_all():
            self.stdout.write(VOIDED % {"names": ", ".join(names)})
        self._name_work(result)

    def _name_work(self, result: Replayed) -> None:
        if result.damaged:
            sentence = _("Ignored lines of the ledger, which no staff dashboard of this site wrote: %d")
            self.stdout.write(sentence % result.damaged)
        if result.for_people:
            sentence = _("Decided after the backup, and set again as far as possible. A lead decides again:")
            self.stdout.write(sentence)
        for reference, action in result.for_people:
            self.stdout.write(f"  {reference}  {_named(action)}")
        if result.failed:
            sentence = _("Not replayed because of an error: %s. Do not open the site.")
            raise CommandError(sentence % ", ".join(result.failed))


def _named(action: str) -> str:
    """Return what the replay did, or a person decided, in the words of the audit log."""
    return str((lifecycle.labels() | audit.LABELS | OF_THE_REPLAY).get(action, action))
