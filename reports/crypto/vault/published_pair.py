"""Sign what leaves the site, so that anybody can check who made it and that nothing was changed.

Ed25519: outsiders verify with the public half, which the operator publishes. ``REFERRALS`` signs the packages for
agencies; its private half is at desks only. ``RECEIPTS`` signs the receipts of reporters, so public nodes have a copy
of both halves. ``replace`` makes a new pair. The old public half is kept, so that what it signed stays verifiable; the
old private half is destroyed.
"""

from base64 import b64decode, b64encode
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from . import key_files
from .box import KeyMissingError
from .key_ids import key_id as id_of
from .signing import Seal


@dataclass(frozen=True)
class PublishedPair:
    """A pair of key files: ``NAME.private``, ``NAME.public`` and, of each replaced pair, ``NAME-ID.public``."""

    name: str
    for_desks_only: bool

    @property
    def private_file(self) -> str:
        """The name of the file with the private half."""
        return f"{self.name}.private"

    @property
    def public_file(self) -> str:
        """The name of the file with the public half."""
        return f"{self.name}.public"

    def sign(self, content: bytes) -> Seal:
        """Return the signature over ``content``. Raises KeyMissingError."""
        key = self._signing_key()
        return Seal(self._id(key.verify_key), key.sign(content).signature)

    def public_key(self) -> tuple[str, str]:
        """Return the id and the base64 of the public half that belongs to the private one. Raises KeyMissingError."""
        key = self._signing_key().verify_key
        return self._id(key), b64encode(bytes(key)).decode()

    def public_keys(self) -> dict[str, str]:
        """Return the base64 of every public half on this node by its id, the present one first."""
        folder = Path(settings.KEYS_DIR)
        paths = [folder / self.public_file, *sorted(folder.glob(f"{self.name}-*.public"))]
        values = [path.read_text().strip() for path in paths if path.is_file()]
        return {self._id(VerifyKey(b64decode(value))): value for value in values}

    def is_signed(self, content: bytes, signature: bytes) -> bool:
        """Return whether a pair of this node, also a replaced one, made ``signature`` over ``content``."""
        for value in self.public_keys().values():
            with suppress(BadSignatureError, ValueError):
                VerifyKey(b64decode(value)).verify(content, signature)
                return True
        return False

    def make(self, folder: Path) -> list[str]:
        """Create the pair in ``folder`` unless a half of it exists. Return the names of the new files."""
        names = [self.private_file, self.public_file]
        if any(key_files.exists(folder / name) for name in names):
            return []
        key = SigningKey.generate()
        for name, value in zip(names, (bytes(key), bytes(key.verify_key)), strict=True):
            key_files.write(folder / name, value)
        return names

    def replace(self, folder: Path) -> str:
        """Replace the pair in ``folder``; return the name of the file that keeps the old public half.

        The old public half is kept before anything is destroyed. Raises KeyMissingError without an old pair.
        """
        old = self._signing_key(folder).verify_key
        kept = f"{self.name}-{self._id(old)}.public"
        with suppress(FileExistsError):
            key_files.write(folder / kept, bytes(old))
        for name in (self.private_file, self.public_file):
            (folder / name).unlink(missing_ok=True)
        self.make(folder)
        return kept

    def _id(self, key: VerifyKey) -> str:
        return id_of(self.name, bytes(key))

    def _signing_key(self, folder: Path | None = None) -> SigningKey:
        if self.for_desks_only and not settings.HAS_DESK:
            raise KeyMissingError(self.private_file)
        return SigningKey(key_files.load((folder or Path(settings.KEYS_DIR)) / self.private_file))


REFERRALS = PublishedPair("referral", for_desks_only=True)
RECEIPTS = PublishedPair("receipt", for_desks_only=False)
