"""Key files that only a passphrase opens, and where a process gets the passphrase.

Threat: a disk, or a copy of it, in other hands: without the passphrase its keys open nothing. Not covered: a running
desk, which has the keys in memory, and a passphrase that lies on the same disk. The passphrase is read once for each
process, from a file descriptor that is then closed or from a file (a systemd credential), and is written nowhere.
``make_keys`` alone also asks for it at a terminal.
"""

import binascii
import os
import sys
from base64 import b64decode, b64encode
from functools import lru_cache
from pathlib import Path
from threading import Lock

from django.conf import settings
from nacl.pwhash import argon2id

from .box import UnreadableError, open_sealed, seal

MARK = "locked"
CONTEXT = "key file"
# Of libsodium: 256 MB of memory and less than a second, once for each process.
OPERATIONS, MEMORY = argon2id.OPSLIMIT_MODERATE, argon2id.MEMLIMIT_MODERATE
SHORTEST = 16  # characters
LONGEST = 1024

_given: list[bytes] = []  # what this process has read
_deriving = Lock()


def read_from(descriptor: int) -> None:
    """Read the passphrase from an open file descriptor and close it. gunicorn does so before it makes workers."""
    with os.fdopen(descriptor, "rb") as source:
        _given[:] = [source.read(LONGEST).strip()]


def hand_on() -> int:
    """Return a file descriptor from which the program that replaces this process reads the passphrase."""
    ours, theirs = os.pipe()
    os.write(theirs, current())
    os.close(theirs)
    os.set_inheritable(ours, True)
    return ours


def is_typed() -> bool:
    """Return whether somebody has to type the passphrase: the descriptor is a terminal, or no source of it is set."""
    if settings.KEYS_PASSPHRASE_FD:
        return not _given and os.isatty(int(settings.KEYS_PASSPHRASE_FD))
    return not _given and not settings.KEYS_PASSPHRASE_FILE and sys.stdin.isatty()


def take(words: str) -> None:
    """Use the passphrase that somebody typed."""
    _given[:] = [words.encode()[:LONGEST].strip()]


def current() -> bytes:
    """Return the passphrase; empty if none was given."""
    if not _given and settings.KEYS_PASSPHRASE_FD:
        read_from(int(settings.KEYS_PASSPHRASE_FD))
    elif not _given and settings.KEYS_PASSPHRASE_FILE:
        _given[:] = [Path(settings.KEYS_PASSPHRASE_FILE).read_bytes()[:LONGEST].strip()]
    return _given[0] if _given else b""


def is_locked(text: str) -> bool:
    """Return whether the content of a key file is sealed under a passphrase."""
    return text.startswith(f"{MARK}:")


def lock(key: bytes, beside: str = "") -> str:
    """Return the content of a locked file for ``key``. ``beside`` is that of another one, whose salt is used again.

    With one salt a process derives once for all its key files.
    """
    salt = _parts(beside)[2] if is_locked(beside) else os.urandom(argon2id.SALTBYTES)
    sealed = seal(_derived(current(), salt, OPERATIONS, MEMORY), key, CONTEXT)
    return ":".join([MARK, str(OPERATIONS), str(MEMORY), _text(salt), _text(sealed)])


def unlock(text: str) -> bytes:
    """Return the key in the content of a locked file. Raises UnreadableError: wrong or no passphrase, or damaged."""
    try:
        operations, memory, salt, sealed = _parts(text)
    except (ValueError, binascii.Error) as error:
        raise UnreadableError(CONTEXT) from error
    if not current() or memory > argon2id.MEMLIMIT_SENSITIVE or operations > argon2id.OPSLIMIT_SENSITIVE:
        raise UnreadableError(CONTEXT)
    return open_sealed(_derived(current(), salt, operations, memory), sealed, CONTEXT)


def _parts(text: str) -> tuple[int, int, bytes, bytes]:
    _mark, operations, memory, salt, sealed = text.split(":")
    return int(operations), int(memory), b64decode(salt), b64decode(sealed)


def _derived(passphrase: bytes, salt: bytes, operations: int, memory: int) -> bytes:
    with _deriving:  # threads that start together wait for one derivation, not for the memory of several
        return _slowly(passphrase, salt, operations, memory)


@lru_cache(maxsize=4)
def _slowly(passphrase: bytes, salt: bytes, operations: int, memory: int) -> bytes:
    return argon2id.kdf(32, passphrase, salt, operations, memory)


def _text(value: bytes) -> str:
    return b64encode(value).decode()
