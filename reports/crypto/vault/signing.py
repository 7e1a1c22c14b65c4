"""Prove which node wrote an entry of the audit log: seals that only a desk can make, and signatures of public nodes.

A desk seals with an HMAC under ``record``, a key that only desks have. A public node signs with Ed25519 under its
``node.private``; desks have the public halves as ``node*.public``. Threat: an attacker who can write the database but
has no key file must not be able to add, change or complete an entry unnoticed. Not covered: a desk that is taken over,
and new events by a reporter or by housekeeping that a taken-over public node signs.

After a key change the retired key is kept as ``record-<id>`` and is used for verification only.
"""

import hmac
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from safetycenter import private_files

from . import key_files
from .box import KeyMissingError
from .key_ids import key_id as id_of

RECORD, NODE_PRIVATE, NODE_PUBLIC = "record", "node.private", "node.public"
DESK, NODE = "desk", "node"  # kinds of signers


@dataclass(frozen=True)
class Seal:
    """A seal and the id of the key that made it."""

    key_id: str
    value: bytes


@dataclass(frozen=True)
class _Keys:
    own: tuple[str, bytes] | None  # id and key that this node signs with
    desk: dict[str, bytes]  # every key of the desk by id, retired keys included
    nodes: dict[str, bytes]  # the public halves of public nodes by id


def seal(content: bytes) -> Seal:
    """Return the seal of this node over ``content``.

    Raises KeyMissingError; then nothing can be recorded, so nothing may change.
    """
    own = _keys().own
    if own is None:
        raise KeyMissingError(RECORD if settings.HAS_DESK else NODE_PRIVATE)
    key_id, key = own
    if settings.HAS_DESK:
        return Seal(key_id, hmac.digest(key, content, "sha256"))
    return Seal(key_id, SigningKey(key).sign(content).signature)


def signer(key_id: str, value: bytes | memoryview, content: bytes) -> str | None:
    """Return the kind of node, DESK or NODE, that sealed ``content``; None if no known key made this seal."""
    known = _keys()
    if key := known.desk.get(key_id):
        return DESK if hmac.compare_digest(hmac.digest(key, content, "sha256"), bytes(value)) else None
    if key := known.nodes.get(key_id):
        return NODE if _signed(key, bytes(value), content) else None
    return None


def has_key(key_id: str) -> bool:
    """Return whether this node has the key with this id, of a desk or of a public node."""
    known = _keys()
    return key_id in known.desk or key_id in known.nodes


def can_check() -> bool:
    """Return whether this node has the key of the desk, which the verification of a desk's entries requires."""
    return settings.HAS_DESK and bool(_keys().desk)


def make(folder: Path) -> list[str]:
    """Create the signing key of this kind of node in ``folder`` unless it exists. Return the names of the new files."""
    if settings.HAS_DESK:
        return [] if key_files.exists(folder / RECORD) else _write(folder, {RECORD: bytes(SigningKey.generate())})
    if key_files.exists(folder / NODE_PRIVATE):
        return []
    key = SigningKey.generate()
    return _write(folder, {NODE_PRIVATE: bytes(key), NODE_PUBLIC: bytes(key.verify_key)})


def replace_record_key(folder: Path) -> str:
    """Retire the desk's key and create a new one. Return the name of the file that keeps the old key."""
    old = folder / RECORD
    retired = folder / f"{RECORD}-{_desk_id(key_files.load(old))}"
    old.rename(retired)
    make(folder)
    return retired.name


def _write(folder: Path, values: dict[str, bytes]) -> list[str]:
    private_files.make_folder(folder)
    for name, value in values.items():
        key_files.write(folder / name, value)
    return list(values)


def _keys() -> _Keys:
    folder = Path(settings.KEYS_DIR)
    return _read(folder, key_files.stamp(folder), settings.HAS_DESK)


@lru_cache(maxsize=4)
def _read(folder: Path, _stamp: key_files.Stamp, has_desk: bool) -> _Keys:
    """Return the keys in ``folder``. The stamp makes the key of a new public node count without a restart."""
    desk = _all(folder.glob(f"{RECORD}*"), _desk_id) if has_desk else {}
    own = _load(folder / (RECORD if has_desk else NODE_PRIVATE))
    if own and has_desk:  # in the environment it is no file
        return _Keys((_desk_id(own), own), desk | {_desk_id(own): own}, _all(folder.glob("node*.public"), _node_id))
    if own:
        public = bytes(SigningKey(own).verify_key)
        return _Keys((_node_id(public), own), {}, {})
    return _Keys(None, desk, {})


def _all(paths: Iterable[Path], name: Callable[[bytes], str]) -> dict[str, bytes]:
    return {name(key): key for path in paths if (key := _load(path))}


def _desk_id(key: bytes) -> str:
    return id_of("record", key)


def _node_id(public: bytes) -> str:
    return id_of("node", public)


def _load(path: Path) -> bytes | None:
    try:
        return key_files.load(path)
    except KeyMissingError:
        return None


def _signed(key: bytes, signature: bytes, content: bytes) -> bool:
    try:
        VerifyKey(key).verify(content, signature)
    except (BadSignatureError, ValueError):
        return False
    return True
