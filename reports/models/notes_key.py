"""Keys of staff notes: created at a desk for the first note of a case, and bound to that case and its audience."""

from contextlib import suppress

from django.db import models

from ..crypto.vault import keys
from ..crypto.vault.box import KeyMissingError, UnreadableError, new_key
from .case import Case


class NotesKey(models.Model):
    """The key of the notes that ``audience`` reads in one case.

    It is wrapped from a desk to a desk. Threat: an attacker who can write the database, for example through a public
    node, must not be able to store a chosen key here and read the next note. The reporter's code opens no notes key.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="notes_keys")
    audience = models.CharField(max_length=20)
    key_id = models.CharField(max_length=16)  # of the audience's key pair
    sender_key_id = models.CharField(max_length=16)  # of the key pair of the desk that wrapped it
    wrapped = models.BinaryField()

    class Meta:
        ordering = ["-id"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)

    @classmethod
    def of(cls, case: Case) -> "NotesKey":
        """Return the key for a new note in ``case``; create one if this desk can open none."""
        for row in case.notes_keys.filter(audience=case.staff_audience):
            with suppress(KeyMissingError, UnreadableError):
                row.open()
                return row
        return cls.make(case, case.staff_audience)

    @classmethod
    def make(cls, case: Case, audience: str) -> "NotesKey":
        """Create and store a key of ``case`` for ``audience``. Raises KeyMissingError if this node is not a desk."""
        row = cls.unsaved(case, audience)
        row.save(force_insert=True)
        return row

    @classmethod
    def unsaved(cls, case: Case, audience: str) -> "NotesKey":
        """Return a new key of ``case`` for ``audience``. Raises KeyMissingError if this node is not a desk."""
        row, key = cls(case=case, audience=audience), new_key()
        row.key_id, row.sender_key_id, row.wrapped = keys.wrap_from_desk(audience, key, row._context)
        row._opened = key
        return row

    def open(self) -> bytes:
        """Return the key itself.

        Raises KeyMissingError, or UnreadableError when no desk made it for this case and audience.
        """
        if not hasattr(self, "_opened"):
            wrapped = keys.DeskWrapped(self.key_id, self.sender_key_id, self.wrapped)
            self._opened = keys.unwrap_from_desk(self.audience, wrapped, self._context)
        return self._opened

    def rewrap(self) -> None:
        """Wrap the key for and by the current key pairs; unsaved. Raises KeyMissingError or UnreadableError."""
        wrapped = keys.DeskWrapped(self.key_id, self.sender_key_id, self.wrapped)
        self.key_id, self.sender_key_id, self.wrapped = keys.rewrap_from_desk(self.audience, wrapped, self._context)

    @property
    def _context(self) -> str:
        return f"{self.case_id}:{self.audience}:notes"
