"""A file that staff sent to a reporter with a message: made again at a desk, sealed, and kept for a short time."""

import struct
import uuid
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import models
from django.db.models import Q
from django.utils import timezone

from ..crypto.vault.keyring import Keyring
from .case import Case
from .evidence import Evidence
from .message import Message

MAX_BYTES = 2 * 1024 * 1024
KEPT_FOR = timedelta(days=30)
SUFFIXES = {Evidence.Kind.PDF: "pdf", Evidence.Kind.PNG: "png", Evidence.Kind.JPEG: "jpg", Evidence.Kind.TEXT: "txt"}
KINDS = tuple(SUFFIXES)
HEAD = struct.Struct(">BI")


class Prepared(NamedTuple):
    """A file that was made again at a desk (``evidence.outgoing``): one of KINDS, and its bytes."""

    kind: str
    data: bytes


class SentFile(models.Model):
    """One file of one message, sealed under a separate key, ``key_name``: its end does not touch the message.

    The sealed bytes have the same length for every file, and no name is stored, so that a row reveals neither.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="sent_files")
    message = models.OneToOneField(Message, models.CASCADE, related_name="sent_file")
    sent_at = models.DateTimeField(default=timezone.now)
    sealed = models.BinaryField()

    class Meta:
        ordering = ["sent_at", "id"]
        default_permissions = ()
        indexes = [models.Index(fields=["sent_at"], name="sent_file_at")]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def key_name(self) -> str:
        """The name of the key of this file in the keyring of its case."""
        return f"sent:{self.id}"

    @property
    def kept_until(self) -> datetime:
        """When the file is erased."""
        return self.sent_at + KEPT_FOR

    def sealed_with(self, keyring: Keyring, file: Prepared) -> "SentFile":
        """Seal the file, of at most MAX_BYTES, and return the row, unsaved."""
        framed = HEAD.pack(KINDS.index(Evidence.Kind(file.kind)), len(file.data)) + file.data
        self.sealed = keyring.seal(self.key_name, self._row, "file", framed.ljust(HEAD.size + MAX_BYTES, b"\0"))
        return self

    def opened(self, keyring: Keyring) -> Prepared:
        """Return the file. Raises ErasedError or UnreadableError."""
        framed = keyring.open(self.key_name, self._row, "file", self.sealed)
        number, length = HEAD.unpack_from(framed)
        return Prepared(KINDS[number], framed[HEAD.size : HEAD.size + length])

    @property
    def _row(self) -> str:
        return f"{self.key_name}:{self.message_id}"

    @classmethod
    def readable(cls, now: datetime) -> Q:
        """Return the condition on rows that the reporter may open now, if the case allows it at all."""
        return Q(message__visible_from__lte=now, sent_at__gt=now - KEPT_FOR)


def refuses_sent_files(case: Case) -> bool:
    """Return whether no file goes to the reporter of this case: a sexual matter, or perhaps one, with a child (H14)."""
    return bool(case.restricted or case.files_forbidden or case.suspected_material_at or case.restricted_by_words)
