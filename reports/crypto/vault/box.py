"""Seal and open small values with XChaCha20-Poly1305 and associated data, padded so that lengths reveal little."""

import struct

from nacl.exceptions import CryptoError
from nacl.secret import Aead
from nacl.utils import random

from safetycenter.hints import Stored

KEY_SIZE = Aead.KEY_SIZE
STEP = 256
STEPS_UP_TO = 2048


class UnreadableError(Exception):
    """Raised for bytes that this key cannot open in this context: changed, moved, or sealed under another key."""


class KeyMissingError(Exception):
    """Raised when this node lacks a key that it needs. Nothing may be stored without it."""


def new_key() -> bytes:
    """Return a new random key of 32 bytes."""
    return random(KEY_SIZE)


def seal(key: bytes, plaintext: bytes, context: str) -> bytes:
    """Return ``plaintext`` sealed under ``key``, with its nonce.

    ``context`` names the place of the value and is authenticated.
    """
    return bytes(Aead(key).encrypt(_pad(plaintext), context.encode()))


def open_sealed(key: bytes, sealed: Stored, context: str) -> bytes:
    """Return what ``seal`` sealed under the same key and context. Raises UnreadableError."""
    try:
        return _unpad(Aead(key).decrypt(bytes(sealed), context.encode()))  # type: ignore[arg-type]
    except (CryptoError, ValueError, TypeError, struct.error) as error:
        raise UnreadableError(context.rsplit(":", 1)[-1]) from error


def padded_length(length: int) -> int:
    """Return the length to which ``length`` bytes are padded: multiples of 256 up to 2 KB, Padmé above.

    Padmé adds at most 12 % and leaks O(log log n) bits (Nikitin et al., PETS 2019, doi 10.2478/popets-2019-0056).
    """
    if length <= STEPS_UP_TO:
        return max(STEP, -(-length // STEP) * STEP)
    exponent = length.bit_length() - 1
    zero_bits = exponent - exponent.bit_length()
    mask = (1 << zero_bits) - 1
    return (length + mask) & ~mask


def _pad(plaintext: bytes) -> bytes:
    framed = struct.pack(">I", len(plaintext)) + plaintext
    return framed.ljust(padded_length(len(framed)), b"\0")


def _unpad(padded: bytes) -> bytes:
    (length,) = struct.unpack_from(">I", padded)
    if length > len(padded) - 4:
        raise ValueError("length beyond the padded text")
    return padded[4 : 4 + length]
