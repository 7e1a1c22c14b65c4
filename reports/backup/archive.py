"""The file of a backup: a tar archive in a sealed stream, whose key is sealed for the operator's public key.

It begins with MAGIC and the sealed key. The first member says what the backup is, the last one (the manifest) has a
SHA-256 of every other member and is sealed by the desk: anyone can seal a file for a public key, and what a backup
contains is executed by the database. No private key of the site is in it.
"""

import hashlib
import io
import json
import re
import tarfile
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from safetycenter import private_files

from ..crypto.vault import signing
from ..crypto.vault.box import UnreadableError, new_key
from ..crypto.vault.stream import CHUNK, StreamSealer, open_stream

MAGIC = b"SAFETYCENTER-BACKUP 1\n"
CONTEXT = "backup 1"
SEALED_KEY_SIZE = 80  # of 32 bytes in a sealed box
PART = 4 * 1024 * 1024  # bytes of the dump in one member
DAMAGED = gettext_lazy("The backup is cut short or was changed. Use another one.")
HEAD, MANIFEST = "head.json", "manifest.json"
# The only members that are read or written; a name can never lead out of its folder.
NAMES = re.compile(
    r"head\.json|manifest\.json|database/\d{8}|evidence/(installation|[0-9a-f]{2}/[0-9a-f]{32}(\.\d+)?)"
    r"|pictures/(?!\.)[\w.-]+(/(?!\.)[\w.-]+)*"
)


class BackupError(Exception):
    """Raised when a backup cannot be made or used; the message says why and what to do."""


def make_pair(path: Path) -> str:
    """Write a new private key to ``path`` and return the public half as text. Raises FileExistsError."""
    private = PrivateKey.generate()
    with private_files.create(path) as file:
        file.write(b64encode(bytes(private)) + b"\n")
    return b64encode(bytes(private.public_key)).decode()


def public_key(text: str) -> PublicKey:
    """Return the key in BACKUP_PUBLIC_KEY. Raises BackupError."""
    try:
        return PublicKey(b64decode(text, validate=True))
    except (ValueError, TypeError, CryptoError) as error:
        sentence = _(
            "BACKUP_PUBLIC_KEY is missing or is no key. Make a pair with `manage.py backup --make-key FILE` and set "
            "what it prints."
        )
        raise BackupError(sentence) from error


def private_key(path: Path) -> PrivateKey:
    """Return the private key in the file ``path``. Raises BackupError."""
    try:
        return PrivateKey(b64decode(path.read_bytes().strip(), validate=True))
    except (OSError, ValueError, TypeError, CryptoError) as error:
        raise BackupError(_("%s is no private key of a backup.") % path) from error


class Writer:
    """Write the members of one backup to ``file``; ``close`` adds the manifest and the end."""

    def __init__(self, file: BinaryIO, public: PublicKey) -> None:
        key = new_key()
        self._file, self._sealer, self._digests = file, StreamSealer(key, CONTEXT), dict[str, str]()
        file.write(MAGIC + SealedBox(public).encrypt(key) + self._sealer.header)
        self._tar = tarfile.open(fileobj=self, mode="w|")  # type: ignore[call-overload]  # noqa: SIM115, ended by close

    def write(self, data: bytes) -> int:
        """Seal a piece of the tar archive; called by tarfile, also when it is given up after an error."""
        if not self._file.closed:
            self._file.write(self._sealer.update(bytes(data)))
        return len(data)

    def add(self, name: str, data: bytes) -> None:
        """Add a member that is in memory."""
        self.add_file(name, io.BytesIO(data), len(data))

    def add_file(self, name: str, file: Any, size: int) -> None:
        """Add a member of ``size`` bytes read from ``file``."""
        reader = Digesting(file)
        member = tarfile.TarInfo(name)
        member.size = size
        self._tar.addfile(member, reader)
        self._digests[name] = reader.digest.hexdigest()

    def close(self, facts: dict) -> None:
        """Add the manifest with ``facts`` and end the archive."""
        content = json.dumps(facts | {"digests": self._digests})
        seal = signing.seal(_signed(content))
        manifest = {"content": content, "key_id": seal.key_id, "seal": seal.value.hex()}
        self.add(MANIFEST, json.dumps(manifest).encode())
        self._tar.close()
        self._file.write(self._sealer.finish(padded=False))


