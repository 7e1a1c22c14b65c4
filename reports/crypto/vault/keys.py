"""Load, create and check the key files of a node.

``desk`` and ``child_safety`` are key pairs: every node has the public half (to seal for the desk), only nodes with a
desk have the private half. Of each audience more than one pair may be valid at a time: ``desk.private`` with
``desk.public`` seals what is new, pairs named ``desk-….private`` and ``desk-….public`` open what was sealed for them
before. Every wrap names the id of its pair. ``marks`` and ``marks_restricted`` are the keys of the blind indexes and
exist at desks only. ``gate`` is the key of the gate index of all cases; every desk of an installation must have the
same one. The keys that sign the audit log are in ``signing``, what leaves the site is signed with
those in ``published_pair``.
"""

import binascii
from base64 import b64decode, b64encode
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from nacl.exceptions import CryptoError
from nacl.public import Box, PrivateKey, PublicKey, SealedBox

from safetycenter import private_files
from safetycenter.hints import Stored

from . import signing
from .box import KeyMissingError as KeyMissingError
from .box import UnreadableError, new_key
from .key_ids import Wrapped
from .key_ids import key_id as id_of
from .published_pair import RECEIPTS, REFERRALS

DESK, CHILD_SAFETY = "desk", "child_safety"
AUDIENCES = (DESK, CHILD_SAFETY)
CUSTODY = "custody"  # of the keys of locked files; both halves are at desks only
CUSTODY_FILES = (f"{CUSTODY}.private", f"{CUSTODY}.public")
KEY_SIZE = 32  # bytes
DESK_ONLY = ("desk.private", "child_safety.private", "blind_index", "blind_index_restricted", "gate", signing.RECORD)


class DeskWrapped(NamedTuple):
    """A key that a desk sealed for a desk, with the ids of the pairs of the reader and of the sender."""

    key_id: str
    sender_key_id: str
    value: Stored


def wrap_for(audience: str, key: bytes) -> Wrapped:
    """Return ``key`` sealed so that only the staff of ``audience`` can open it. Raises KeyMissingError."""
    public = _read(f"{audience}.public")
    return Wrapped(_pair_id(public), SealedBox(PublicKey(public)).encrypt(key))


def unwrap(audience: str, wrapped: Wrapped) -> bytes:
    """Return the key that ``wrap_for`` sealed. Raises KeyMissingError (no private half here) or UnreadableError."""
    try:
        return SealedBox(_private(audience, wrapped.key_id)).decrypt(bytes(wrapped.value))  # type: ignore[arg-type]
    except (CryptoError, TypeError) as error:
        raise UnreadableError(audience) from error


def wrap_from_desk(audience: str, key: bytes, context: str) -> DeskWrapped:
    """Return ``key`` sealed for ``audience`` and ``context``, with proof that a desk sealed it.

    ``wrap_for`` needs only public keys, so anybody can produce such a wrap; this one needs a private key of a desk.
    Raises KeyMissingError if this node is not a desk.
    """
    here = audiences_opened_here()
    if not here:
        raise KeyMissingError(f"{audience}.private")
    sender = PrivateKey(_read(f"{audience if audience in here else here[0]}.private"))
    reader = PublicKey(_read(f"{audience}.public"))
    value = bytes(Box(sender, reader).encrypt(f"{context}\0".encode() + key))
    return DeskWrapped(_pair_id(bytes(reader)), _pair_id(bytes(sender.public_key)), value)


def unwrap_from_desk(audience: str, wrapped: DeskWrapped, context: str) -> bytes:
    """Return the key that ``wrap_from_desk`` sealed for the same context. Raises KeyMissingError or UnreadableError."""
    box = Box(_private(audience, wrapped.key_id), _public(wrapped.sender_key_id))
    try:
        place, _end, key = box.decrypt(bytes(wrapped.value)).partition(b"\0")  # type: ignore[arg-type]
    except CryptoError as error:
        raise UnreadableError(audience) from error
    if place != context.encode():
        raise UnreadableError(audience)
    return key


def _private(audience: str, key_id: str) -> PrivateKey:
    found = _halves(Path(settings.KEYS_DIR), _changed_at()).private if settings.HAS_DESK else {}
    if (audience, key_id) not in found:
        raise KeyMissingError(f"{audience}-{key_id}.private")
    return PrivateKey(found[audience, key_id])


