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
from pathlib import Path

from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

FORMAT = "safety-center-referral-1"
MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"


class Wrong(Exception):
    """Raised for a package that is not what the desk signed. The message says what differs."""


def main() -> int:
    """Check the package that the command line names, print the result, and return the exit code."""
    parser = argparse.ArgumentParser(description="Check the package of a referral.")
    parser.add_argument("package", type=Path)
    parser.add_argument("--key", required=True, action="append", help="a public key of the operator, in base64")
    given = parser.parse_args()
    try:
        manifest = verify(read(given.package), given.key)
    except Wrong as fault:
        print(f"WRONG: {fault}")
        return 1
    print(f"right: package {manifest['referral']} made {manifest['made_at']}, {len(manifest['parts'])} parts")
    return 0


def read(path: Path) -> dict[str, bytes]:
    """Return the files of the package by name. Raises Wrong if it cannot be read or names a file twice."""
    try:
        if path.is_dir():
            return {file.name: file.read_bytes() for file in path.iterdir() if file.is_file()}
        with zipfile.ZipFile(path) as package:
            names = package.namelist()
            if len(names) != len(set(names)):
                raise Wrong("a file is in the package twice")
            return {name: package.read(name) for name in names}
    except (OSError, zipfile.BadZipFile) as error:
        raise Wrong("the package cannot be read") from error


def verify(files: dict[str, bytes], keys: list[str]) -> dict:
    """Return the manifest of the package. Raises Wrong unless one of ``keys`` signed it and its parts are whole."""
    if missing := {MANIFEST, SIGNATURE} - files.keys():
        raise Wrong(f"missing: {', '.join(sorted(missing))}")
    if not any(is_signed(files, key) for key in keys):
        raise Wrong("the manifest was not signed with this key")
    manifest = json.loads(files[MANIFEST])
    if manifest["format"] != FORMAT:
        raise Wrong(f"this program cannot check the format {manifest['format']}")
    parts = {part["name"]: part["sha256"] for part in manifest["parts"]}
    if parts.keys() != files.keys() - {MANIFEST, SIGNATURE}:
        raise Wrong("the package has other files than the manifest names")
    for name, digest in parts.items():
        if hashlib.sha256(files[name]).hexdigest() != digest:
            raise Wrong(f"{name} was changed")
    return manifest


def is_signed(files: dict[str, bytes], key: str) -> bool:
    """Return whether ``key`` signed the manifest."""
    try:
        signature = base64.b64decode(files[SIGNATURE].strip(), validate=True)
        VerifyKey(base64.b64decode(key, validate=True)).verify(files[MANIFEST], signature)
    except (BadSignatureError, ValueError, binascii.Error):
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
