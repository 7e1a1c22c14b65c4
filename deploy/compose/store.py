"""Prepares the store of compose.yaml; safe to repeat.

``store.py identities FILE`` writes who may do what, before the store starts. ``store.py bucket`` makes the bucket.
"""

import json
import os
import sys
from pathlib import Path

import boto3
from botocore.config import Config

# The folders of sealed files are named by two digits of their random names (reports/evidence/store.py).
FIRST_DIGITS = "0123456789abcdef"
EXISTS = ("BucketAlreadyOwnedByYou", "BucketAlreadyExists")


def identities(bucket: str) -> dict:
    """Return the keys and their rights as SeaweedFS reads them: those of evidence-….json, in its words.

    A right ends in ``*`` or names the whole bucket. ``Write`` also deletes. ``store.py bucket`` alone has "setup".
    """
    folders = [f"Write:{bucket}/{digit}*" for digit in FIRST_DIGITS]
    rights = {
        "public": [*folders, f"Write:{bucket}/probe/*", f"Read:{bucket}/probe/*", f"Read:{bucket}/installation*"],
        "desk": [f"{action}:{bucket}" for action in ("Read", "Write", "List")],
        "setup": ["Admin"],
    }
    return {"identities": [_identity(name, actions) for name, actions in rights.items()]}


def _identity(name: str, actions: list[str]) -> dict:
    secret = os.environ[f"FILES_SECRET_{name.upper()}"]
    return {"name": name, "credentials": [{"accessKey": name, "secretKey": secret}], "actions": actions}


def write_identities(path: Path) -> None:
    """Replace the file ``path``, which only its owner can read."""
    new = path.with_suffix(".new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(identities(os.environ["EVIDENCE_BUCKET"]), file, indent=1)
    new.replace(path)


def make_bucket() -> None:
    """Make the bucket, unless it exists. Needs the key "setup"."""
    client = boto3.client(
        "s3",
        endpoint_url=os.environ["EVIDENCE_BUCKET_ENDPOINT"],
        region_name=os.environ["EVIDENCE_BUCKET_REGION"],
        aws_access_key_id=os.environ["EVIDENCE_BUCKET_KEY_ID"],
        aws_secret_access_key=os.environ["EVIDENCE_BUCKET_SECRET"],
        verify=os.environ["EVIDENCE_BUCKET_CA"],
        config=Config(s3={"addressing_style": "path"}),
    )
    try:
        client.create_bucket(Bucket=os.environ["EVIDENCE_BUCKET"])
    except client.exceptions.ClientError as error:
        if error.response["Error"]["Code"] not in EXISTS:
            raise


if __name__ == "__main__":
    if sys.argv[1] == "identities":
        write_identities(Path(sys.argv[2]))
    else:
        make_bucket()