def _public(key_id: str) -> PublicKey:
    found = _halves(Path(settings.KEYS_DIR), _changed_at()).public
    if key_id not in found:
        raise KeyMissingError(f"{key_id}.public")
    return PublicKey(found[key_id])


def _pair_id(public: bytes) -> str:
    return id_of("pair", public)


class _Halves(NamedTuple):
    private: dict[tuple[str, str], bytes]  # by audience and id
    public: dict[str, bytes]  # by id


@lru_cache(maxsize=4)
def _halves(folder: Path, changed_at: int) -> _Halves:
    """Return the key pairs in ``folder``. ``changed_at`` makes a new file count without a restart."""
    halves = _Halves({}, {})
    for audience in (*AUDIENCES, CUSTODY):
        for private in _valid(folder, audience, "private"):
            halves.private[audience, _pair_id(bytes(PrivateKey(private).public_key))] = private
        halves.public.update({_pair_id(public): public for public in _valid(folder, audience, "public")})
    return halves


def _valid(folder: Path, audience: str, half: str) -> list[bytes]:
    paths = [folder / f"{audience}.{half}", *sorted(folder.glob(f"{audience}-*.{half}"))]
    return [_load(path) for path in paths if _is_key(path)]


def _changed_at() -> int:
    try:
        return Path(settings.KEYS_DIR).stat().st_mtime_ns
    except OSError:
        return 0


def blind_index_key(restricted: bool) -> bytes:
    """Return the key of the blind index; restricted cases have a separate one. Raises KeyMissingError."""
    return _read("blind_index_restricted" if restricted else "blind_index")


def gate_key() -> bytes:
    """Return the key of the gate index, the same for all cases (safety rules H14, J1). Raises KeyMissingError."""
    return _read("gate")


def audiences_opened_here() -> list[str]:
    """Return the audiences whose cases this node can open: none on a public node, possibly only one at a desk."""
    return [audience for audience in AUDIENCES if settings.HAS_DESK and _is_key(_path(f"{audience}.private"))]


def pairs_opened_here() -> list[str]:
    """Return the ids of the pairs whose private half this node has; none on a public node."""
    halves = _halves(Path(settings.KEYS_DIR), _changed_at()).private if settings.HAS_DESK else {}
    return [key_id for _audience, key_id in halves]


def missing() -> list[str]:
    """Return the names of the key files that this kind of node needs and does not have."""
    needed = [f"{audience}.public" for audience in AUDIENCES]
    needed += DESK_ONLY if settings.HAS_DESK else [signing.NODE_PRIVATE]
    return [name for name in needed if not _is_key(_path(name))]


def missing_for_custody() -> list[str]:
    """Return the names of the missing key files for locked files; a public node needs none."""
    return [name for name in CUSTODY_FILES if settings.HAS_DESK and not _is_key(_path(name))]


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
    return made + signing.make(folder) + REFERRALS.make(folder) + RECEIPTS.make(folder)


def replace_pair(folder: Path, audience: str) -> str:
    """Make a new pair for ``audience`` or CUSTODY; keep the old one, which opens what it sealed. Return its name.

    Public nodes seal for the old pair until they have a copy of the new public half.
    """
    name = f"{audience}-{_pair_id(_load(folder / f'{audience}.public'))}"
    for half in ("private", "public"):
        (folder / f"{audience}.{half}").rename(folder / f"{name}.{half}")
    make(folder)
    return name


def is_for_desks_only(name: str) -> bool:
    """Return whether the key file ``name`` belongs on nodes with a desk only; replaced keys count too."""
    replaced = (*(f"{audience}-" for audience in (*AUDIENCES, CUSTODY)), f"{signing.RECORD}-")
    return name in (*DESK_ONLY, REFERRALS.private_file, f"{CUSTODY}.private") or (
        name.startswith(replaced) and not name.endswith(".public")
    )


def _generators() -> dict[str, bytes | tuple[bytes, bytes]]:
    pairs = {}
    for audience in (*AUDIENCES, CUSTODY):
        private = PrivateKey.generate()
        pairs[audience] = (bytes(private), bytes(private.public_key))
    return pairs | {"blind_index": new_key(), "blind_index_restricted": new_key(), "gate": new_key()}


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
