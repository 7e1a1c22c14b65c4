"""Pictures, requests with files, and what an evidence folder holds."""

import io
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from PIL import Image

from reports.evidence import store
from reports.evidence.upload import SealingUploadHandler


def picture(kind="JPEG", **options) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, kind, **options)
    return out.getvalue()


def on_disk(settings) -> list[Path]:
    files = [path for path in Path(settings.EVIDENCE_DIR).rglob("*") if path.is_file()]
    return [path for path in files if path.name != store.MARKER_FILE]


def send(data: bytes, name="x.jpg", content_type="image/jpeg"):
    request = RequestFactory().post("/", {"files": SimpleUploadedFile(name, data, content_type)})
    request.upload_handlers = [SealingUploadHandler(request)]
    return request
