"""Load, create and check the key files of a node.

``desk`` and ``child_safety`` are key pairs: every node has the public half (to seal for the desk), only nodes with a
desk have the private half; of each there may be several (``pairs``). A desk may have the private half of one audience
only (DESK_AUDIENCES). ``blind_index`` and ``blind_index_restricted`` are the keys of the blind indexes and exist at
desks only. ``gate`` is the key of the gate index of all cases; every desk of an installation must have the same one.
The keys that sign the audit log are in ``signing``, what leaves the site is signed with those in ``published_pair``.
"""

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from nacl.exceptions import CryptoError
from nacl.public import Box, PrivateKey, PublicKey, SealedBox

from safetycenter import private_files
from safetycenter.hints import Stored

from . import key_files, pairs, signing
from .box import KeyMissingError as KeyMissingError
from .box import UnreadableError, new_key
from .key_ids import Wrapped
from .pairs import AUDIENCES, CUSTODY, PAIRS
from .pairs import CHILD_SAFETY as CHILD_SAFETY
from .pairs import DESK as DESK
from .published_pair import RECEIPTS, REFERRALS

CUSTODY_FILES = (f"{CUSTODY}.private", f"{CUSTODY}.public")
DESK_ONLY = ("desk.private", "child_safety.private", "blind_index", "blind_index_restricted", "gate", signing.RECORD)
_FOR_DESKS = (*DESK_ONLY, REFERRALS.private_file, f"{CUSTODY}.private")
_REPLACED = (*(f"{audience}-" for audience in PAIRS), f"{signing.RECORD}-")  # how the names of replaced keys begin


class DeskWrapped(NamedTuple):
    """A key that a desk sealed for a desk, with the ids of the pairs of the reader and of the sender."""

    key_id: str
    sender_key_id: str
    value: Stored


def wrap_for(audience: str, key: bytes) -> Wrapped:
    """Return ``key`` sealed so that only the staff of ``audience`` can open it. Raises KeyMissingError."""
    public = pairs.current_public(audience)
    return Wrapped(pairs.pair_id(public), SealedBox(PublicKey(public)).encrypt(key))


def unwrap(audience: str, wrapped: Wrapped) -> bytes:
    """Return the key that ``wrap_for`` sealed. Raises KeyMissingError (no private half here) or UnreadableError."""
    try:
        return SealedBox(pairs.private(audience, wrapped.key_id)).decrypt(bytes(wrapped.value))  # type: ignore[arg-type]
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
    sender = pairs.current_private(audience if audience in here else here[0])
    reader = PublicKey(pairs.current_public(audience))
    value = bytes(Box(sender, reader).encrypt(f"{context}\0".encode() + key))
    return DeskWrapped(pairs.pair_id(bytes(reader)), pairs.pair_id(bytes(sender.public_key)), value)


def unwrap_from_desk(audience: str, wrapped: DeskWrapped, context: str) -> bytes:
    """Return the key that ``wrap_from_desk`` sealed for the same context. Raises KeyMissingError or UnreadableError."""
    return _open_box(
        Box(pairs.private(audience, wrapped.key_id), pairs.public(wrapped.sender_key_id)), wrapped, context
    )


def rewrap(audience: str, wrapped: Wrapped) -> Wrapped:
    """Return what ``wrap_for`` sealed, sealed for the current pair. Raises KeyMissingError or UnreadableError."""
    return wrap_for(audience, unwrap(audience, wrapped))


def rewrap_from_desk(audience: str, wrapped: DeskWrapped, context: str) -> DeskWrapped:
    """Return what ``wrap_from_desk`` sealed, sealed for and by current pairs.

    The desk that sealed it can do so too, because a box opens with the private half of either side. Otherwise its pair
    could never be retired where another desk alone has the private half of the reader. Raises KeyMissingError or
    UnreadableError.
    """
    if wrapped.key_id in pairs.ids_opened_here():
        key = unwrap_from_desk(audience, wrapped, context)
    else:
        sender = pairs.private_of_any(wrapped.sender_key_id)
        key = _open_box(Box(sender, pairs.public(wrapped.key_id)), wrapped, context)
    return wrap_from_desk(audience, key, context)


