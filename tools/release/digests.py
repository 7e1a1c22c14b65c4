"""Digests of our released migrations: a migration that a site may have applied is never edited."""

import hashlib
import json
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
RELEASES = ROOT / "tests" / "upgrade"
APPS = ("safetycenter", "education", "reports")
NAME = "migrations.json"


def releases(folder: Path = RELEASES) -> list[Path]:
    """Return the folders of the releases that were frozen, the oldest first."""
    found = [path.parent for path in folder.glob(f"*/{NAME}")]
    return sorted(found, key=lambda path: [int(part) for part in path.name.split(".")])


def of_files(root: Path = ROOT) -> dict[str, str]:
    """Return the SHA-256 of each migration of our apps, by its path from ``root``."""
    paths = sorted(path for app in APPS for path in (root / app / "migrations").glob("[0-9]*.py"))
    return {str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def changed(release: Path, root: Path = ROOT) -> list[str]:
    """Return a sentence for each migration of ``release`` that was changed or removed since."""
    now = of_files(root)
    return [
        f"{path} was released in {release.name} and has {'changed' if path in now else 'gone'} since. Sites may have "
        "applied it: restore it, and add a new migration with makemigrations instead."
        for path, digest in json.loads((release / NAME).read_text())["files"].items()
        if now.get(path) != digest
    ]
