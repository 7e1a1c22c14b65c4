"""Turn a sealed upload into a row: check whether the file may be kept, and add its key to the keyring of the case."""

import json
from dataclasses import replace

from django.conf import settings
from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..crypto.sealed_session import SealedSession
from ..crypto.vault.appender import Appender
from ..crypto.vault.box import padded_length
from ..crypto.vault.keyring import Keyring
from ..crypto.vault.stream import open_stream
from ..models.evidence import Evidence
from . import store
from .checks import PICTURES, max_case_size
from .upload import RefusedUpload, SealedUpload

REFUSALS = {
    "size": lambda: _("This file is larger than %(mb)d MB. Choose a smaller one.") % {"mb": settings.FILE_MB},
    "total": lambda: (
        _("All files together can have up to %(mb)d MB. Choose fewer or smaller ones.") % {"mb": settings.CASE_FILES_MB}
    ),
    "count": lambda: (
        ngettext(
            "You can add at most %(count)d file.", "You can add at most %(count)d files.", settings.MAX_FILES_PER_CASE
        )
        % {"count": settings.MAX_FILES_PER_CASE}
    ),
    "type": lambda: _("This file cannot be added. You can add JPEG, PNG, WebP, PDF or plain text."),
    "recording": lambda: _(
        "Voice notes and videos cannot be sent here yet. Unless it is a sexual video, keep it on your phone, "
        "and write the time and what it says in a few words."
    ),
    "heic": lambda: _(
        "Photos in the iPhone's own format (HEIC) cannot be added. Is there nothing naked or sexual in it? Then open "
        "the photo, take a screenshot of it and add that, or save it as JPEG first."
    ),
    "disk": lambda: _(
        "This file could not be stored: there is no room for it here right now. Everything else is still there. "
        "Go on without it; you can add the file later with your code."
    ),
    "store": lambda: _(
        "This file could not be stored: the place for files does not answer right now. Everything else is still "
        "there. Go on without it; you can add the file later with your code."
    ),
    "network": lambda: _(
        "Very many files have come from your network in the last hour, so this one was not stored. Everything else is "
        "still there. Go on without it; you can add the file later with your code."
    ),
    "empty": lambda: _("This file is empty. Choose another one."),
    "none": lambda: _("You can't add files here, so that no picture is copied again. Words and links are enough."),
    "pictures": lambda: _("Pictures cannot be added here. You can add a plain text file."),
}


def allowed(rule: str, sexual_check: str | None) -> str:
    """Return which files may be added: "none", "text" or "all".

    ``rule`` is that of ``questions.uploads``. If it is "ask", pictures require the answer that the file shows no
    naked or sexual picture (H14).
    """
    if rule == "ask":
        return "all" if sexual_check == "no" else "text"
    return {"none": "none", "yes": "all"}[rule]


def is_permitted(kind: str, allowed: str) -> bool:
    """Return whether a file of this kind may be kept if ``allowed`` is "none", "text" or "all"."""
    return allowed == "all" or (allowed == "text" and kind not in PICTURES)


def refusal(upload: SealedUpload, existing: list, allowed: str) -> RefusedUpload | None:
    """Return why ``upload`` is refused, or None. ``allowed`` for this case: "none", "text" or "all".

    ``existing`` are the files of the case so far, and the uploads accepted before this one.
    """
    why = _refusal_reason(upload, existing, allowed)
    return RefusedUpload(why, upload.place, upload.type) if why else None


def is_draft_quota_full(size: int) -> bool:
    """Return whether ``size`` more bytes exceed the limit for the files of all drafts together (UNSENT_FILES_MB)."""
    unsent = Evidence.objects.filter(session__isnull=False).aggregate(bytes=Sum("size"))["bytes"] or 0
    return unsent + size > settings.UNSENT_FILES_MB * 1024 * 1024


def not_stored(upload: SealedUpload) -> RefusedUpload:
    """Return the refusal of ``upload`` if the database could not store it, for example because its disk is full."""
    return RefusedUpload("disk", upload.place, upload.type)


def first_refusal(uploads: list[SealedUpload], existing: list, allowed: str) -> RefusedUpload | None:
    """Return the first refusal among ``uploads``, or None; each accepted upload counts for those after it."""
    for upload in uploads:
        if refused := refusal(upload, existing, allowed):
            return refused
        existing = [*existing, upload]
    return None


def classify(refused: list[RefusedUpload], count: int) -> list[RefusedUpload]:
    """Return ``refused`` in the order of their form of ``count`` files; a form with one file needs no position."""
    in_order = sorted(refused, key=lambda file: file.position)
    return in_order if count > 1 else [replace(file, position=0) for file in in_order]


def describe(refused: RefusedUpload) -> str:
    """Return a sentence that says why a file is refused; among several files it names position and type."""
    sentence = REFUSALS[refused.reason]()
    if not refused.position:
        return sentence
    facts = {"place": refused.position, "type": refused.type, "why": sentence}
    if refused.type:
        return _("File %(place)d of those you chose (%(type)s): %(why)s") % facts
    return _("File %(place)d of those you chose: %(why)s") % facts


def _refusal_reason(upload: SealedUpload, existing: list, allowed: str) -> str:
    if allowed == "none":
        return "none"
    if upload.size == 0:
        return "empty"
    if upload.kind is None:
        return upload.refused_kind or "type"
    if not is_permitted(upload.kind, allowed):
        return "pictures"
    if len(existing) >= settings.MAX_FILES_PER_CASE:
        return "count"
    return "total" if sum(item.size for item in existing) + upload.size > max_case_size(padded=True) else ""


def create_evidence(
    upload: SealedUpload, keyring: Keyring | Appender, session: SealedSession | None = None
) -> Evidence:
    """Create the row of the sealed file: its key is added to ``keyring`` (saved with the session).

    Name, size and digest are sealed.
    """
    item = Evidence(id=upload.file_id, session=session, kind=upload.kind, size=padded_length(upload.size))
    keyring.add(item.key_name, upload.key)
    facts = {"name": kept_name(upload), "size": upload.size, "sha256": upload.sha256}
    item.facts = keyring.seal(item.key_name, item.key_name, "facts", json.dumps(facts).encode())
    item.save(force_insert=True)
    upload.is_kept = True
    return item


def kept_name(upload: SealedUpload) -> str:
    """Return the name of a file as it is kept."""
    return (upload.name or "")[:200]


def facts(item: Evidence, keyring: Keyring) -> dict:
    """Return ``name``, exact ``size`` in bytes and ``sha256`` of a file. Raises ErasedError or UnreadableError."""
    return json.loads(keyring.open(item.key_name, item.key_name, "facts", item.facts))


def original_bytes(item: Evidence, keyring: Keyring) -> bytes:
    """Return the bytes as uploaded. Raises ErasedError or UnreadableError."""
    return b"".join(open_stream(keyring.key(item.key_name), store.pieces(item.id), item.key_name))


def abandon(uploads: list[SealedUpload]) -> None:
    """Mark uploads as not adopted after a rollback, so that their bytes are deleted when the request ends."""
    for upload in uploads:
        upload.is_kept = False


def remove(item: Evidence) -> None:
    """Delete one file of a draft: row and bytes. The caller removes its key from the keyring.

    Only this row: Django would also delete from the tables about files of cases, where a public node has no rights.
    """
    rows = Evidence.objects.filter(pk=item.pk, case=None)
    rows._raw_delete(rows.db)
    store.delete(item.pk)
