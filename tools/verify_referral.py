"""Check the package of a referral without the site: ``python verify_referral.py package.zip --key PUBLIC_KEY``.

For agencies. It needs Python and PyNaCl only and imports nothing of the project. A package is a ZIP file, or a folder
with the files of one. PUBLIC_KEY is the base64 that the operator publishes (``manage.py referral_key``); repeat
``--key`` if the operator has replaced it: a package stays signed with the key of its day. The exit code is 0 if the
signature is right and every part is whole, otherwise 1 with a line that says what is wrong.
"""

import argparse
import base64
import binascii
import hashlib
import json
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

FORMAT = "safety-center-referral-1"
MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
MOST_MANIFEST = 1024 * 1024  # bytes; that of a case has some hundred


class Wrong(Exception):
    """Raised for a package that is not what the desk signed. The message says what differs."""


def main() -> int:
    """Check the package that the command line names, print the result, and return the exit code."""
    parser = argparse.ArgumentParser(description="Check the package of a referral.")
    parser.add_argument("package", type=Path)
    parser.add_argument("--key", required=True, action="append", help="a public key of the operator, in base64")
    given = parser.parse_args()
    try:
        with opened(given.package) as package:
            manifest = verify(package, given.key)
    except Wrong as fault:
        print(f"WRONG: {fault}")
        return 1
    print(f"right: package {manifest['referral']} made {manifest['made_at']}, {len(manifest['parts'])} parts")
    return 0


@contextmanager
def opened(path: Path) -> Iterator["Package"]:
    """Yield the package, of which nothing is unpacked yet. Raises Wrong if it cannot be read or names a file twice."""
    try:
        if path.is_dir():
            yield Package({file.name: partial(file.open, "rb") for file in path.iterdir() if file.is_file()})
            return
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if len(names) != len(set(names)):
                raise Wrong("a file is in the package twice")
            yield Package({name: partial(archive.open, name) for name in names})
    except (OSError, zipfile.BadZipFile, zlib.error) as error:
        raise Wrong("the package cannot be read") from error


class Package:
    """The files of a package, each read when it is asked for: a stranger may have packed gigabytes into kilobytes."""

    def __init__(self, files: dict[str, Callable]) -> None:
        self._files = files
        self.names = files.keys()

    def read(self, name: str, most: int) -> bytes:
        """Return the content of a file. Raises Wrong if it has more than ``most`` bytes."""
        with self._files[name]() as file:
            content = file.read(most + 1)
        if len(content) > most:
            raise Wrong(f"{name} is too large")
        return content


def verify(package: Package, keys: list[str]) -> dict:
    """Return the manifest of the package. Raises Wrong unless one of ``keys`` signed it and its parts are whole."""
    if missing := {MANIFEST, SIGNATURE} - package.names:
        raise Wrong(f"missing: {', '.join(sorted(missing))}")
    signed = package.read(MANIFEST, MOST_MANIFEST)
    if not any(is_signed(signed, package.read(SIGNATURE, MOST_MANIFEST), key) for key in keys):
        raise Wrong("the manifest was not signed with this key")
    manifest = json.loads(signed)
    if manifest["format"] != FORMAT:
        raise Wrong(f"this program cannot check the format {manifest['format']}")
    parts = {part["name"]: part for part in manifest["parts"]}
    if parts.keys() != package.names - {MANIFEST, SIGNATURE}:
        raise Wrong("the package has other files than the manifest names")
    for name, part in parts.items():
        if hashlib.sha256(package.read(name, part["bytes"])).hexdigest() != part["sha256"]:
            raise Wrong(f"{name} was changed")
    return manifest


def is_signed(manifest: bytes, signature: bytes, key: str) -> bool:
    """Return whether ``key`` made the signature of the manifest."""
    try:
        made = base64.b64decode(signature.strip(), validate=True)
        VerifyKey(base64.b64decode(key, validate=True)).verify(manifest, made)
    except (BadSignatureError, ValueError, binascii.Error):
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
