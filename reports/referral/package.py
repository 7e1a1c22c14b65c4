"""Build the package of a referral: a ZIP file with the report as JSON and PDF, a manifest, and its signature.

``manifest.json`` names each part with its SHA-256; ``manifest.sig`` is the Ed25519 signature of the bytes of the
manifest (``crypto.vault.published_pair``). ``tools/verify_referral.py`` checks a package without this project.
"""

import hashlib
import io
import json
import zipfile
from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..crypto.vault.published_pair import REFERRALS
from ..models.agency import Agency, LegalBasis
from . import fields
from .pdf import to_pdf

FORMAT = "safety-center-referral-1"
REPORT, PRINTABLE, MANIFEST, SIGNATURE = "report.json", "report.pdf", "manifest.json", "manifest.sig"
FIXED_TIME = (1980, 1, 1, 0, 0, 0)  # of the files in the ZIP: the time is in the manifest, and nothing else tells it
STATUS = gettext_lazy("An allegation, not examined yet. It proves nothing about anybody named here.")


@dataclass(frozen=True)
class Package:
    """A finished package: the bytes of the ZIP file, and the SHA-256 of its manifest, which the audit log keeps."""

    content: bytes
    manifest_digest: str


def build(referral_id: UUID, agency: Agency, basis: str, keys: list[str], source: fields.Source) -> Package:
    """Return the signed package with the facts ``keys`` of the report. Raises KeyMissingError without a key to sign."""
    languages, made_at = [code for code, _name in settings.LANGUAGES], timezone.now()
    report = {
        "format": FORMAT,
        "referral": str(referral_id),
        "operator": settings.OPERATOR["name"],
        "contact": settings.OPERATOR["contact"],
        "agency": _in_each(languages, lambda: agency.name),
        "legal_basis": {"key": basis, "in_words": _in_each(languages, lambda: LegalBasis(basis).label)},
        "status": _in_each(languages, lambda: STATUS),
        "made_at": timezone.localtime(made_at).isoformat(timespec="seconds"),
        "facts": fields.facts(source, keys, languages),
    }
    with translation.override(source.case.language):
        printable = to_pdf(report, source.case.language, _("Report passed on"))
    contents = {REPORT: _as_json(report), PRINTABLE: printable}
    manifest = _as_json(_manifest(referral_id, made_at, contents))
    signature = b64encode(REFERRALS.sign(manifest).value) + b"\n"
    content = _zipped(contents | {MANIFEST: manifest, SIGNATURE: signature})
    return Package(content, hashlib.sha256(manifest).hexdigest())


def part(content: bytes, name: str) -> bytes:
    """Return one file of a package. Raises KeyError for a name that is not in it."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(name)


def report(content: bytes) -> dict:
    """Return the report of a package, as it was written to JSON."""
    return json.loads(part(content, REPORT))


def _manifest(referral_id: UUID, made_at: datetime, contents: dict[str, bytes]) -> dict:
    key_id, _public = REFERRALS.public_key()
    return {
        "format": FORMAT,
        "referral": str(referral_id),
        "made_at": made_at.isoformat(timespec="seconds"),
        "key_id": key_id,
        "parts": [
            {"name": name, "bytes": len(value), "sha256": hashlib.sha256(value).hexdigest()}
            for name, value in contents.items()
        ],
    }


def _in_each(languages: list[str], read: Any) -> dict[str, str]:
    values = {}
    for language in languages:
        with translation.override(language):
            values[language] = str(read())
    return values


def _as_json(value: dict) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode() + b"\n"


def _zipped(contents: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, value in contents.items():
            package.writestr(zipfile.ZipInfo(name, FIXED_TIME), value, zipfile.ZIP_DEFLATED)
    return target.getvalue()
