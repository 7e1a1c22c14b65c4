"""Name keys by what they are, so that each wrap and each seal says which key it needs.

Several keys of one purpose may be valid at a time, for example while a key is replaced. A reader picks the right one by
its id, and can say which key is missing where it has none.
"""

import hashlib
from typing import NamedTuple

from safetycenter.hints import Stored

LENGTH = 12  # hexadecimal digits of a SHA-256


class Wrapped(NamedTuple):
    """A key sealed under another key, and the id of that other key."""

    key_id: str
    value: Stored


def key_id(kind: str, key: bytes) -> str:
    """Return the id of ``key``: a public half, or a random key of 32 bytes, about which its id reveals nothing."""
    return hashlib.sha256(f"{kind} key id".encode() + key).hexdigest()[:LENGTH]
