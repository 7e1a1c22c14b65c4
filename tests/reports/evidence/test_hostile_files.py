"""Files made to harm: two kinds at once, two endings, sizes that only the header claims (docs/threat-model.md)."""

import io
import struct
import zipfile
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from reports.cases.lifecycle import perform
from reports.evidence.view_copies import CannotRenderError, _draw
from reports.models import Evidence
from tests.reports.evidence.uploads import on_disk, pdf_of, picture
from tests.reports.followup.visitor import open_with, url

HTML = b"<!doctype html><script>alert(document.domain)</script>"
PDF = b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF"


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo("run.html"), HTML)  # with a fixed time: its bytes are in the name of a test
    return out.getvalue()


def with_comment(comment: bytes) -> bytes:
    """A JPEG that carries ``comment`` near its beginning, where a careless reader looks for a type."""
    jpeg = picture("JPEG")
    return jpeg[:2] + b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment + jpeg[2:]


TWO_KINDS = {
    "jpeg and html": with_comment(HTML),
    "jpeg, then html": picture("JPEG") + HTML,
    "jpeg and pdf": with_comment(PDF),
    "jpeg, then pdf": picture("JPEG") + PDF,
    "jpeg, then zip": picture("JPEG") + zipped(),
    "png, then zip": picture("PNG") + zipped(),
}


def png_of(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header claims this size."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b"")]
    parts = [struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in chunks]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def jpeg_of(width: int, height: int) -> bytes:
    """A JPEG whose header claims this size."""
    jpeg = bytearray(picture("JPEG"))
    at = jpeg.index(b"\xff\xc0") + 5
    jpeg[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(jpeg)


@pytest.fixture
def send(file):
    """``send(name, data)``: this file comes with a message of an adult."""
    filed = file(age="adult", own_image="no")

    def do(name: str, data: bytes, content_type: str = "image/jpeg"):
        sent = SimpleUploadedFile(name, data, content_type)
        open_with(filed.receipt.code).post(url("write"), {"text": "Ini.", "files": sent})
        return Evidence.objects.filter(case=filed.case).first()

    return do


@pytest.mark.parametrize("data", TWO_KINDS.values(), ids=TWO_KINDS)
def test_of_a_file_of_two_kinds_only_the_picture_is_shown(data):
    kind = "image/png" if data.startswith(b"\x89") else "image/jpeg"
    (page,) = _draw(kind, data)
    assert Image.open(io.BytesIO(page)).format == "WEBP"
    assert not any(part in page for part in (b"<script", b"%PDF", b"PK\x03\x04"))


@pytest.mark.sampled(7)
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("foto.jpg.html", HTML, None),
        ("foto.html.jpg", HTML, None),
        ("foto.jpg.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", None),
        ("surat.pdf.exe", b"MZ\x90\0" + b"\0" * 60, None),
        ("chat.txt.zip", zipped(), None),
        ("foto.php.jpg", picture("JPEG"), "image/jpeg"),
        ("foto.jpg.html", picture("JPEG"), "image/jpeg"),
        ("surat.txt.jpg", b"Chat pukul 19.00", "text/plain"),
    ],
)
@pytest.mark.parametrize("claimed", ["image/jpeg", "text/html"])
def test_neither_ending_nor_claimed_type_says_what_a_file_is(send, settings, name, data, kind, claimed):
    item = send(name, data, claimed)
    assert (item and item.kind) == kind
    assert len(on_disk(settings)) == (1 if kind else 0)


@pytest.mark.django_db
def test_served_copy_never_has_the_original_name(send, client, moderator):
    item = send("foto.jpg.html", picture("JPEG") + HTML)
    file = {"ref": item.case.reference, "file_id": item.pk}
    perform(item.case, "claim", by=moderator)
    client.force_login(moderator)
    client.post(reverse("admin:reports_case_open_file", kwargs=file), {"reason": "assess"})
    answer = client.get(reverse("admin:reports_case_file_page", kwargs=file | {"number": 1}))
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["Content-Disposition"] == "attachment"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert HTML not in answer.content


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("image/png", png_of(60_000, 60_000)),
        ("image/png", png_of(2**31 - 1, 1)),
        ("image/jpeg", jpeg_of(65_000, 65_000)),
        ("application/pdf", pdf_of(14_400 * 100)),
    ],
    ids=["png", "png of one line", "jpeg", "pdf"],
)
def test_size_that_only_the_header_claims_costs_nothing(kind, data):
    assert len(data) < 5_000
    with pytest.raises(CannotRenderError):
        _draw(kind, data)


def test_of_very_many_pages_only_the_first_are_drawn():
    assert len(_draw("application/pdf", pdf_of(20, pages=500))) == 20
