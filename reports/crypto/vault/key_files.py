"""Read and write the key files of a node: 32 bytes as base64, or the same sealed under a passphrase.

A key may also come from the environment: ``KEY_DESK_PRIVATE`` stands for the missing file ``desk.private``. A key that
opens reports must be on the disk before anything is sealed for it, so what is written here is flushed before the
function returns.
"""

import binascii
import os
import re
import time
from base64 import b64decode, b64encode
from pathlib import Path

from django.conf import settings

from safetycenter import own_memory, private_files

from . import passphrase
from .box import KeyMissingError, UnreadableError

KEY_SIZE = 32  # bytes
Stamp = tuple[tuple[str, int, int], ...]


class OtherPassphraseError(Exception):
    """Raised where no locked key opens with the passphrase that is to lock one more; names their files."""


def load(path: Path) -> bytes:
    """Return the key in ``path``. Raises KeyMissingError, with the name of the file, where there is none.

    A locked file without the right passphrase counts as missing: nothing may be stored without the key.
    """
    try:
        text = _text(path)
        value = passphrase.unlock(text) if passphrase.is_locked(text) else b64decode(text, validate=True)
    except (OSError, binascii.Error, UnicodeDecodeError, UnreadableError, ValueError) as error:
        raise KeyMissingError(path.name) from error
    if len(value) != KEY_SIZE:
        raise KeyMissingError(path.name)
    if is_secret(path.name):
        own_memory.close()
    return value


def is_key(path: Path) -> bool:
    """Return whether ``path`` holds a key."""
    try:
        return bool(load(path))
    except KeyMissingError:
        return False


def exists(path: Path) -> bool:
    """Return whether there is a file, or a value in the environment, whether or not it is a key."""
    return path.exists() or is_in_environment(path)


def is_in_environment(path: Path) -> bool:
    """Return whether the key of ``path`` comes from the environment. A file is preferred."""
    return not path.exists() and path.parent == Path(settings.KEYS_DIR) and variable(path.name) in os.environ


def variable(name: str) -> str:
    """Return the name in the environment that stands for a key file."""
    return f"KEY_{re.sub(r'[^0-9A-Za-z]', '_', name).upper()}"


def is_secret(name: str) -> bool:
    """Return whether a passphrase is to lock the file with this name."""
    return not name.endswith((".public", ".new"))


def is_locked(path: Path) -> bool:
    """Return whether only the passphrase opens ``path``."""
    return path.is_file() and passphrase.is_locked(path.read_text(errors="replace"))


def unlocked(folder: Path) -> list[str]:
    """Return the names of the secret key files in ``folder`` that open without a passphrase."""
    files = sorted(path for path in folder.glob("*") if path.is_file() and is_secret(path.name))
    return [path.name for path in files if not is_locked(path)]


def lock_all(folder: Path) -> list[str]:
    """Lock every secret key file under the passphrase of this process; return the names.

    The files that are locked already are opened first: a typing error must not leave keys under two passphrases. Raises
    OtherPassphraseError, KeyMissingError for a file that is no key, and ValueError without a fit passphrase.
    """
    if len(passphrase.current()) < passphrase.SHORTEST:
        raise ValueError(f"The passphrase has fewer than {passphrase.SHORTEST} characters.")
    if unopened := [path.name for path in _locked(folder) if not is_key(path)]:
        raise OtherPassphraseError(", ".join(unopened))
    remove_unfinished(folder)
    found = {name: load(folder / name) for name in unlocked(folder)}
    for name, value in found.items():
        replace(folder / name, value)
    return list(found)


def unlock_all(folder: Path) -> list[str]:
    """Store every locked key without a passphrase again; return the names. Raises KeyMissingError."""
    remove_unfinished(folder)
    paths = _locked(folder)
    for path in paths:
        _swap(path, b64encode(load(path)).decode())
    return [path.name for path in paths]


def opened_beside(folder: Path) -> Path | None:
    """Return a locked key of ``folder`` that opens; None if no key is locked. Raises OtherPassphraseError."""
    locked = _locked(folder) if passphrase.current() else []
    beside = next(filter(is_key, locked), None)
    if locked and not beside:
        raise OtherPassphraseError(", ".join(path.name for path in locked))
    return beside


def remove_unfinished(folder: Path) -> None:
    """Remove what a process left that died while it replaced a key."""
    for path in folder.glob("*.new"):
        path.unlink()


def stamp(folder: Path) -> Stamp:
    """Return what differs as soon as a file of ``folder`` is added, replaced, written again or removed."""
    try:
        with os.scandir(folder) as entries:
            found = [(entry.name, entry.stat()) for entry in entries]
    except OSError:
        return ()
    return tuple(sorted((name, facts.st_ino, facts.st_mtime_ns) for name, facts in found))


def write(path: Path, value: bytes) -> None:
    """Create ``path``; locked if it is secret and this process has a passphrase.

    Raises FileExistsError, and OtherPassphraseError: a typing error must not lock a new key.
    """
    _create(path, _content(path.name, path.parent, value))


def replace(path: Path, value: bytes) -> None:
    """Put ``value`` into ``path`` in one step: a reader finds the old key or the new one, never none.

    Raises OtherPassphraseError.
    """
    _swap(path, _content(path.name, path.parent, value))


def remove(path: Path) -> None:
    """Remove ``path`` if it exists."""
    path.unlink(missing_ok=True)
    _flush(path.parent)


def _locked(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.glob("*")) if is_secret(path.name) and is_locked(path)]


def _text(path: Path) -> str:
    return os.environ[variable(path.name)].strip() if is_in_environment(path) else path.read_text().strip()


def _content(name: str, folder: Path, value: bytes) -> str:
    if not is_secret(name) or not passphrase.current():
        return b64encode(value).decode()
    beside = opened_beside(folder)
    return passphrase.lock(value, beside.read_text().strip() if beside else "")


def _swap(path: Path, content: str) -> None:
    new = path.with_name(f"{path.name}.{time.time_ns()}.new")
    _create(new, content)
    new.replace(path)
    _flush(path.parent)


def _create(path: Path, content: str) -> None:
    with private_files.create(path) as file:
        file.write(f"{content}\n".encode())
        file.flush()
        os.fsync(file.fileno())
    _flush(path.parent)


def _flush(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
