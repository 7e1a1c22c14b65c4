"""Check the migrations, the settings of ``deploy/env.example``, and the largest upload of ``deploy/nginx.conf``."""

import os
import re
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


def upload_faults(conf: str, largest: int) -> list[str]:
    """Return a sentence for each server of nginx's ``conf`` that refuses a form with ``largest`` bytes.

    nginx would answer with an empty page; the site answers in words.
    """
    allowed = [int(megabytes) * 1024 * 1024 for megabytes in re.findall(r"client_max_body_size (\d+)m;", conf)]
    faults = [
        f"deploy/nginx.conf: client_max_body_size {one} is less than {largest}" for one in allowed if one < largest
    ]
    return faults if allowed else ["deploy/nginx.conf: client_max_body_size is missing"]


def largest_form() -> int:
    """Return the bytes of a form with as many files as a case may have."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "safetycenter.settings", "DEBUG": "1"}
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    from reports.evidence.checks import max_case_size
    from reports.evidence.upload import FORM_SIZE

    return max_case_size() + FORM_SIZE


def main() -> int:
    """Run Django's own commands, then compare nginx's limit; return the highest exit code."""
    with tempfile.TemporaryDirectory() as folder:
        # Values that each site must create itself, and paths that exist here.
        own = {"SECRET_KEY": secrets.token_urlsafe(48), "VAR_DIR": folder, "DEBUG": "0"}
        own["DEFAULT_FROM_EMAIL"] = "pesan@kotak-surat.id"  # the example has a domain that nobody can have
        places = {"KEYS_DIR": f"{folder}/keys", "EVIDENCE_DIR": f"{folder}/evidence"}
        environment = {**os.environ, **example(), **own, **places, "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3"}
        codes = [
            subprocess.call([sys.executable, "manage.py", *command], cwd=ROOT, env=environment) for command in COMMANDS
        ]
    faults = upload_faults((ROOT / "deploy" / "nginx.conf").read_text(), largest_form())
    print("\n".join(faults))
    return max(*codes, len(faults))


if __name__ == "__main__":
    sys.exit(main())
