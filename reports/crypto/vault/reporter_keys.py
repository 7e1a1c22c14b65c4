"""The key pair of one case's reporter: the desk can give them new keys without knowing their code.

``Opener`` (the private half) is stored only under Argon2id of the reporter's secret. ``Wrapper`` (the public half) is
stored under the case key. Both hold the same ``binding`` key, and every wrap is sealed under it too: somebody who can
write the database, and has neither code nor case key, can neither replace the public half by one of their own nor hand
the reporter a case key of their own, to show them forged messages.
"""

from dataclasses import dataclass
from uuid import UUID

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from safetycenter.hints import Stored

from .box import UnreadableError, new_key, open_sealed, seal

HALF = 32  # bytes of each of the two keys that are stored together


@dataclass(frozen=True)
class Wrapper:
    """What the desk needs to wrap a key for the reporter of ``case_id``."""

    case_id: UUID
    public: bytes
    binding: bytes

    def wrap(self, key: bytes) -> bytes:
        """Seal ``key`` so that only the holder of the code can open it."""
        return seal(self.binding, SealedBox(PublicKey(self.public)).encrypt(key), f"{self.case_id}:case:reporter")

    def sealed(self, case_key: bytes) -> bytes:
        """This wrapper as it is stored."""
        return seal(case_key, self.public + self.binding, f"{self.case_id}:case:wrapper")

    @classmethod
    def open(cls, case_id: UUID, case_key: bytes, sealed: Stored) -> "Wrapper":
        """Open what ``sealed`` made. Raises UnreadableError when it was replaced or belongs to another case key."""
        both = open_sealed(case_key, sealed, f"{case_id}:case:wrapper")
        return cls(case_id, both[:HALF], both[HALF:])


@dataclass(frozen=True)
class Opener:
    """What the holder of the code needs to open what a ``Wrapper`` wrapped."""

    case_id: UUID
    private: bytes
    binding: bytes

    @classmethod
    def new(cls, case_id: UUID) -> "Opener":
        """A fresh pair for one case."""
        return cls(case_id, bytes(PrivateKey.generate()), new_key())

    @property
    def wrapper(self) -> Wrapper:
        """The public half."""
        return Wrapper(self.case_id, bytes(PrivateKey(self.private).public_key), self.binding)

    def unwrap(self, wrapped: Stored) -> bytes:
        """Open what ``Wrapper.wrap`` made. Raises UnreadableError."""
        box = open_sealed(self.binding, wrapped, f"{self.case_id}:case:reporter")
        try:
            return SealedBox(PrivateKey(self.private)).decrypt(box)
        except CryptoError as error:
            raise UnreadableError("reporter") from error

    def sealed(self, wrapping_key: bytes) -> bytes:
        """This opener as it is stored: only the reporter's secret gives ``wrapping_key``."""
        return seal(wrapping_key, self.packed, f"{self.case_id}:case:opener")

    @classmethod
    def open(cls, case_id: UUID, wrapping_key: bytes, sealed: Stored) -> "Opener":
        """Open what ``sealed`` made. Raises UnreadableError."""
        return cls.unpack(case_id, open_sealed(wrapping_key, sealed, f"{case_id}:case:opener"))

    @property
    def packed(self) -> bytes:
        """Both keys in a row, for the sealed session of a visit."""
        return self.private + self.binding

    @classmethod
    def unpack(cls, case_id: UUID, both: bytes) -> "Opener":
        """The reverse of ``packed``."""
        return cls(case_id, both[:HALF], both[HALF:])


def columns(opener: Opener, case_key: bytes, wrapping_key: bytes) -> dict[str, bytes]:
    """The three columns of a case through which its reporter's code opens it."""
    return {
        "reporter_opener": opener.sealed(wrapping_key),
        "reporter_wrapper": opener.wrapper.sealed(case_key),
        "key_for_reporter": opener.wrapper.wrap(case_key),
    }
