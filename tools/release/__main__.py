"""``python -m tools.release write 0.1.0``: freeze a release. ``… check``: released migrations are unchanged."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from .digests import NAME, RELEASES, ROOT, changed, of_files, releases

VERSION = re.compile(r"\d+\.\d+\.\d+")
# Made-up cases and staff: the key files and this value are public, and no site uses them.
SECRET_KEY = "public value of the made-up database of a release"  # noqa: S105


def main(words: list[str]) -> int:
    """Run the command; return its exit code."""
    match words:
        case ["check"]:
            return check()
        case ["write", version] if VERSION.fullmatch(version):
            return write(RELEASES / version)
        case ["fill", folder]:  # the part of ``write`` that runs in a process with the settings of a new site
            return fill(Path(folder))
    print(__doc__)
    return 2


def check(folder: Path = RELEASES, root: Path = ROOT) -> int:
    """Print each released migration that has changed; return 1 if there is one."""
    problems = [sentence for release in releases(folder) for sentence in changed(release, root)]
    print("\n".join(problems) if problems else f"released migrations: {len(releases(folder))} releases, unchanged")
    return 1 if problems else 0


def write(release: Path) -> int:
    """Write ``release``: digests of its migrations, and a filled database of a new site with its keys and files.

    Raises CalledProcessError when a table stays empty.
    """
    shutil.rmtree(release, ignore_errors=True)
    release.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="safetycenter-release-") as folder:
        own = {"VAR_DIR": folder, "DEBUG": "1", "SECRET_KEY": SECRET_KEY, "LOG_LEVEL": "CRITICAL"}
        kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
        command = [sys.executable, "-m", "tools.release", "fill", str(release)]
        try:
            subprocess.run(command, cwd=ROOT, env=kept | own, check=True)
        except subprocess.CalledProcessError as error:
            shutil.rmtree(release)
            return error.returncode
    return 0


def fill(release: Path) -> int:
    """Fill the database of this process and write it to ``release``. Return 1 if a table stays empty."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safetycenter.settings")
    import django

    django.setup()
    from django.conf import settings

    from . import rows, seed

    secrets = seed.everything()
    counts = rows.write(release / "data.jsonl.xz")
    if empty := sorted(table for table, count in counts.items() if not count):
        print(f"no row in {', '.join(empty)}: make one in tools/release/seed.py, as the product does")
        return 1
    (release / "secrets.json").write_text(json.dumps(secrets, indent=1) + "\n")
    for name, folder in (("keys", settings.KEYS_DIR), ("evidence", settings.EVIDENCE_DIR)):
        shutil.copytree(folder, release / name)
    frozen = {"leaves": rows.leaves(), "files": of_files()}
    (release / NAME).write_text(json.dumps(frozen, indent=1) + "\n")
    print(f"{release}: {sum(counts.values())} rows in {len(counts)} tables")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
