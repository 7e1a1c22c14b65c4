"""Load, create and check the key files of a node.

``desk`` and ``child_safety`` are key pairs: every node has the public half (to seal for the desk), only nodes with a
desk have the private half. ``marks`` and ``marks_restricted`` are the keys of the blind indexes and exist at desks
only. ``gate`` is the key of the gate index of all cases; every desk of an installation must have the same one. The keys
that sign the audit log are in ``signing``.
"""

import binascii
from base64 import b64decode, b64encode
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from nacl.exceptions import CryptoError
from nacl.public import Box, PrivateKey, PublicKey, SealedBox

from safetycenter import private_files
from safetycenter.hints import Stored

from . import signing
from .box import KeyMissingError as KeyMissingError
from .box import UnreadableError, new_key

DESK, CHILD_SAFETY = "desk", "child_safety"
AUDIENCES = (DESK, CHILD_SAFETY)
KEY_SIZE = 32  # bytes
DESK_ONLY = ("desk.private", "child_safety.private", "marks", "marks_restricted", "gate", signing.RECORD)


def wrap_for(audience: str, key: bytes) -> bytes:
    """Return ``key`` sealed so that only the staff of ``audience`` can open it. Raises KeyMissingError."""
    return SealedBox(PublicKey(_read(f"{audience}.public"))).encrypt(key)


def unwrap(audience: str, wrapped: Stored) -> bytes:
    """Return the key that ``wrap_for`` sealed. Raises KeyMissingError (not a desk) or UnreadableError."""
    try:
        return SealedBox(PrivateKey(_read(f"{audience}.private"))).decrypt(bytes(wrapped))  # type: ignore[arg-type]
    except CryptoError as error:
        raise UnreadableError(audience) from error


def wrap_from_desk(audience: str, key: bytes, context: str) -> bytes:
    """Return ``key`` sealed for ``audience`` and ``context``, with proof that a desk sealed it.

    ``wrap_for`` needs only public keys, so anybody can produce such a wrap; this one needs a private key of a desk.
    Raises KeyMissingError if this node is not a desk.
    """
    here = opened_here()
    if not here:
        raise KeyMissingError(f"{audience}.private")
    sender = audience if audience in here else here[0]
    return bytes(_between(sender, audience).encrypt(f"{context}\0".encode() + key))


def unwrap_from_desk(audience: str, wrapped: Stored, context: str) -> bytes:
    """Return the key that ``wrap_from_desk`` sealed for the same context. Raises KeyMissingError or UnreadableError."""
    for sender in AUDIENCES:
        with suppress(CryptoError):
            place, _end, key = _between(audience, sender).decrypt(bytes(wrapped)).partition(b"\0")  # type: ignore[arg-type]
            if place == context.encode():
                return key
    raise UnreadableError(audience)


def _between(own: str, other: str) -> Box:
    return Box(PrivateKey(_read(f"{own}.private")), PublicKey(_read(f"{other}.public")))


def marks_key(restricted: bool) -> bytes:
    """Return the key of the blind index; restricted cases have a separate one. Raises KeyMissingError."""
    return _read("marks_restricted" if restricted else "marks")


def gate_key() -> bytes:
    """Return the key of the gate index, the same for all cases (safety rules H14, J1). Raises KeyMissingError."""
    return _read("gate")


def opened_here() -> list[str]:
    """Return the audiences whose cases this node can open: none on a public node, possibly only one at a desk."""
    return [audience for audience in AUDIENCES if settings.HAS_DESK and _is_key(_path(f"{audience}.private"))]


def missing() -> list[str]:
    """Return the names of the key files that this kind of node needs and does not have."""
    needed = [f"{audience}.public" for audience in AUDIENCES]
    needed += DESK_ONLY if settings.HAS_DESK else [signing.NODE_PRIVATE]
    return [name for name in needed if not _is_key(_path(name))]


def make(folder: Path) -> list[str]:
    """Create the missing keys in ``folder`` (created with mode 0700). Return the names of the new files.

    A pair is created only if both halves are missing: a public half without a private one belongs to a
    desk on another server. A public node creates only its signing pair: no desk could open what it
    sealed with an encryption pair it had created.
    """
    if not settings.HAS_DESK:
        return signing.make(folder)
    private_files.make_folder(folder)
    made = []
    for name, pair in _generators().items():
        files = [name] if isinstance(pair, bytes) else [f"{name}.private", f"{name}.public"]
        if any((folder / file).exists() for file in files):
            continue
        for file, value in zip(files, [pair] if isinstance(pair, bytes) else pair, strict=True):
            _write(folder / file, value)
        made += files
    _read_file.cache_clear()
    return made + signing.make(folder)


def _generators() -> dict[str, bytes | tuple[bytes, bytes]]:
    pairs = {}
    for audience in AUDIENCES:
        private = PrivateKey.generate()
        pairs[audience] = (bytes(private), bytes(private.public_key))
    return pairs | {"marks": new_key(), "marks_restricted": new_key(), "gate": new_key()}


def _write(path: Path, value: bytes) -> None:
    with private_files.create(path) as file:
        file.write(b64encode(value) + b"\n")


def _path(name: str) -> Path:
    return Path(settings.KEYS_DIR) / name


def _load(path: Path) -> bytes:
    try:
        value = b64decode(path.read_bytes().strip(), validate=True)
    except (OSError, binascii.Error) as error:
        raise KeyMissingError(path.name) from error
    if len(value) != KEY_SIZE:
        raise KeyMissingError(path.name)
    return value


_read_file = lru_cache(maxsize=16)(_load)


def _is_key(path: Path) -> bool:
    try:
        return bool(_load(path))
    except KeyMissingError:
        return False


def _read(name: str) -> bytes:
    if name in DESK_ONLY and not settings.HAS_DESK:
        raise KeyMissingError(name)
    return _read_file(_path(name))
