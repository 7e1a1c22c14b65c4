"""The keys of one case: a case key that only opens wraps, and one key for each class of data.

Narrative, thread and every file have a key of their own, wrapped under the case key. Destroying one wrap
erases one class of data and leaves the rest (safety rule K4).
"""

from uuid import UUID, uuid4

from safetycenter.hints import Stored

from .box import new_key, open_sealed, seal

NARRATIVE, THREAD = "narrative", "thread"


class ErasedError(Exception):
    """The key of this class of data was destroyed: what it sealed is gone for good."""


class Keyring:
    """Seals and opens the data of the case ``case_id``.

    ``wrapped`` maps the name of a class of data to its key, sealed under the case key. It is what gets stored.
    """

    def __init__(self, case_id: UUID, case_key: bytes, wrapped: dict[str, bytes]) -> None:
        self.case_id, self.case_key, self.wrapped = case_id, case_key, wrapped

    @classmethod
    def fresh(cls) -> "Keyring":
        """Keys for a case that does not exist yet; its UUID is drawn here."""
        ring = cls(uuid4(), new_key(), {})
        for name in (NARRATIVE, THREAD):
            ring.add(name, new_key())
        return ring

    def add(self, name: str, key: bytes) -> None:
        """Put the key of a new class of data (a file, say) on the ring."""
        self.wrapped[name] = seal(self.case_key, key, self._context("key", name))

    def key(self, name: str) -> bytes:
        """The key of one class of data; raises Erased when its wrap was destroyed."""
        if name not in self.wrapped:
            raise ErasedError(name)
        return open_sealed(self.case_key, self.wrapped[name], self._context("key", name))

    def seal(self, name: str, row: str, field: str, plaintext: bytes) -> bytes:
        """Seal one field of one row; without row and field two messages could be exchanged unnoticed."""
        return seal(self.key(name), plaintext, self._context(row, field))

    def open(self, name: str, row: str, field: str, sealed: Stored) -> bytes:
        """Open what ``seal`` made for the same place; raises Erased or UnreadableError."""
        return open_sealed(self.key(name), sealed, self._context(row, field))

    def _context(self, row: str, field: str) -> str:
        return f"{self.case_id}:{row}:{field}"
