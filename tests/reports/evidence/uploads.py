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


def pdf_of(side: int, pages: int = 1) -> bytes:
    """A PDF with so many empty pages of this size."""
    kids = " ".join(f"{number} 0 R" for number in range(3, 3 + pages))
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {pages}>>"]
    objects += [f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {side} {side}]>>"] * pages
    body = "".join(f"{number} 0 obj{what}endobj\n" for number, what in enumerate(objects, 1))
    return f"%PDF-1.4\n{body}trailer<</Root 1 0 R>>\n%%EOF".encode()


def on_disk(settings) -> list[Path]:
    files = [path for path in Path(settings.EVIDENCE_DIR).rglob("*") if path.is_file()]
    return [path for path in files if path.name != store.MARKER_FILE]


def send(data: bytes, name="x.jpg", content_type="image/jpeg"):
    request = RequestFactory().post("/", {"files": SimpleUploadedFile(name, data, content_type)})
    request.upload_handlers = [SealingUploadHandler(request)]
    return request
