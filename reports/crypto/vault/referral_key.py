"""Sign the packages of referrals, so that an agency can check who made them and that nothing was changed.

Ed25519: outsiders verify with the public half, ``manage.py referral_key`` prints it. The private half is at desks only.
``replace`` makes a new pair. The old public half is kept, so that packages stay verifiable that it signed; the old
private half is destroyed.
"""

import binascii
from base64 import b64decode, b64encode
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from nacl.signing import SigningKey

from safetycenter import private_files

from .box import KeyMissingError
from .key_ids import key_id as id_of
from .signing import Seal

PRIVATE, PUBLIC = "referral.private", "referral.public"
KEPT = "referral-"  # and the id: a replaced public half
KEY_SIZE = 32  # bytes


def sign(content: bytes) -> Seal:
    """Return the signature of this desk over ``content``. Raises KeyMissingError."""
    key = _signing_key()
    return Seal(_id(key), key.sign(content).signature)


def public_key() -> tuple[str, str]:
    """Return the id and the base64 of the public half. Raises KeyMissingError."""
    key = _signing_key()
    return _id(key), b64encode(bytes(key.verify_key)).decode()


def make(folder: Path) -> list[str]:
    """Create the pair in ``folder`` unless a half of it exists. Return the names of the new files."""
    if (folder / PRIVATE).exists() or (folder / PUBLIC).exists():
        return []
    key = SigningKey.generate()
    for name, value in {PRIVATE: bytes(key), PUBLIC: bytes(key.verify_key)}.items():
        with private_files.create(folder / name) as file:
            file.write(b64encode(value) + b"\n")
    return [PRIVATE, PUBLIC]


def replace(folder: Path) -> str:
    """Replace the pair in ``folder``; return the name of the file that keeps the old public half.

    The old public half is kept before anything is destroyed. Raises KeyMissingError without an old pair.
    """
    old = _signing_key(folder)
    kept = f"{KEPT}{_id(old)}.public"
    with suppress(FileExistsError), private_files.create(folder / kept) as file:
        file.write(b64encode(bytes(old.verify_key)) + b"\n")
    for name in (PRIVATE, PUBLIC):
        (folder / name).unlink(missing_ok=True)
    make(folder)
    return kept


def earlier_public_keys() -> dict[str, str]:
    """Return the base64 of each replaced public half that this desk keeps, by its id."""
    found = sorted(Path(settings.KEYS_DIR).glob(f"{KEPT}*.public"))
    return {path.stem.removeprefix(KEPT): path.read_text().strip() for path in found}


def _id(key: SigningKey) -> str:
    return id_of("referral", bytes(key.verify_key))


def _signing_key(folder: Path | None = None) -> SigningKey:
    try:
        value = b64decode(((folder or Path(settings.KEYS_DIR)) / PRIVATE).read_bytes().strip(), validate=True)
    except (OSError, binascii.Error) as error:
        raise KeyMissingError(PRIVATE) from error
    if not settings.HAS_DESK or len(value) != KEY_SIZE:
        raise KeyMissingError(PRIVATE)
    return SigningKey(value)