class Digesting:
    """An open file that knows the digest of what was read."""

    def __init__(self, file: Any) -> None:
        self._file, self.digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Return the next ``size`` bytes, or all."""
        piece = self._file.read(size)
        self.digest.update(piece)
        return piece


def members(path: Path, private: PrivateKey) -> Iterator[tuple[str, Any]]:
    """Yield the name and an open file of each member. Raises BackupError for a wrong key, a cut or a changed file."""
    try:
        with path.open("rb") as file:
            yield from _members(file, private)
    except OSError as error:
        facts = {"place": path, "error": error.strerror}
        raise BackupError(_("%(place)s cannot be read: %(error)s.") % facts) from error
    except CryptoError as error:
        sentence = _("This private key does not open this backup. Use the one that was made with its public key.")
        raise BackupError(sentence) from error
    except tarfile.TarError as error:
        raise BackupError(DAMAGED) from error


def _members(file: BinaryIO, private: PrivateKey) -> Iterator[tuple[str, Any]]:
    if file.read(len(MAGIC)) != MAGIC:
        raise BackupError(_("This file is no backup of this software, or one of a newer version."))
    sealed_key = file.read(SEALED_KEY_SIZE)
    if len(sealed_key) < SEALED_KEY_SIZE:
        raise BackupError(DAMAGED)
    key = SealedBox(private).decrypt(sealed_key)
    plain = _Plain(open_stream(key, iter(lambda: file.read(CHUNK), b""), CONTEXT))
    with tarfile.open(fileobj=plain, mode="r|") as tar:  # type: ignore[call-overload]
        seen: set[str] = set()
        for member in tar:
            if not (member.isreg() and NAMES.fullmatch(member.name)):
                raise BackupError(_("The backup has a file with a name that no backup has. Do not use it."))
            if not _is_next(member.name, seen):
                raise BackupError(_("The files in the backup are repeated or out of order. Do not use it."))
            seen.add(member.name)
            yield member.name, tar.extractfile(member)
    while plain.read(CHUNK):  # to the end, which proves that nothing is missing
        pass


def _is_next(name: str, seen: set[str]) -> bool:
    """Return whether a member may follow: none twice, the dump in order, nothing after the manifest."""
    if name in seen or MANIFEST in seen:
        return False
    kind, _slash, number = name.partition("/")
    return kind != "database" or int(number) == sum(earlier.startswith("database/") for earlier in seen)


class _Plain:
    """The opened stream as a file, for tarfile."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces, self._waiting = iter(pieces), bytearray()

    def read(self, size: int) -> bytes:
        """Return ``size`` bytes, fewer at the end. Raises BackupError, in whatever reads a member."""
        try:
            while len(self._waiting) < size and (piece := next(self._pieces, b"")):
                self._waiting += piece
        except UnreadableError as error:
            raise BackupError(DAMAGED) from error
        data = bytes(self._waiting[:size])
        del self._waiting[:size]
        return data


def check(path: Path, private: PrivateKey, tell: Callable[[str], None] = lambda name: None) -> tuple[dict, dict]:
    """Read a whole backup and compare it with its manifest. Return head and manifest. Raises BackupError.

    Needs the keys of the desk, with which the manifest was sealed.
    """
    digests: dict[str, str] = {}
    texts: dict[str, bytes] = {}
    for name, file in members(path, private):
        tell(name)
        reader = Digesting(file)
        texts[name] = reader.read() if name in (HEAD, MANIFEST) else drain(reader)
        digests[name] = reader.digest.hexdigest()
    digests.pop(MANIFEST, None)
    manifest = _manifest(texts.get(MANIFEST, b""))
    require_digests(manifest, digests)
    return json.loads(texts[HEAD]), manifest


def require_digests(manifest: dict, digests: dict[str, str]) -> None:
    """Raise BackupError unless the members that were read, without the manifest, are those of ``manifest``."""
    if manifest["digests"] != digests:
        raise BackupError(_("The files in the backup are not those of its manifest. Do not use it."))


def drain(reader: Digesting) -> bytes:
    """Read the rest; return nothing of it."""
    while reader.read(CHUNK):
        pass
    return b""


def _manifest(text: bytes) -> dict:
    try:
        sealed = json.loads(text)
        signer = signing.signer(sealed["key_id"], bytes.fromhex(sealed["seal"]), _signed(sealed["content"]))
    except (ValueError, KeyError) as error:
        raise BackupError(_("The backup has no manifest. Use another one.")) from error
    if signer != signing.DESK:
        sentence = _(
            "No staff dashboard of this site made this backup, or its key (record) is not in KEYS_DIR. Do not use the "
            "backup before the keys are back."
        )
        raise BackupError(sentence)
    return json.loads(sealed["content"])


def _signed(content: str) -> bytes:
    return b"backup:" + content.encode()
