"""The key pairs that keys are sealed for: one or more of each audience, of which one is current.

``desk.public`` seals what is new. Every private half at this node opens what was sealed for it: ``desk.private``, and
``desk-<id>.private`` of each replaced pair. Every wrap names the id of its pair. Public nodes have public halves only.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from nacl.public import PrivateKey, PublicKey

from . import key_files
from .box import KeyMissingError
from .key_ids import key_id as id_of

DESK, CHILD_SAFETY = "desk", "child_safety"
AUDIENCES = (DESK, CHILD_SAFETY)
CUSTODY = "custody"  # of the keys of locked files; both halves are at desks only
PAIRS = (*AUDIENCES, CUSTODY)
_elsewhere: ContextVar[Path | None] = ContextVar("folder of keys", default=None)


class InEnvironmentError(Exception):
    """Raised for a key that comes from the environment, which only its operator can change."""


class Pair(NamedTuple):
    """One pair of an audience at this node. ``name`` is that of its files, without the ending."""

    key_id: str
    name: str
    is_current: bool
    has_private: bool


class _Halves(NamedTuple):
    private: dict[tuple[str, str], bytes]  # by audience and id
    public: dict[str, bytes]  # by id


def pair_id(public: bytes) -> str:
    """Return the id of the pair with this public half."""
    return id_of("pair", public)


def current_public(audience: str) -> bytes:
    """Return the public half that seals what is new. Raises KeyMissingError."""
    return key_files.load(_folder() / f"{audience}.public")


def current_private(audience: str) -> PrivateKey:
    """Return the private half of this desk that proves who sealed something. Raises KeyMissingError."""
    if not settings.HAS_DESK:
        raise KeyMissingError(f"{audience}.private")
    return PrivateKey(key_files.load(_folder() / f"{audience}.private"))


def private(audience: str, key_id: str) -> PrivateKey:
    """Return the private half with this id. Raises KeyMissingError, always at a public node."""
    found = _halves().private if settings.HAS_DESK else {}
    if (audience, key_id) not in found:
        raise KeyMissingError(f"{audience}-{key_id}.private")
    return PrivateKey(found[audience, key_id])


def private_of_any(key_id: str) -> PrivateKey:
    """Return the private half with this id, of any audience. Raises KeyMissingError."""
    audiences = [one for one, known in _halves().private if known == key_id]
    return private(audiences[0] if audiences else "", key_id)


def public(key_id: str) -> PublicKey:
    """Return the public half with this id. Raises KeyMissingError."""
    found = _halves().public
    if key_id not in found:
        raise KeyMissingError(f"{key_id}.public")
    return PublicKey(found[key_id])


def ids_opened_here() -> list[str]:
    """Return the ids of the pairs whose private half this node has; none on a public node."""
    return [key_id for _audience, key_id in _halves().private] if settings.HAS_DESK else []


def of(audience: str) -> list[Pair]:
    """Return the pairs of ``audience`` at this node, the current one first."""
    private_ids = {key_id for one, key_id in _halves().private if one == audience and settings.HAS_DESK}
    found: dict[str, str] = {}
    for name in _names(_folder(), audience):
        for half in ("public", "private"):
            if value := _public_half(_folder() / f"{name}.{half}"):
                found.setdefault(pair_id(value), name)
                break  # the public half says which pair is current
    return [Pair(key_id, name, name == audience, key_id in private_ids) for key_id, name in found.items()]


def unopened(audience: str) -> list[str]:
    """Return the private half that this desk lacks for its public half, although it has another one of ``audience``.

    What is sealed now could be opened nowhere: for example when one file of a pair was copied without the other.
    """
    here = [key_id for one, key_id in _halves().private if one == audience and settings.HAS_DESK]
    current = [pair.key_id for pair in of(audience) if pair.is_current]
    return [f"{audience}-{key_id}.private" for key_id in current if here and key_id not in here]


def replace(folder: Path, audience: str) -> str:
    """Make a new pair for ``audience`` while the site runs; keep the old one, which opens what it sealed.

    Return the name under which the old pair is kept. At every moment there is a public half that seals, and the private
    half of everything sealed is on the disk: it is written before its public half. If the process dies in between, the
    next call continues. Raises KeyMissingError where half of the pair is missing, and InEnvironmentError.
    """
    if key_files.is_in_environment(folder / f"{audience}.private"):
        raise InEnvironmentError(f"{audience}.private")
    key_files.remove_unfinished(folder)
    old = key_files.load(folder / f"{audience}.public")
    newest = key_files.load(folder / f"{audience}.private")
    name = f"{audience}-{pair_id(old)}"
    if _public_of(newest) == old:
        for half, value in (("private", newest), ("public", old)):
            if not key_files.is_key(folder / f"{name}.{half}"):
                key_files.replace(folder / f"{name}.{half}", value)
        newest = bytes(PrivateKey.generate())
        key_files.replace(folder / f"{audience}.private", newest)
    elif not key_files.is_key(folder / f"{name}.private"):
        raise KeyMissingError(f"{name}.private")  # these two files never were a pair
    key_files.replace(folder / f"{audience}.public", _public_of(newest))
    return name


def remove(pair: Pair) -> None:
    """Remove both files of an older pair. The public half goes too: its thief could seal keys as if a desk did."""
    if pair.is_current:
        raise ValueError("the current pair is never removed")
    for half in ("private", "public"):
        key_files.remove(_folder() / f"{pair.name}.{half}")


def has_copy(pair: Pair, folder: Path) -> bool:
    """Return whether ``folder``, which is not that of this node, holds the private half of ``pair``."""
    audience = pair.name.split("-")[0]
    paths = (folder / f"{name}.private" for name in _names(folder, audience))
    known = {pair_id(value) for path in paths if (value := _public_half(path))}
    return folder.resolve() != _folder().resolve() and pair.key_id in known


@contextmanager
def read_from(folder: Path) -> Iterator[None]:
    """Read the pairs in ``folder`` instead of those of this node, to prove that a copy opens reports."""
    before = _elsewhere.set(folder)
    try:
        yield
    finally:
        _elsewhere.reset(before)


def _folder() -> Path:
    return _elsewhere.get() or Path(settings.KEYS_DIR)


def _names(folder: Path, audience: str) -> Iterator[str]:
    """Yield the names of the pairs of ``audience``, without ending, the current one first."""
    yield audience
    older = {path.stem for half in ("public", "private") for path in folder.glob(f"{audience}-*.{half}")}
    if folder == Path(settings.KEYS_DIR):
        older |= {f"{audience}-{key_id.lower()}" for key_id in _in_environment(audience)}
    yield from sorted(older)


def _in_environment(audience: str) -> list[str]:
    pattern = re.compile(rf"{key_files.variable(audience)}_([0-9A-F]+)_(?:PRIVATE|PUBLIC)")
    return [found[1] for name in os.environ if (found := pattern.fullmatch(name))]


def _halves() -> _Halves:
    return _read(_folder(), key_files.stamp(_folder()))


@lru_cache(maxsize=4)
def _read(folder: Path, _stamp: key_files.Stamp) -> _Halves:
    """Return the halves in ``folder``. The stamp makes a changed file count without a restart."""
    halves = _Halves({}, {})
    for audience in PAIRS:
        for name in _names(folder, audience):
            for half in ("public", "private"):
                path = folder / f"{name}.{half}"
                if value := _public_half(path):
                    halves.public[pair_id(value)] = value
                    if half == "private":
                        halves.private[audience, pair_id(value)] = key_files.load(path)
    return halves


def _public_half(path: Path) -> bytes | None:
    """Return the public half in ``path``, or of the private half there; None without a key."""
    try:
        value = key_files.load(path)
    except KeyMissingError:
        return None
    return _public_of(value) if path.suffix == ".private" else value


def _public_of(private_half: bytes) -> bytes:
    return bytes(PrivateKey(private_half).public_key)
