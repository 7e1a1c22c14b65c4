"""``manage.py rotate_keys``: a new key pair for an audience, everything wrapped for it, and the end of the old pair."""

from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import CommandParser
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.audit import staff_log
from reports.cases import key_rotation
from reports.cases.key_rotation import DONE, UNREADABLE
from reports.crypto.vault import key_files, pairs, signing
from reports.crypto.vault.pairs import Pair
from safetycenter.bilingual_command import BilingualCommand, listed
from safetycenter.exclusive import exclusive
from safetycenter.hints import Text

from .make_keys import said_in_a_sentence

WIDTH = 40  # of the progress bar
WAYS_OUT = gettext_lazy(
    "Run rotate_keys again. What is unreadable or not as the log says stays under the old pair: restore it from a "
    "backup, or keep the pair until these reports are erased. An unreadable on-call channel can be removed and "
    "added again."
)
OTHER_SERVERS = gettext_lazy(
    "Other servers may still seal for the old pair (%(nodes)s). Each needs %(name)s with the id %(id)s: check_keys "
    "shows it there. Then add --nodes-updated."
)
COPY_FIRST = gettext_lazy(
    "Backups from before this rotation need %(name)s. Copy it to a place off the server and name that folder with "
    "--copy, or say --without-copy if no such backup must ever be read."
)
NOT_NEEDED = gettext_lazy("Nothing needs %(name)s any more.")


class Command(BilingualCommand):
    """Rotate, or retire. Both may be killed and started again; the site and housekeeping go on."""

    help = "Make a new key pair and wrap every key for it; with --retire remove the old pair. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the audience and what the retirement needs."""
        super().add_arguments(parser)
        parser.add_argument("--audience", choices=pairs.PAIRS, default=pairs.DESK)
        parser.add_argument("--retire", action="store_true", help="remove old pairs that nothing needs any more")
        parser.add_argument("--by", metavar="NAME", help="with --retire: the staff account whose log records it")
        copy = parser.add_mutually_exclusive_group()
        copy.add_argument("--copy", type=Path, metavar="FOLDER", help="where the old key is kept for old backups")
        copy.add_argument("--without-copy", action="store_true", help="no copy: older backups can no longer be read")
        parser.add_argument("--nodes-updated", action="store_true", help="every other server has the new public half")

    def handle(self, *args: Any, audience: str, retire: bool = False, **options: Any) -> None:
        """Rotate or retire. Raises CommandError."""
        if not signing.can_check():
            raise CommandError(_("The audit log key is missing. Run this on a server of the staff dashboard."))
        with exclusive("rotate_keys") as is_ours:
            if not is_ours:
                raise CommandError(_("Another rotate_keys is running."))
            with said_in_a_sentence():
                self._retire(audience, options) if retire else self._rotate(audience)

    def _rotate(self, audience: str) -> None:
        if not key_rotation.older(audience):
            kept = pairs.replace(Path(settings.KEYS_DIR), audience)
            self.stdout.write(_("New pair made. The old one is kept as %(name)s.") % {"name": kept})
            self.stdout.write(_("Save KEYS_DIR again in both places off the server, now."))
        current = pairs.of(audience)[0]
        self.stdout.write(_("%(name)s: %(id)s seals what is new.") % {"name": audience, "id": current.key_id})
        counts = self._rewrap(audience)
        self.stdout.write(listed({what: counts[what] for what in (DONE, *sorted(counts.keys() - {DONE}))}))
        sample = Counter(key_rotation.tried(place, pk) for place, pk in key_rotation.sample(current.key_id))
        self.stdout.write(_("Opened as a sample: %(count)d.") % {"count": sample[DONE]})
        if sample[UNREADABLE]:
            sentence = _("Of the sample %(count)d could not be read. Retire nothing; run doctor.")
            raise CommandError(sentence % {"count": sample[UNREADABLE]})
        self._say_what_is_left(audience)

    def _rewrap(self, audience: str) -> Counter:
        total = key_rotation.waiting_count([pair.key_id for pair in key_rotation.older(audience)])
        done, left = 0, {}
        for number, (where, counts) in enumerate(key_rotation.rewrap_all(audience), start=1):
            done += counts.pop(DONE, 0)
            left[where] = counts  # of the last round
            self._show(number, max(total, number))
        return sum(left.values(), Counter({DONE: done}))

    def _show(self, number: int, total: int) -> None:
        if self.stdout.isatty():
            bar = "#" * (WIDTH * number // total)
            self.stdout.write(f"\r[{bar:<{WIDTH}}] {number}/{total}", ending="\n" if number == total else "")
            self.stdout.flush()

    def _say_what_is_left(self, audience: str) -> None:
        for pair in key_rotation.older(audience):
            left = key_rotation.needing(pair.key_id)
            self.stdout.write(_needed(pair, left) if left else NOT_NEEDED % {"name": pair.name})
        self.stdout.write(_("When every other server has the new public half, run rotate_keys again, then --retire."))

    def _retire(self, audience: str, options: dict) -> None:
        person = User.objects.filter(username=options["by"] or "", is_active=True, is_staff=True).first()
        if person is None:
            raise CommandError(_("Say with --by whose staff account the log names for this."))
        self._require_nodes(audience, options["nodes_updated"])
        needed = []
        for pair in key_rotation.older(audience):
            if left := key_rotation.needing(pair.key_id):
                needed.append(_needed(pair, left))
            else:
                self._remove(audience, pair, person, options)
        if needed:
            raise CommandError(". ".join([*needed, str(WAYS_OUT)]))

    def _require_nodes(self, audience: str, are_updated: bool) -> None:
        nodes = sorted(path.name for path in Path(settings.KEYS_DIR).glob("node*.public"))
        if are_updated or not (nodes or settings.NODE == "desk"):
            return
        known = ", ".join(nodes) or _("none is known here")
        facts = {"nodes": known, "name": f"{audience}.public", "id": pairs.of(audience)[0].key_id}
        raise CommandError(OTHER_SERVERS % facts)

    def _remove(self, audience: str, pair: Pair, person: User, options: dict) -> None:
        if pair.has_private and not options["without_copy"] and not _has_copy(pair, options["copy"]):
            raise CommandError(COPY_FIRST % {"name": f"{pair.name}.private"})
        if key_files.is_in_environment(Path(settings.KEYS_DIR) / f"{pair.name}.private"):
            variable = key_files.variable(f"{pair.name}.private")
            sentence = _("Nothing needs %(name)s any more: remove %(variable)s from the environment.")
            self.stdout.write(sentence % {"name": pair.name, "variable": variable})
            return
        staff_log.record(person, staff_log.KEY_RETIRED, audience=audience, pair=pair.key_id)
        pairs.remove(pair)
        sentence = _("%(name)s was removed. Backups from before this rotation need its copy.")
        self.stdout.write(sentence % {"name": pair.name})


def _needed(pair: Pair, left: dict[Text, int]) -> str:
    return _("%(name)s is needed by %(what)s") % {"name": pair.name, "what": listed(left)}


def _has_copy(pair: Pair, folder: Path | None) -> bool:
    return folder is not None and pairs.has_copy(pair, folder)
