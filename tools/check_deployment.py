"""Check that the migrations are complete and that the settings of ``deploy/env.example`` are safe to deploy."""

import os
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = (
    ("makemigrations", "--check", "--dry-run"),
    ("make_keys",),
    ("check", "--deploy", "--fail-level", "WARNING"),
)


def example() -> dict[str, str]:
    """Return the settings of the example file, read as a shell would."""
    lines = (ROOT / "deploy" / "env.example").read_text().splitlines()
    pairs = (line.split("=", 1) for line in lines if line and not line.startswith("#"))
    return {name: value.strip('"') for name, value in pairs}


def main() -> int:
    """Run Django's own commands; return the highest of their exit codes."""
    with tempfile.TemporaryDirectory() as folder:
        # Values that each site must create itself, and paths that exist here.
        own = {"SECRET_KEY": secrets.token_urlsafe(48), "VAR_DIR": folder, "DEBUG": "0"}
        places = {"KEYS_DIR": f"{folder}/keys", "EVIDENCE_DIR": f"{folder}/evidence"}
        environment = {**os.environ, **example(), **own, **places, "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3"}
        return max(
            subprocess.call([sys.executable, "manage.py", *command], cwd=ROOT, env=environment) for command in COMMANDS
        )


if __name__ == "__main__":
    sys.exit(main())
