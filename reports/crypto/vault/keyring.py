"""The keys of one case: a case key, which only unwraps other keys, and one key for each class of data.

Narrative, thread and every file have separate keys, wrapped under the case key. Destroying one wrapped key erases one
class of data and no other (safety rule K4).
"""

from uuid import UUID, uuid4

from safetycenter.hints import Stored

from . import appender
from .box import UnreadableError, new_key, open_sealed, seal
from .key_ids import Wrapped
from .key_ids import key_id as id_of

NARRATIVE, THREAD = "narrative", "thread"


class ErasedError(Exception):
    """Raised when the key of this class of data was destroyed, so that its data can never be read again."""


class Keyring:
    """Seal and open the data of the case ``case_id``.

    ``wrapped`` maps the name of a class of data to its key, sealed under the case key; this is stored.
    ``key_id`` is the id of the case key.
    """

    def __init__(self, case_id: UUID, case_key: bytes, wrapped: dict[str, Wrapped]) -> None:
        self.case_id, self.case_key, self.wrapped = case_id, case_key, wrapped
        self.key_id = id_of("case", case_key)

    @classmethod
    def fresh(cls) -> "Keyring":
        """Return new keys, and a new random UUID, for a case that does not exist yet."""
        ring = cls(uuid4(), new_key(), {})
        for name in (NARRATIVE, THREAD):
            ring.add(name, new_key())
        return ring

    def add(self, name: str, key: bytes) -> None:
        """Add the key of a new class of data, for example of a file."""
        self.wrapped[name] = Wrapped(self.key_id, seal(self.case_key, key, self._context("key", name)))

    def key(self, name: str) -> bytes:
        """Return the key of one class of data.

        Raises ErasedError when its wrapped key was destroyed, UnreadableError when another case key wrapped it.
        """
        if name not in self.wrapped:
            raise ErasedError(name)
        wrapped = self.wrapped[name]
        if wrapped.key_id != self.key_id:
            if name != appender.ADDED and appender.ADDED in self.wrapped:  # added after the report was sent
                return appender.unwrap(self.key(appender.ADDED), self.case_id, name, wrapped)
            raise UnreadableError(f"{name}: under case key {wrapped.key_id}, opened with {self.key_id}")
        return open_sealed(self.case_key, wrapped.value, self._context("key", name))

    def seal(self, name: str, row: str, field: str, plaintext: bytes) -> bytes:
        """Seal one field of one row and return the bytes.

        Row and field are authenticated; without them two messages could be swapped unnoticed.
        """
        return seal(self.key(name), plaintext, self._context(row, field))

    def open(self, name: str, row: str, field: str, sealed: Stored) -> bytes:
        """Return what ``seal`` sealed for the same row and field. Raises ErasedError or UnreadableError."""
        return open_sealed(self.key(name), sealed, self._context(row, field))

    def _context(self, row: str, field: str) -> str:
        return f"{self.case_id}:{row}:{field}"
