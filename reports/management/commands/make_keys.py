"""``manage.py make_keys``: make the key files that are missing."""

from collections.abc import Iterator
from contextlib import contextmanager
from getpass import getpass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import CommandParser
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.crypto.vault import key_files, keys, pairs, passphrase, signing
from reports.crypto.vault.published_pair import RECEIPTS, REFERRALS
from safetycenter.bilingual_command import BilingualCommand

FROM_ENVIRONMENT = gettext_lazy(
    "%(name)s comes from the environment. Make a pair in an empty KEYS_DIR elsewhere, give the old pair the names "
    "KEY_…_ID_PRIVATE and KEY_…_ID_PUBLIC, set the new one, restart, and run rotate_keys."
)
MISSING = gettext_lazy("The key file %(name)s is missing here.")
UNUSABLE = gettext_lazy("%(file)s cannot be read or written: %(error)s. Mend that, then run this again.")
HOW = gettext_lazy(
    "Copy them: the public halves of a public node from its staff dashboard, all others from the backup."
)
OTHER_PASSPHRASE = gettext_lazy(
    "Locked, but not under this passphrase: %(names)s. Nothing was changed. Give the passphrase that opens them; to "
    "change it, run make_keys --unlock with the old one first."
)


@contextmanager
def said_in_a_sentence() -> Iterator[None]:
    """Raise CommandError for a key that is missing or not ours to change, and for a file that cannot be used."""
    try:
        yield
    except pairs.InEnvironmentError as error:
        raise CommandError(FROM_ENVIRONMENT % {"name": error}) from error
    except keys.KeyMissingError as error:
        raise CommandError(MISSING % {"name": error}) from error
    except OSError as error:
        facts = {"file": error.filename or settings.KEYS_DIR, "error": error.strerror}
        raise CommandError(UNUSABLE % facts) from error


def _ask(twice: bool) -> None:
    """Ask for the passphrase at the terminal. Raises CommandError if the second time it is another one."""
    typed = getpass(_("Passphrase of the keys:") + " ")
    if twice and getpass(_("The same passphrase again:") + " ") != typed:
        raise CommandError(_("These are two different passphrases. Nothing was changed."))
    passphrase.take(typed)


def _to_copy(audience: str, kept: str) -> str:
    """Say which files the other servers need before keys are wrapped again."""
    if audience == pairs.CUSTODY:
        return _("Copy both pairs to every other staff dashboard.")
    sentence = _("Copy %(new)s to every other server, and %(old)s to every other staff dashboard.")
    return sentence % {"new": f"{audience}.public", "old": f"{kept}.public"}


class Command(BilingualCommand):
    """Make the keys that reports are sealed with. Existing files are never changed, and a public node makes none."""

    help = "Make the key files that are missing under KEYS_DIR. Existing files are never changed."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the options that replace a key. The old one is kept, for what was sealed with it."""
        super().add_arguments(parser)
        parser.add_argument("--replace-record-key", action="store_true")
        parser.add_argument("--replace-referral-key", action="store_true")
        parser.add_argument("--replace-receipt-key", action="store_true")
        parser.add_argument("--replace-pair", choices=pairs.PAIRS)

        lock = parser.add_mutually_exclusive_group()
        lock.add_argument("--lock", action="store_true", help="lock all keys under the passphrase, then stop")
        lock.add_argument("--unlock", action="store_true", help="store all keys without it again, then stop")

    def handle(self, *args: Any, lock: bool = False, unlock: bool = False, **options: Any) -> None:
        """Make the missing files and print their names. Raises CommandError."""
        with said_in_a_sentence():
            self._change_lock(lock) if lock or unlock else self._make(options)

    def _make(self, options: dict) -> None:
        try:
            key_files.opened_beside(Path(settings.KEYS_DIR))  # before anything is replaced
            self._replace(options)
            made = keys.make(Path(settings.KEYS_DIR))
        except key_files.OtherPassphraseError as error:
            raise CommandError(_("The locked keys here do not open with this passphrase: %s.") % error) from error
        if made:
            self.stdout.write(_("keys made: %s") % ", ".join(made))
        if missing := keys.missing():
            self.stdout.write(f"{_('keys missing: %s.') % ', '.join(missing)} {HOW}")
        elif not made:
            self.stdout.write(_("all keys exist"))

    def _replace(self, options: dict) -> None:
        folder = Path(settings.KEYS_DIR)
        if audience := options["replace_pair"]:
            kept = pairs.replace(folder, audience)
            said = _("old pair kept as %(name)s. %(copy)s Then run rotate_keys.")
            self.stdout.write(said % {"name": kept, "copy": _to_copy(audience, kept)})
        if options["replace_record_key"]:
            self.stdout.write(_("old audit log key kept as %s") % signing.replace_record_key(folder))
        if options["replace_referral_key"]:
            kept = REFERRALS.replace(folder)
            self.stdout.write(_("old public key of referrals kept as %s; publish what referral_key prints now") % kept)
        if options["replace_receipt_key"]:
            kept = RECEIPTS.replace(folder)
            self.stdout.write(_("old public key of receipts kept as %s; copy both and the pair to every node") % kept)

    def _change_lock(self, must_lock: bool) -> None:
        if passphrase.is_typed():
            _ask(twice=must_lock)
        change = key_files.lock_all if must_lock else key_files.unlock_all
        try:
            changed = change(Path(settings.KEYS_DIR))
        except key_files.OtherPassphraseError as error:
            raise CommandError(OTHER_PASSPHRASE % {"names": error}) from error
        except ValueError as error:
            raise CommandError(_("%s Set KEYS_PASSPHRASE_FILE or KEYS_PASSPHRASE_FD.") % error) from error
        except keys.KeyMissingError as error:
            sentence = _("%s is no key, or the passphrase is wrong. Nothing else was changed.")
            raise CommandError(sentence % error) from error
        done = _("locked: %s") if must_lock else _("unlocked: %s")
        self.stdout.write(done % (", ".join(changed) or _("nothing")))
        if must_lock:
            self.stdout.write(_("Keep the passphrase in two places off the server: without it these keys are lost."))
