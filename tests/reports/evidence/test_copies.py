"""View copies: drawn anew without a trace of the original's metadata, in a child process that can open nothing."""

import io
import subprocess
import sys

import pytest
from PIL import Image

from reports.evidence.copies import DRAWER, CannotDraw, _draw

GPS = 0x8825


def with_traces(kind: str) -> bytes:
    picture, exif, out = Image.new("RGB", (600, 400), "teal"), Image.Exif(), io.BytesIO()
    exif[0x010E] = "canary description"
    exif.get_ifd(GPS)[1] = "S"
    picture.save(out, kind, exif=exif, **({"xmp": b"<x>canary</x>"} if kind == "WEBP" else {}))
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_of_the_metadata_is_left(kind):
    source = with_traces(kind)
    assert b"canary" in source
    (page,) = _draw(f"image/{kind.lower()}", source)
    drawn = Image.open(io.BytesIO(page))
    assert b"canary" not in page
    assert not dict(drawn.getexif())
    assert "xmp" not in drawn.info
    assert drawn.size == (600, 400)


def test_a_pdf_becomes_pictures_of_its_pages():
    out = io.BytesIO()
    page = Image.new("RGB", (200, 300), "white")
    page.save(out, "PDF", save_all=True, append_images=[page, page])
    pages = _draw("application/pdf", out.getvalue())
    assert len(pages) == 3
    assert all(Image.open(io.BytesIO(page)).format == "WEBP" for page in pages)


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xd8\xff\xe0 not a picture",
        with_traces("JPEG")[:200],
        b"%PDF-1.7 nothing",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 50,
    ],
)
def test_what_cannot_be_drawn_is_said(data):
    kind = {b"%": "application/pdf", b"\x89": "image/png"}.get(data[:1], "image/jpeg")
    with pytest.raises(CannotDraw):
        _draw(kind, data)


def test_a_picture_that_unpacks_to_something_huge_is_refused():
    out = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(out, "PNG")
    with pytest.raises(CannotDraw):
        _draw("image/png", out.getvalue())


def test_the_child_can_open_neither_file_nor_socket():
    probe = (
        "import runpy, socket, sys; sys.argv = ['d', 'text/plain', '1'];"
        f"runpy.run_path({str(DRAWER)!r}, run_name='__main__')\n"
        "for attempt in (lambda: open('/etc/hostname'), lambda: socket.socket()):\n"
        "    try: attempt(); print('opened')\n"
        "    except OSError: pass\n"
    )
    done = subprocess.run([sys.executable, "-c", probe], input=b"x", capture_output=True, check=True)
    assert b"opened" not in done.stdout
