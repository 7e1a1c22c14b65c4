"""Make a file again that staff send to a reporter: nothing of the original but what can be seen.

Pictures and the pages of a PDF are drawn again in the child process that also makes view copies. A PDF becomes
pictures of its pages, without text, links, forms, scripts, attachments and facts about its author. Text keeps its
letters only.
"""

import unicodedata

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..crypto.vault.stream import open_stream
from ..models.evidence import Evidence
from ..models.sent_file import MAX_BYTES, SUFFIXES, Prepared
from . import store, view_copies
from .upload import SealedUpload

MEGABYTES = MAX_BYTES // (1024 * 1024)
KEPT_CONTROLS = "\n\t"
# Marks that turn the direction of writing: they can make one word look like another.
TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])

NOT_OURS = gettext_lazy("This is a file of a case. A file of a case is never sent, not to its own reporter either.")


class RefusedFileError(Exception):
    """The file is not sent; the message is the sentence for the member of staff."""


def prepare(upload: SealedUpload) -> Prepared:
    """Return the uploaded file made again. Raises RefusedFileError."""
    if not upload.size:
        raise RefusedFileError(_("This file is empty. Choose another one."))
    if upload.kind not in SUFFIXES:
        raise RefusedFileError(_("This file cannot be sent. You can send a PDF, PNG, JPEG or plain text."))
    if upload.size > MAX_BYTES:
        raise RefusedFileError(too_large())
    try:
        received = b"".join(open_stream(upload.key, store.pieces(upload.file_id), f"file:{upload.file_id}"))
    except OSError as error:  # the store does not answer any more
        raise RefusedFileError(_("This file could not be stored. Try it again later.")) from error
    data = _made_anew(upload.kind, received)
    if len(data) > MAX_BYTES:
        raise RefusedFileError(too_large())
    return Prepared(upload.kind, data)


def too_large() -> str:
    """Return the sentence for a file that is too large."""
    return _("This file is larger than %(mb)d MB, or becomes so when it is made again. Choose a smaller one.") % {
        "mb": MEGABYTES
    }


def _made_anew(kind: str, data: bytes) -> bytes:
    try:
        return _plain(data) if kind == Evidence.Kind.TEXT else view_copies.redrawn(kind, data)
    except UnicodeDecodeError as error:  # cut off inside a letter
        raise RefusedFileError(_("This file cannot be sent. You can send a PDF, PNG, JPEG or plain text.")) from error
    except view_copies.TooManyPagesError as error:
        pages = {"count": view_copies.MAX_PAGES}
        raise RefusedFileError(_("This PDF has more than %(count)d pages. Choose a shorter one.") % pages) from error
    except view_copies.CannotRenderError as error:
        raise RefusedFileError(
            _("This file cannot be opened safely: it is damaged, has a password or is far too large inside.")
        ) from error


def _plain(data: bytes) -> bytes:
    """Return the text in UTF-8 in one form of each letter, without marks that are not seen."""
    text = unicodedata.normalize("NFC", data.decode("utf-8-sig")).replace("\r\n", "\n").replace("\r", "\n")
    seen = (sign for sign in text.translate(TURNS) if sign in KEPT_CONTROLS or unicodedata.category(sign) != "Cc")
    return "".join(seen).encode()
