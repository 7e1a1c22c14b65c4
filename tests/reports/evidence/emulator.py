"""An emulator of an S3-compatible store (moto) in a separate process, which holds the shipped rights of each node.

It is no store: what a real one does with its disks, its load and its own ideas of S3 is not seen here.
"""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

import boto3
import environ
from django.conf import settings
from django.core.files.storage import storages

from safetycenter import evidence_settings

BUCKET = "safetycenter-evidence"  # as in deploy/evidence-*.json
REGION = "ap-southeast-3"


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Emulator:
    """The running emulator: ``admin`` may do everything; ``keys`` are those of the nodes."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.keys: dict[str, dict] = {}

    def set_up(self) -> None:
        """Make the users and their rights; from now on every request needs them."""
        anyone = self.client("iam", {"AccessKeyId": "x", "SecretAccessKey": "x"})
        shipped = {
            name: (settings.BASE_DIR / f"deploy/evidence-{name}.json").read_text() for name in ("desk", "public")
        }
        files = {name: settings.BASE_DIR / f"deploy/evidence-{name}.json" for name in ("desk", "public")}
        # It reads names as regular expressions, in which "." is any one letter.
        shipped = {name: path.read_text().replace("?", ".") for name, path in files.items()}
        everything = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
        for name, rights in {**shipped, "admin": json.dumps(everything)}.items():
            anyone.create_user(UserName=name)
            anyone.put_user_policy(UserName=name, PolicyName=name, PolicyDocument=rights)
            self.keys[name] = anyone.create_access_key(UserName=name)["AccessKey"]
        self._ask_for_rights_after(b"0")

    @contextmanager
    def open_to_everybody(self) -> Iterator[None]:
        """Ask nobody for rights during the block."""
        self._ask_for_rights_after(b"inf")
        try:
            yield
        finally:
            self._ask_for_rights_after(b"0")

    def _ask_for_rights_after(self, requests: bytes) -> None:
        plain = {"Content-Type": "text/plain"}
        urlopen(Request(f"{self.address}/moto-api/reset-auth", data=requests, headers=plain)).close()

    def client(self, service: str, key: dict):
        return boto3.client(
            service,
            endpoint_url=self.address,
            region_name=REGION,
            aws_access_key_id=key["AccessKeyId"],
            aws_secret_access_key=key["SecretAccessKey"],
        )

    @property
    def admin(self):
        return self.client("s3", self.keys["admin"])

    def empty(self) -> None:
        """Replace the bucket by an empty one."""
        admin = self.admin
        if any(bucket["Name"] == BUCKET for bucket in admin.list_buckets()["Buckets"]):
            found = admin.list_object_versions(Bucket=BUCKET)
            for item in (*found.get("Versions", ()), *found.get("DeleteMarkers", ())):
                version = {"VersionId": item["VersionId"]} if item["VersionId"] != "null" else {}
                admin.delete_object(Bucket=BUCKET, Key=item["Key"], **version)
            admin.delete_bucket(Bucket=BUCKET)
        admin.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})

    def objects(self) -> dict[str, bytes]:
        """What is stored, by key."""
        admin = self.admin
        keys = [item["Key"] for item in admin.list_objects_v2(Bucket=BUCKET).get("Contents", ())]
        return {key: admin.get_object(Bucket=BUCKET, Key=key)["Body"].read() for key in keys}


@contextmanager
def running(folder: Path) -> Iterator[Emulator]:
    """Start the emulator, and stop it at the end."""
    port = free_port()
    command = [sys.executable, "-m", "moto.server", "--port", str(port)]
    with (folder / "emulator.log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        try:
            emulator = Emulator(port)
            _wait(port, process)
            emulator.set_up()
            yield emulator
        finally:
            process.kill()


def _wait(port: int, process: subprocess.Popen) -> None:
    for _try in range(300):
        assert process.poll() is None, "the emulator ended"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the emulator does not answer")


def use(monkeypatch, address: str, key: dict) -> None:
    """Let the site store files in the bucket, with the settings that an operator writes."""
    place = {
        "EVIDENCE_BUCKET": BUCKET,
        "EVIDENCE_BUCKET_ENDPOINT": address,
        "EVIDENCE_BUCKET_REGION": REGION,
        "EVIDENCE_BUCKET_KEY_ID": key["AccessKeyId"],
        "EVIDENCE_BUCKET_SECRET": key["SecretAccessKey"],
    }
    for name, value in place.items():
        monkeypatch.setenv(name, value)
    found = evidence_settings.storage(environ.Env())
    assert storages["evidence"]  # Django has read STORAGES: it keeps what it read first, for every later test
    monkeypatch.setitem(storages._storages, "evidence", storages.create_storage(found))
