"""Add sealed parts to a case without a key that opens any part of it.

When a report is sent, its session keeps the public half of a key pair of this case. What is added later is sealed under
new keys, each sealed for that pair. The private half is a data key of the case (``ADDED``): only the desk, or the
holder of the reporter's code, can open what was added. The public half is stored in the sealed session only, so that
somebody who can write the database cannot add a part that opens.
"""

from uuid import UUID

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from .box import UnreadableError, seal
from .key_ids import Wrapped
from .key_ids import key_id as id_of

ADDED = "added"  # the name of the private half in the keyring of a case


class Appender:
    """Seal new parts of the case ``case_id`` for the pair with the half ``public``.

    ``wrapped`` has the keys of the parts that were added with this object, as a keyring has them.
    """

    def __init__(self, case_id: UUID, public: bytes) -> None:
        self.case_id, self._public = case_id, public
        self._keys: dict[str, bytes] = {}
        self.wrapped: dict[str, Wrapped] = {}

    def add(self, name: str, key: bytes) -> None:
        """Add the key of a new part, sealed for the pair together with case and name."""
        self._keys[name] = key
        box = SealedBox(PublicKey(self._public)).encrypt(_place(self.case_id, name) + key)
        self.wrapped[name] = Wrapped(pair_id(self._public), bytes(box))

    def seal(self, name: str, row: str, field: str, plaintext: bytes) -> bytes:
        """Seal one field of one row under the key of the new part ``name``; see ``Keyring.seal``."""
        return seal(self._keys[name], plaintext, f"{self.case_id}:{row}:{field}")


def new_pair() -> tuple[bytes, bytes]:
    """Return the private and the public half of a new pair."""
    private = PrivateKey.generate()
    return bytes(private), bytes(private.public_key)


def pair_id(public: bytes) -> str:
    """Return the id of the pair with this public half."""
    return id_of(ADDED, public)


def unwrap(private: bytes, case_id: UUID, name: str, wrapped: Wrapped) -> bytes:
    """Return the key of the part ``name`` that an Appender sealed. Raises UnreadableError."""
    half, place = PrivateKey(private), _place(case_id, name)
    try:
        found = SealedBox(half).decrypt(bytes(wrapped.value))  # type: ignore[arg-type]
    except CryptoError as error:
        raise UnreadableError(name) from error
    if wrapped.key_id != pair_id(bytes(half.public_key)) or not found.startswith(place):
        raise UnreadableError(name)
    return found[len(place) :]


def _place(case_id: UUID, name: str) -> bytes:
    return f"{case_id}:key:{name}\0".encode()
