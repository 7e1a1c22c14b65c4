"""Where the sealed files of reports are: in a folder (EVIDENCE_DIR), or in a bucket of an S3-compatible store."""

from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

import environ
from django.utils.translation import gettext_lazy as _

from . import private_files
from .sentences import Sentence

FOLDER: dict[str, Any] = {
    "BACKEND": "reports.evidence.folder.EvidenceFolder",
    "OPTIONS": {"file_permissions_mode": private_files.FILE, "directory_permissions_mode": private_files.FOLDER},
}


def storage(env: environ.Env) -> dict[str, Any]:
    """Return ``STORAGES["evidence"]``. A bucket needs the packages of requirements-extra.txt."""
    bucket = env("EVIDENCE_BUCKET", default="")
    if not bucket:
        return FOLDER
    options = {
        "bucket_name": bucket,
        "endpoint_url": env("EVIDENCE_BUCKET_ENDPOINT", default=""),
        "region_name": env("EVIDENCE_BUCKET_REGION", default=""),
        "access_key": env("EVIDENCE_BUCKET_KEY_ID", default=""),
        "secret_key": env("EVIDENCE_BUCKET_SECRET", default=""),
        "verify": env("EVIDENCE_BUCKET_CA", default=""),  # a file with the certificate of a private authority
    }
    # What is empty is None for boto3, which then looks in its own places, such as the role of the machine.
    given = {name: value or None for name, value in options.items()}
    return {"BACKEND": "reports.evidence.bucket.EvidenceBucket", "OPTIONS": given}


def problem(place: Any) -> str:
    """Return what is wrong with ``STORAGES["evidence"]``, in a sentence; empty if nothing is."""
    if place == FOLDER:
        return ""
    if not find_spec("storages") or not find_spec("boto3"):
        return Sentence(
            _("EVIDENCE_BUCKET needs more packages: pip install --require-hashes -r requirements-extra.txt.")
        )
    address = urlsplit(place["OPTIONS"]["endpoint_url"] or "https:")
    if address.scheme != "https" and address.hostname not in {"127.0.0.1", "localhost", "::1"}:
        return Sentence(
            _("EVIDENCE_BUCKET_ENDPOINT must begin with https://: names and times would be read on the way.")
        )
    return ""
