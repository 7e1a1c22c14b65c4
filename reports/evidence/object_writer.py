"""Write an object of an S3-compatible store in pieces, part by part, without a copy on the disk."""

from base64 import b64encode
from contextlib import suppress
from hashlib import md5
from typing import Any

from .store_errors import as_os_errors

PART = 5 * 1024 * 1024  # bytes; no store takes smaller parts, except as the last one


class Writer:
    """A new object, written in pieces. Memory holds one part of it."""

    def __init__(self, client: Any, bucket: str, name: str) -> None:
        self._client, self._about = client, {"Bucket": bucket, "Key": name}
        self._waiting, self._upload, self._parts = bytearray(), "", list[dict]()

    def write(self, data: bytes) -> int:
        """Take a piece; sends a part once there is a whole one. Raises OSError."""
        self._waiting += data
        if len(self._waiting) >= PART:
            with as_os_errors():
                self._send_part()
        return len(data)

    def close(self) -> None:
        """Store the object. When this returns, the store has confirmed all of it. Raises OSError."""
        try:
            with as_os_errors():
                self._finish()
        except OSError:
            self.abort()
            raise

    def abort(self) -> None:
        """Delete the parts that were sent; what cannot be deleted now, the sweep deletes."""
        upload, self._upload = self._upload, ""
        if upload:
            with suppress(OSError), as_os_errors():
                self._client.abort_multipart_upload(**self._about, UploadId=upload)

    def _finish(self) -> None:
        if not self._upload:
            self._client.put_object(**self._about, **_body(self._waiting))
            return
        if self._waiting:
            self._send_part()
        whole = {"Parts": self._parts}
        self._client.complete_multipart_upload(**self._about, UploadId=self._upload, MultipartUpload=whole)

    def _send_part(self) -> None:
        if not self._upload:
            self._upload = self._client.create_multipart_upload(**self._about)["UploadId"]
        part = {"PartNumber": len(self._parts) + 1}
        answer = self._client.upload_part(**self._about, **part, UploadId=self._upload, **_body(self._waiting))
        self._parts.append(part | {"ETag": answer["ETag"]})
        self._waiting = bytearray()

    def __enter__(self) -> "Writer":
        return self

    def __exit__(self, kind: type[BaseException] | None, *details: Any) -> None:
        if kind is None:
            self.close()
        else:
            self.abort()


def _body(data: bytearray) -> dict[str, Any]:
    """Return the body of a request with its digest: the store refuses what does not arrive as it was sent."""
    return {"Body": data, "ContentMD5": b64encode(md5(data, usedforsecurity=False).digest()).decode()}