def _open_box(box: Box, wrapped: DeskWrapped, context: str) -> bytes:
    try:
        place, _end, key = box.decrypt(bytes(wrapped.value)).partition(b"\0")  # type: ignore[arg-type]
    except CryptoError as error:
        raise UnreadableError(context.rsplit(":", 1)[-1]) from error
    if place != context.encode():
        raise UnreadableError(context.rsplit(":", 1)[-1])
    return key


def blind_index_key(restricted: bool) -> bytes:
    """Return the key of the blind index; restricted cases have a separate one. Raises KeyMissingError."""
    return _read("blind_index_restricted" if restricted else "blind_index")


def gate_key() -> bytes:
    """Return the key of the gate index, the same for all cases (safety rules H14, J1). Raises KeyMissingError."""
    return _read("gate")


def audiences_opened_here() -> list[str]:
    """Return the audiences whose cases this node can open: none on a public node, possibly only one at a desk."""
    return [audience for audience in AUDIENCES if settings.HAS_DESK and key_files.is_key(_path(f"{audience}.private"))]


def pairs_opened_here() -> list[str]:
    """Return the ids of the pairs whose private half this node has; none on a public node."""
    return pairs.ids_opened_here()


def missing() -> list[str]:
    """Return the names of the key files that this kind of node needs and does not have."""
    needed = [f"{audience}.public" for audience in AUDIENCES]
    needed += _needed_at_a_desk() if settings.HAS_DESK else [signing.NODE_PRIVATE]
    unopened = [name for audience in AUDIENCES for name in pairs.unopened(audience)]
    return [name for name in needed if not key_files.is_key(_path(name))] + unopened


def _needed_at_a_desk() -> list[str]:
    own = {DESK: ("desk.private", "blind_index"), CHILD_SAFETY: ("child_safety.private", "blind_index_restricted")}
    elsewhere = {name for audience, names in own.items() if audience not in settings.DESK_AUDIENCES for name in names}
    return [name for name in DESK_ONLY if name not in elsewhere]


def missing_for_custody() -> list[str]:
    """Return the names of the missing key files for locked files; a public node needs none."""
    return [name for name in CUSTODY_FILES if settings.HAS_DESK and not key_files.is_key(_path(name))]


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
        if any(key_files.exists(folder / file) for file in files):
            continue
        for file, value in zip(files, [pair] if isinstance(pair, bytes) else pair, strict=True):
            key_files.write(folder / file, value)
        made += files
    return made + signing.make(folder) + REFERRALS.make(folder) + RECEIPTS.make(folder)


def is_for_desks_only(name: str) -> bool:
    """Return whether the key file ``name`` belongs on nodes with a desk only; replaced keys count too."""
    return name in _FOR_DESKS or (name.startswith(_REPLACED) and not name.endswith(".public"))


def is_variable_for_desks_only(name: str) -> bool:
    """Return whether the variable ``name`` of the environment stands for such a key file."""
    if name in map(key_files.variable, _FOR_DESKS):
        return True
    return name.startswith(tuple(map(key_files.variable, _REPLACED))) and not name.endswith("_PUBLIC")


def _generators() -> dict[str, bytes | tuple[bytes, bytes]]:
    pairs = {}
    for audience in PAIRS:
        private = PrivateKey.generate()
        pairs[audience] = (bytes(private), bytes(private.public_key))
    return pairs | {"blind_index": new_key(), "blind_index_restricted": new_key(), "gate": new_key()}


def _path(name: str) -> Path:
    return Path(settings.KEYS_DIR) / name


def _read(name: str) -> bytes:
    if name in DESK_ONLY and not settings.HAS_DESK:
        raise KeyMissingError(name)
    return _of_folder(Path(settings.KEYS_DIR), name, key_files.stamp(Path(settings.KEYS_DIR)))


@lru_cache(maxsize=16)
def _of_folder(folder: Path, name: str, _stamp: key_files.Stamp) -> bytes:
    return key_files.load(folder / name)
