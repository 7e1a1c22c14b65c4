"""A bucket of an S3-compatible store for the sealed files: ``STORAGES["evidence"]`` with EVIDENCE_BUCKET.

django-storages opens the connection; its file objects are not used, because they keep what was given up half-way, and
every error here must be an OSError. All threads share one client, which boto3 allows.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from time import monotonic
from typing import Any

from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError
from django.conf import settings
from storages.backends.s3 import S3Storage

from ..crypto.vault.stream import CHUNK
from .folder import MARKER, Stored
from .object_writer import Writer
from .store_errors import NOT_OFFERED, as_os_errors, code_of

# A reporter waits while a store answers nothing: 2 × (3 + 8) seconds until a file is given up, and as long until
# it cannot be deleted either. The web server ends a request after 60.
CONNECT_SECONDS, READ_SECONDS, ATTEMPTS = 3, 8, 2
QUICK = {"connect_timeout": 2, "read_timeout": 2, "retries": {"total_max_attempts": 1}}  # for those who only ask
SILENT_SECONDS = 5  # a store that did not answer is not asked again meanwhile: ``/readyz`` asks for three checks
UNLIMITED = 1 << 62  # bytes: the store says when it is full


class EvidenceBucket(S3Storage):
    """What EvidenceFolder does, with objects. Whatever fails raises OSError."""

    is_folder = False

    def __init__(self, **options: Any) -> None:
        super().__init__(client_config=_config(bool(options.get("endpoint_url"))), **options)
        self._lock, self._clients = threading.Lock(), dict[bool, Any]()
        self._silent_until = 0.0

    @property
    def client(self) -> Any:
        """The client of boto3."""
        return self._client_that_is(quick=False)

    def _client_that_is(self, quick: bool) -> Any:
        """Return a client, made at its first use: a web server starts its workers from one process."""
        with self._lock:
            if quick not in self._clients:
                self._clients[quick] = self.make_client(**(QUICK if quick else {}))
            return self._clients[quick]

    def make_client(self, **changed: Any) -> Any:
        """Return a new client; ``changed`` are settings of botocore, such as no signature."""
        return self._create_session().client(
            "s3",
            region_name=self.region_name,
            endpoint_url=self.endpoint_url,
            config=self.client_config.merge(Config(**changed)),
            verify=self.verify,
        )

    @property
    def place(self) -> str:
        """Where the files are, for operators."""
        return f"bucket {self.bucket_name}"

    def answers(self) -> bool:
        """Return whether the store answers, without waiting long: an object that does not exist is an answer too."""
        if monotonic() < self._silent_until:
            return False
        try:
            with suppress(FileNotFoundError), as_os_errors():
                self._client_that_is(quick=True).get_object(Bucket=self.bucket_name, Key=MARKER)["Body"].close()
        except OSError:
            self._silent_until = monotonic() + SILENT_SECONDS
            return False
        return True

    def room(self) -> int:
        """Return more than any limit: a store does not say how much room it has."""
        return UNLIMITED

    def create(self, name: str) -> Writer:
        """Return a file object for a new object, which exists once it is closed."""
        return Writer(self.client, self.bucket_name, name)

    def give_up(self, out: Writer) -> None:
        """End a file that will not be kept; the caller deletes what may be stored."""
        out.abort()

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of an object."""
        with as_os_errors():
            body = self.client.get_object(Bucket=self.bucket_name, Key=name)["Body"]
            with body:
                while piece := body.read(CHUNK):
                    yield piece

    def listed(self, prefix: str = "") -> Iterator[Stored]:
        """Yield the objects whose keys begin with ``prefix``, a thousand with each request."""
        with as_os_errors():
            for page in self._pages("list_objects_v2", Prefix=prefix):
                for item in page.get("Contents", ()):
                    yield Stored(item["Key"], item["Size"], item["LastModified"].timestamp())

    def folders(self, name: str) -> list[str]:
        """Return the names of the folders in the folder ``name``."""
        with as_os_errors():
            pages = self._pages("list_objects_v2", Prefix=f"{name}/", Delimiter="/")
            found = [item["Prefix"] for page in pages for item in page.get("CommonPrefixes", ())]
        return [prefix.split("/")[-2] for prefix in found]

    def move(self, name: str, new: str) -> None:
        """Give an object another key. Both exist for a moment; the sweep deletes what is left of an interrupted one."""
        with as_os_errors():
            source = {"Bucket": self.bucket_name, "Key": name}
            self.client.copy_object(Bucket=self.bucket_name, Key=new, CopySource=source)
        self.delete(name)

    def delete(self, name: str) -> None:
        """Delete an object, at a desk with all its versions; a missing one is no error."""
        with suppress(FileNotFoundError), as_os_errors():
            for version in self._versions(name) if settings.HAS_DESK else [{}]:
                self.client.delete_object(Bucket=self.bucket_name, Key=name, **version)

    def clear(self, folder: str = "") -> None:
        """Delete everything in a folder; without a name, everything."""
        for item in list(self.listed(f"{folder}/" if folder else "")):
            self.delete(item.name)

    def end_unfinished(self, edge: datetime) -> None:
        """Delete the parts of uploads that began before ``edge``, which a process that died left; no list has them."""
        with as_os_errors():
            for page in self._pages("list_multipart_uploads"):
                for upload in page.get("Uploads", ()):
                    if upload["Initiated"] < edge:
                        about = {"Bucket": self.bucket_name, "Key": upload["Key"], "UploadId": upload["UploadId"]}
                        self.client.abort_multipart_upload(**about)

    def is_public(self, name: str) -> bool:
        """Return whether somebody without a key can read this object or list the bucket."""
        anyone = self.make_client(signature_version=UNSIGNED)
        for ask in (partial(anyone.get_object, Key=name), anyone.list_objects_v2):
            with suppress(OSError), as_os_errors():
                ask(Bucket=self.bucket_name)
                return True
        return False

    def keeps_versions(self) -> bool:
        """Return whether the bucket keeps what is deleted as an earlier version, or still has such versions."""
        with as_os_errors(), _answered():
            status = self.client.get_bucket_versioning(Bucket=self.bucket_name).get("Status")
            pages = self._pages("list_object_versions") if status else ()
            earlier = (not item["IsLatest"] for page in pages for item in page.get("Versions", ()))
            return status == "Enabled" or any(earlier)
        return False

    def _versions(self, name: str) -> list[dict[str, str]]:
        """Return the versions of an object as ``delete_object`` takes them; one that is empty where none are kept."""
        kept: list[str] = []
        with _answered():
            for page in self._pages("list_object_versions", Prefix=name):
                listed = (*page.get("Versions", ()), *page.get("DeleteMarkers", ()))
                kept += [item["VersionId"] for item in listed if item["Key"] == name]
        return [{"VersionId": version} for version in kept] if set(kept) - {"null"} else [{}]

    def _pages(self, operation: str, **request: str) -> Iterator[dict]:
        return iter(self.client.get_paginator(operation).paginate(Bucket=self.bucket_name, **request))


def _config(has_endpoint: bool) -> Config:
    """Return settings that S3-compatible stores understand: names in the path, and no checksums of newer versions."""
    return Config(
        signature_version="s3v4",
        s3={"addressing_style": "path" if has_endpoint else "auto"},
        connect_timeout=CONNECT_SECONDS,
        read_timeout=READ_SECONDS,
        retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )


@contextmanager
def _answered() -> Iterator[None]:
    """Go on where a store does not offer what was asked."""
    try:
        yield
    except ClientError as error:
        if code_of(error) not in NOT_OFFERED:
            raise
