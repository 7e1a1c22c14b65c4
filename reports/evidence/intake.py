"""From an upload to a row: whether it may be kept here, and its key on the ring of the case."""

import json

from django.utils.translation import gettext as _

from ..models.evidence import Evidence
from ..vault.keyring import Keyring
from ..vault.stream import open_stream
from . import store
from .checks import FILES_A_CASE, LARGEST_CASE, PICTURES
from .upload import SealedUpload

REFUSALS = {
    "size": lambda: _("This file is larger than 10 MB. Choose a smaller one."),
    "total": lambda: _("All files together may have 25 MB. Choose fewer or smaller ones."),
    "count": lambda: _("You can add at most five files."),
    "type": lambda: _("This file cannot be added. You can add JPEG, PNG, WebP, PDF or plain text."),
    "recording": lambda: _(
        "Voice notes and videos cannot be sent here yet. Unless it is a sexual video, keep it on your phone, "
        "and write the time and what it says in a few words."
    ),
    "empty": lambda: _("This file is empty. Choose another one."),
    "none": lambda: _("No file can be added here, so that no picture is copied again. Words and links are enough."),
    "pictures": lambda: _("Pictures cannot be added here. You can add a plain text file."),
}


def allowed(rule: str, sexual_check: str | None) -> str:
    """What may be added: "none", "text" or "all", from the rule of ``questions.uploads`` and the answer about the file.

    Where the rule says "ask", pictures need the answer that no naked or sexual picture is in the file (H14).
    """
    if rule == "ask":
        return "all" if sexual_check == "no" else "text"
    return {"none": "none", "yes": "all"}[rule]


def is_permitted(kind: str, allowed: str) -> bool:
    """Whether a file of this kind may be kept where ``allowed`` is the rule: "none", "text" or "all"."""
    return allowed == "all" or (allowed == "text" and kind not in PICTURES)


def refusal(upload: SealedUpload, existing: list, allowed: str) -> str | None:
    """The sentence that refuses ``upload``, or None. ``allowed`` for this case: "none", "text" or "all".

    ``existing`` are the files of the case so far, and the uploads accepted before this one.
    """
    if allowed == "none":
        return REFUSALS["none"]()
    if upload.size == 0:
        return REFUSALS["empty"]()
    if upload.kind is None:
        return REFUSALS["recording" if upload.is_recording else "type"]()
    if not is_permitted(upload.kind, allowed):
        return REFUSALS["pictures"]()
    if len(existing) >= FILES_A_CASE:
        return REFUSALS["count"]()
    if sum(item.size for item in existing) + upload.size > LARGEST_CASE:
        return REFUSALS["total"]()
    return None


def first_refusal(uploads: list[SealedUpload], existing: list, allowed: str) -> str | None:
    """The first sentence that refuses one of ``uploads``; each that is accepted counts for those after it."""
    for upload in uploads:
        if sentence := refusal(upload, existing, allowed):
            return sentence
        existing = [*existing, upload]
    return None


def adopt(upload: SealedUpload, keyring: Keyring, pocket=None) -> Evidence:
    """Keep the sealed file: its key goes on the ring, name and digest are sealed under it. Saved with the pocket."""
    item = Evidence(id=upload.file_id, pocket=pocket, kind=upload.kind, size=upload.size)
    keyring.add(item.key_name, upload.key)
    facts = {"name": (upload.name or "")[:200], "sha256": upload.sha256}
    item.facts = keyring.seal(item.key_name, item.key_name, "facts", json.dumps(facts).encode())
    item.save(force_insert=True)
    upload.adopted = True
    return item


def facts(item: Evidence, keyring: Keyring) -> dict:
    """``name`` and ``sha256`` of a file. Raises Erased or Unreadable."""
    return json.loads(keyring.open(item.key_name, item.key_name, "facts", item.facts))


def original(item: Evidence, keyring: Keyring) -> bytes:
    """The bytes as they were sent. Raises Erased or Unreadable."""
    return b"".join(open_stream(keyring.key(item.key_name), store.pieces(item.id), item.key_name))


def abandon(uploads: list[SealedUpload]) -> None:
    """The transaction that adopted these files was rolled back: their bytes go with the request."""
    for upload in uploads:
        upload.adopted = False


def remove(item: Evidence) -> None:
    """Throw away one file of a draft: its row and its bytes. Its key is taken off the ring by the caller."""
    file_id = item.id
    item.delete()
    store.delete(file_id)
