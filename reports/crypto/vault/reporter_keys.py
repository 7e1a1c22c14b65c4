"""The key pair of one case's reporter, with which the desk can give them new keys without knowing their code.

``Opener`` (the private half) is stored only under Argon2id of the reporter's secret. ``Wrapper`` (the public half) is
stored under the case key. Both contain the same ``binding`` key, and every wrap is sealed under it too. Threat: an
attacker who can write the database but has neither code nor case key can neither replace the public half nor give the
reporter a case key that the attacker chose, which would display forged messages.
"""

from dataclasses import dataclass
from uuid import UUID

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from safetycenter.hints import Stored

from .box import UnreadableError, new_key, open_sealed, seal
from .key_ids import Wrapped
from .key_ids import key_id as id_of

HALF = 32  # bytes of each of the two keys stored together


@dataclass(frozen=True)
class Wrapper:
    """The public half, with which the desk wraps a key for the reporter of ``case_id``."""

    case_id: UUID
    public: bytes
    binding: bytes

    def wrap(self, key: bytes) -> Wrapped:
        """Return ``key`` sealed so that only the holder of the code can open it."""
        box = SealedBox(PublicKey(self.public)).encrypt(key)
        return Wrapped(self.key_id, seal(self.binding, box, f"{self.case_id}:case:reporter"))

    @property
    def key_id(self) -> str:
        """The id of the pair."""
        return id_of("reporter", self.public)

    def sealed(self, case_key: bytes) -> bytes:
        """Return the stored form of this wrapper, sealed under ``case_key``."""
        return seal(case_key, self.public + self.binding, f"{self.case_id}:case:wrapper")

    @classmethod
    def open(cls, case_id: UUID, case_key: bytes, sealed: Stored) -> "Wrapper":
        """Return the wrapper from its stored form.

        Raises UnreadableError when it was replaced or belongs to another case key.
        """
        both = open_sealed(case_key, sealed, f"{case_id}:case:wrapper")
        return cls(case_id, both[:HALF], both[HALF:])


@dataclass(frozen=True)
class Opener:
    """The private half, with which the holder of the code opens what a ``Wrapper`` wrapped."""

    case_id: UUID
    private: bytes
    binding: bytes

    @classmethod
    def new(cls, case_id: UUID) -> "Opener":
        """Return a new pair for one case."""
        return cls(case_id, bytes(PrivateKey.generate()), new_key())

    @property
    def wrapper(self) -> Wrapper:
        """The public half."""
        return Wrapper(self.case_id, bytes(PrivateKey(self.private).public_key), self.binding)

    def unwrap(self, wrapped: Wrapped) -> bytes:
        """Return the key that ``Wrapper.wrap`` sealed. Raises UnreadableError, also for a wrap for another pair."""
        if wrapped.key_id != self.wrapper.key_id:
            raise UnreadableError(f"reporter: for key pair {wrapped.key_id}, opened with {self.wrapper.key_id}")
        box = open_sealed(self.binding, wrapped.value, f"{self.case_id}:case:reporter")
        try:
            return SealedBox(PrivateKey(self.private)).decrypt(box)
        except CryptoError as error:
            raise UnreadableError("reporter") from error

    def sealed(self, wrapping_key: bytes) -> bytes:
        """Return the stored form of this opener. ``wrapping_key`` is derived from the reporter's secret only."""
        return seal(wrapping_key, self.packed, f"{self.case_id}:case:opener")

    @classmethod
    def open(cls, case_id: UUID, wrapping_key: bytes, sealed: Stored) -> "Opener":
        """Return the opener from its stored form. Raises UnreadableError."""
        return cls.unpack(case_id, open_sealed(wrapping_key, sealed, f"{case_id}:case:opener"))

    @property
    def packed(self) -> bytes:
        """Both keys concatenated, for the sealed session of a visit."""
        return self.private + self.binding

    @classmethod
    def unpack(cls, case_id: UUID, both: bytes) -> "Opener":
        """Return the opener from the bytes of ``packed``."""
        return cls(case_id, both[:HALF], both[HALF:])


def columns(opener: Opener, case_key: bytes, wrapping_key: bytes) -> dict[str, str | Stored]:
    """Return the columns of a case through which the reporter's code opens it."""
    wrapped = opener.wrapper.wrap(case_key)
    return {
        "reporter_opener": opener.sealed(wrapping_key),
        "reporter_wrapper": opener.wrapper.sealed(case_key),
        "key_for_reporter": wrapped.value,
        "reporter_key_id": wrapped.key_id,
    }
