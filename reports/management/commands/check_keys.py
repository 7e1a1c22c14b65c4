"""``manage.py check_keys``: which keys are here, what each loss would mean, and whether the saved copy would help."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import CommandParser
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from reports.cases import key_rotation
from reports.cases.key_rotation import DONE, UNREADABLE
from reports.crypto.vault import key_files, keys, pairs
from reports.crypto.vault.box import UnreadableError
from reports.crypto.vault.pairs import Pair
from safetycenter import heartbeat_files
from safetycenter.bilingual_command import BilingualCommand, listed

SAMPLE = b"a sample that is sealed and opened"
# By the name of the file, without the id of a replaced key. Pairs are counted instead.
LOSS = (
    (
        r"record",
        gettext_lazy(
            "The audit log could no longer be verified and nothing more be recorded, so that work on the "
            "staff dashboard stops."
        ),
    ),
    (r"record-\w+", gettext_lazy("What was recorded before this key was replaced could no longer be verified.")),
    (
        r"blind_index",
        gettext_lazy("Ordinary reports that name the same account would no longer be found with older ones."),
    ),
    (
        r"blind_index_restricted",
        gettext_lazy("Restricted reports that name the same account would no longer be found with older ones."),
    ),
    (r"gate", gettext_lazy("No file that a reporter sent could be opened on this staff dashboard.")),
    (
        r"referral\.private",
        gettext_lazy("No package for an agency could be signed until a new key is made and published."),
    ),
    (
        r"receipt\.private",
        gettext_lazy("No receipt could be signed until a new key is made. Earlier receipts stay valid."),
    ),
    (
        r"node\.private",
        gettext_lazy("This server could record nothing, so that it takes no reports, until a new key is made."),
    ),
    (r".*\.public", gettext_lazy("It can be copied from another server, or from the saved keys.")),
)
# What goes on all the same, by the kind of what the key opens.
WAYS_ON = (
    (key_rotation.CASES, gettext_lazy("Reporters still can read their own case, with their code.")),
    (key_rotation.CHANNELS, gettext_lazy("People on call would have to enter these again. Mail needs no key.")),
)
NOTHING = gettext_lazy("Nothing is sealed for it now. Backups from before its rotation may need it.")


class Command(BilingualCommand):
    """Say what is here; with --drill what each loss would mean. Changes no key and prints none."""

    help = "List the keys of this server; with --drill say what each loss would mean and try the saved copy."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add ``--drill`` and ``--copy FOLDER``."""
        super().add_arguments(parser)
        parser.add_argument("--drill", action="store_true", help="say what could not be read if each key were lost")
        parser.add_argument("--copy", type=Path, metavar="FOLDER", help="the keys saved off this server, to be tried")

    def handle(self, *args: Any, drill: bool = False, copy: Path | None = None, **options: Any) -> None:
        """Print what was found. Raises CommandError if keys are missing or the copy would not help."""
        for audience in pairs.PAIRS:
            self._list(audience)
        if drill:
            self._losses()
        wrong = [_("Missing here: %s.") % ", ".join(missing) for missing in [keys.missing()] if missing]
        if copy is not None:
            wrong += self._try(copy)
        if wrong:
            raise CommandError(" ".join(wrong))
        if copy is not None:
            heartbeat_files.note(heartbeat_files.LAST_KEY_CHECK)

    def _list(self, audience: str) -> None:
        found = pairs.of(audience)
        pairs_found = ngettext("%(count)d pair", "%(count)d pairs", len(found)) % {"count": len(found)}
        self.stdout.write(f"{audience}: {pairs_found}")
        for pair in found:
            role = _("seals what is new") if pair.is_current else _("older")
            half = _("private half here") if pair.has_private else _("public half only")
            self.stdout.write(f"  {pair.key_id} {role}, {half}")

    def _losses(self) -> None:
        for audience in pairs.PAIRS:
            for pair in pairs.of(audience):
                if pair.has_private:
                    self._say(f"{pair.name}.private", _needed(pair))
        for name in _names(Path(settings.KEYS_DIR)):
            if not name.startswith(tuple(pairs.PAIRS)) and (words := _loss(name)):
                self._say(name, words)
        if settings.KEYS_PASSPHRASE_FILE or settings.KEYS_PASSPHRASE_FD:
            self._say(_("the passphrase"), _("All locked keys would be lost with it, in every copy."))

    def _say(self, name: str, words: str) -> None:
        self.stdout.write(_("If %(name)s were lost everywhere: %(words)s") % {"name": name, "words": words})

    def _try(self, copy: Path) -> list[str]:
        """Return what is wrong with the copy. Each pair in it opens a sample, and rows that need it."""
        here = Path(settings.KEYS_DIR)
        if copy.resolve() == here.resolve() or not copy.is_dir():
            return [_("%s is no copy of the keys.") % copy]
        absent = [name for name in _names(here) if not _is_same(here / name, copy / name)]
        wrong = [_("The copy lacks: %s.") % ", ".join(absent)] if absent else []
        opened: Counter = Counter()
        for audience in pairs.PAIRS:
            for pair in pairs.of(audience):
                if pair.has_private:
                    opened += _opened(audience, pair, copy)
        sentence = _("The copy opened %(opened)d samples; not opened: %(unopened)d.")
        self.stdout.write(sentence % {"opened": opened[DONE], "unopened": opened[UNREADABLE]})
        return [*wrong, _("The copy does not open what is sealed here.")] if opened[UNREADABLE] else wrong


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*") if path.is_file() and not path.name.endswith(".new"))


def _loss(name: str) -> str:
    return str(next((words for pattern, words in LOSS if re.fullmatch(pattern, name)), ""))


def _needed(pair: Pair) -> str:
    needed = key_rotation.needing(pair.key_id)
    lost = _("Staff could no longer read what these open: %s.") % listed(needed) if needed else NOTHING
    hints = [words for what, words in WAYS_ON if what in needed]
    return " ".join(map(str, [lost, *hints]))


def _is_same(here: Path, there: Path) -> bool:
    try:
        return key_files.load(here) == key_files.load(there)
    except keys.KeyMissingError:
        return False


def _opened(audience: str, pair: Pair, copy: Path) -> Counter:
    """Return how many samples the copy of ``pair`` opened, and how many it did not although the keys here do."""
    rows = [row for row in key_rotation.sample(pair.key_id) if key_rotation.tried(*row) == DONE]
    sample = keys.wrap_for(audience, SAMPLE) if pair.is_current else None
    with pairs.read_from(copy):
        opened = [key_rotation.tried(*row) == DONE for row in rows] + ([_opens(audience, sample)] if sample else [])
    return Counter({DONE: sum(opened), UNREADABLE: len(opened) - sum(opened)})


def _opens(audience: str, sample: keys.Wrapped) -> bool:
    try:
        return keys.unwrap(audience, sample) == SAMPLE
    except (keys.KeyMissingError, UnreadableError):
        return False
