"""Messages between reporter and desk, and staff notes, which reporters never receive.

Side, author and times are clear columns and part of the authenticated data: a text whose row was changed in the
database does not open. Nobody can therefore make the desk's text look like the reporter's, or show it earlier.
"""

import uuid
from datetime import UTC, datetime

from django.conf import settings
from django.db import models
from django.utils import timezone

from ..crypto.vault.box import open_sealed, seal
from ..crypto.vault.keyring import THREAD, Keyring
from .case import Case
from .notes_key import NotesKey


class Message(models.Model):
    """One message between the reporter and the desk, sealed under the thread key.

    The reporter reads it from ``visible_from`` on; staff read it at once. A message that can be taken back is sealed
    under a separate key, ``key_name``, so that taking it back can erase this key.
    """

    class Side(models.TextChoices):
        REPORTER = "reporter"
        STAFF = "staff"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="messages")
    side = models.CharField(max_length=10, choices=Side)
    is_question = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)
    visible_from = models.DateTimeField(default=timezone.now)
    first_shown_at = models.DateTimeField(null=True)
    sealed = models.BinaryField()

    class Meta:
        ordering = ["sent_at", "id"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.id)

    def sealed_with(self, keyring: Keyring, text: str) -> "Message":
        """Seal ``text`` into this message and return the message, unsaved."""
        self.sealed = keyring.seal(self._key_in(keyring), self._row, "text", text.encode())
        return self

    def text(self, keyring: Keyring) -> str:
        """Return the text of this message. Raises ErasedError or UnreadableError."""
        return keyring.open(self._key_in(keyring), self._row, "text", self.sealed).decode()

    @property
    def key_name(self) -> str:
        """The name of the key of this message alone."""
        return f"message:{self.id}"

    def _key_in(self, keyring: Keyring) -> str:
        return self.key_name if self.key_name in keyring.wrapped else THREAD

    @property
    def _row(self) -> str:
        kind = "question" if self.is_question else "message"
        times = f"{moment(self.sent_at)}:{moment(self.visible_from)}"
        return f"{kind}:{self.id}:{self.side}:{self.by_id}:{times}"

    @property
    def is_waiting(self) -> bool:
        """Whether the reporter cannot read this message yet."""
        return self.visible_from > timezone.now()


class Note(models.Model):
    """A note among staff, sealed under a key that only a desk can open."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="notes")
    key = models.ForeignKey(NotesKey, models.CASCADE, related_name="notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    sealed = models.BinaryField()

    class Meta:
        ordering = ["written_at", "id"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.id)

    def sealed_with(self, text: str, key: NotesKey | None = None) -> "Note":
        """Seal ``text`` under ``key``, or under the key of the case's current audience; return the note, unsaved."""
        self.key = key or NotesKey.of(self.case)
        self.sealed = seal(self.key.open(), text.encode(), self._place)
        return self

    def text(self) -> str:
        """Return the text of this note. Raises KeyMissingError or UnreadableError."""
        return open_sealed(self.key.open(), self.sealed, self._place).decode()

    @property
    def _place(self) -> str:
        return f"{self.case_id}:note:{self.id}:{self.by_id}:{moment(self.written_at)}:text"


def moment(time: datetime) -> str:
    """Return ``time`` in UTC with microseconds: the same text before and after it was stored in the database."""
    return time.astimezone(UTC).isoformat(timespec="microseconds")
