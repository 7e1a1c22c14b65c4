"""Verify a restored site: number of rows, files, audit log, and a few reports that are opened."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from reports import triggers

from ..audit import staff_log
from ..cases.verification import anchors, register, staff_heads, walk
from ..crypto.vault.box import KeyMissingError, UnreadableError
from ..crypto.vault.keyring import ErasedError
from ..crypto.vault.stream import CHUNK
from ..evidence import files, store
from ..models.case import Case
from ..models.evidence import Evidence
from . import databases

SAMPLE = 5  # reports, and their files, that are opened
STORED = ("evidence/", "pictures/")  # what the names of stored files in a manifest begin with
TRIED = 100  # the newest ones: some may need the key of another desk


@dataclass(frozen=True)
class Finding:
    """One verified thing, in a sentence."""

    is_good: bool
    sentence: str


def before_replay(manifest: dict) -> Iterator[Finding]:
    """Compare what was loaded with the manifest. The replay of the ledger changes the numbers."""
    found = databases.counts()
    other = sorted(name for name, count in manifest["tables"].items() if found.get(name, count) != count)
    # A migration of a newer version may add rows to these, and end a table.
    other = [name for name in other if not name.startswith(("django_", "auth_permission"))]
    rows = sum(manifest["tables"].values())
    if other:
        yield Finding(False, _("The number of rows differs in %s.") % ", ".join(other[:5]))
    else:
        sentence = _("All %(tables)d tables have as many rows as in the backup (%(rows)d).")
        yield Finding(True, sentence % {"tables": len(manifest["tables"]), "rows": rows})
    yield _rows_without_file(manifest)
    yield _stored_files(manifest)


def _rows_without_file(manifest: dict) -> Finding:
    rows = set(Evidence.objects.values_list("pk", flat=True))
    missing = len(rows - store.all_ids())
    if missing > manifest["vanished"]:
        return Finding(False, _("Files of reports that are missing: %d.") % missing)
    return Finding(True, _("Files of reports in the database that have a stored file: %d.") % (len(rows) - missing))


def _stored_files(manifest: dict) -> Finding:
    """Read each file of reports and each picture from the place where the restore wrote it.

    What was compared while the backup was read is no proof: a disk can be full, or keep something else.
    """
    expected = {name: digest for name, digest in manifest["digests"].items() if name.startswith(STORED)}
    missing = other = 0
    for name, digest in expected.items():
        try:
            other += _digest(name) != digest
        except FileNotFoundError:
            missing += 1
        except OSError:
            other += 1
    if missing or other:
        sentence = _("Stored files that are missing: %(missing)d; that differ from the backup: %(other)d.")
        return Finding(False, sentence % {"missing": missing, "other": other})
    sentence = _("Stored files and pictures that were read again and are as in the backup: %d, which are all.")
    return Finding(True, sentence % len(expected))


def _digest(name: str) -> str:
    """Return the digest of what is stored under a name of the manifest. Raises OSError."""
    kind, _slash, rest = name.partition("/")
    digest = hashlib.sha256()
    if kind == "pictures":
        with Path(settings.PICTURES_DIR, rest).open("rb") as file:
            while piece := file.read(CHUNK):
                digest.update(piece)
    else:
        for piece in store.storage().pieces(rest):
            digest.update(piece)
    return digest.hexdigest()


def after_replay(made_at: datetime) -> Iterator[Finding]:
    """Verify the audit log and open a few reports.

    What this desk and the anchors remember of the time after ``made_at`` is lost with it, which is no fault: the desk
    remembers again, and the anchors are set aside.
    """
    try:
        kept = _set_heads_aside()
    except OSError as error:
        sentence = _("What the staff dashboard remembers of the audit log cannot be renamed: %s.")
        yield Finding(False, sentence % error.strerror)
        return
    until = made_at.replace(microsecond=0)  # anchors have whole seconds
    older = tuple(line for line in kept if (moment := anchors.moment_of(line)) is None or moment < until)
    late = register.waiting_before(made_at).count()
    register.countersign()  # of the last minute before the backup, and what the replay wrote
    broken = late + sum(len(page.broken) for page in walk.verify_all(older))
    broken += len(staff_log.broken()) + (not triggers.present())
    yield Finding(not broken, _("Faults in the audit log: %d.") % broken if broken else _("The audit log is intact."))
    if newer := len(kept) - len(older):
        sentence = _("Anchors newer than the backup: %d. They prove what is lost; an auditor keeps them.")
        yield Finding(True, sentence % newer)
    yield _opened()


def _set_heads_aside() -> list[str]:
    register.forget_head()
    staff_heads.forget()
    return anchors.set_aside()


def _opened() -> Finding:
    """Open the newest reports, until some did. A key that this desk should have is a fault; another desk has others."""
    opened = failed = closed = 0
    for case in Case.objects.exclude(answers=None).order_by("-received_at")[:TRIED]:
        if opened == SAMPLE:
            break
        try:
            _open(case)
            opened += 1
        except KeyMissingError:
            is_ours = case.staff_audience in settings.DESK_AUDIENCES
            failed += is_ours
            closed += not is_ours
        except (UnreadableError, ErasedError, OSError):
            failed += 1
    sentence = _("Reports opened as a sample with their files: %(opened)d; failed: %(failed)d; no key here: %(closed)d")
    is_open = opened or closed or not Case.objects.exclude(answers=None).exists()
    facts = {"opened": opened, "failed": failed, "closed": closed}
    return Finding(bool(is_open) and not failed, sentence % facts)


def _open(case: Case) -> None:
    """Open the answers and files of ``case`` in memory. Raises UnreadableError, ErasedError or KeyMissingError."""
    keyring = case.staff_keyring()
    keyring.open("narrative", "case", "answers", case.answers)
    for item in case.evidence.all()[:SAMPLE]:
        if item.key_name not in keyring.wrapped:  # locked: its key is held elsewhere (K7)
            continue
        facts = files.facts(item, keyring)
        if hashlib.sha256(files.original_bytes(item, keyring)).hexdigest() != facts["sha256"]:
            raise UnreadableError("another file")
