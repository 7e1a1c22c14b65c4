"""View copies are rendered without the original's metadata, in a child process that can open no file."""

import ctypes
import io
import os
import subprocess
import sys

import pytest
from PIL import Image

from reports.evidence.view_copies import RENDERER, CannotRenderError, _draw
from tests.skips import LOUD

GPS = 0x8825
PR_GET_DUMPABLE = 3  # <linux/prctl.h>


def with_traces(kind: str) -> bytes:
    picture, exif, out = Image.new("RGB", (600, 400), "teal"), Image.Exif(), io.BytesIO()
    exif[0x010E] = "canary description"
    exif.get_ifd(GPS)[1] = "S"
    picture.save(out, kind, exif=exif, **({"xmp": b"<x>canary</x>"} if kind == "WEBP" else {}))
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_view_copy_has_no_metadata(kind):
    source = with_traces(kind)
    assert b"canary" in source
    (page,) = _draw(f"image/{kind.lower()}", source)
    drawn = Image.open(io.BytesIO(page))
    assert b"canary" not in page
    assert not dict(drawn.getexif())
    assert "xmp" not in drawn.info
    assert drawn.size == (600, 400)


def test_pdf_becomes_pictures_of_its_pages():
    out = io.BytesIO()
    page = Image.new("RGB", (200, 300), "white")
    page.save(out, "PDF", save_all=True, append_images=[page, page])
    pages = _draw("application/pdf", out.getvalue())
    assert len(pages) == 3
    assert all(Image.open(io.BytesIO(page)).format == "WEBP" for page in pages)


@pytest.mark.parametrize("other", ["BMP", "GIF", "TIFF", "PPM", "PNG"])
def test_file_is_read_as_its_kind_only(other):
    """Each further decoder of the library is one more that a hostile file could break."""
    Image.new("RGB", (20, 20), "teal").save(out := io.BytesIO(), other)
    with pytest.raises(CannotRenderError):
        _draw("image/jpeg", out.getvalue())


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xd8\xff\xe0 not a picture",
        with_traces("JPEG")[:200],
        b"%PDF-1.7 nothing",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 50,
    ],
)
def test_unreadable_file_is_reported(data):
    kind = {b"%": "application/pdf", b"\x89": "image/png"}.get(data[:1], "image/jpeg")
    with pytest.raises(CannotRenderError):
        _draw(kind, data)


def test_picture_that_unpacks_to_something_huge_is_refused():
    out = io.BytesIO()
    Image.new("1", (12_000, 12_000)).save(out, "PNG")
    with pytest.raises(CannotRenderError):
        _draw("image/png", out.getvalue())


def child(*lines: str) -> str:
    """Return what these lines print in another process."""
    probe = [f"import ctypes, os, runpy, socket, sys; RENDERER = {str(RENDERER)!r}", *lines]
    done = subprocess.run([sys.executable, "-c", "\n".join(probe)], input=b"", capture_output=True, check=True)
    return done.stdout.decode()


def told_by_the_renderer(*after: str) -> str:
    """Return what these lines print in the process that draws, after it has given up its rights."""
    arguments = "sys.argv = ['d', 'text/plain', '1', 'view']"
    return child(arguments, "runpy.run_path(RENDERER, run_name='__main__')", *after)


@pytest.mark.safety("J1")
@pytest.mark.parametrize(
    "attempt",
    [
        "open('/etc/hostname')",
        "socket.socket()",
        "os.pipe()",
        "os.fork()",
        "os.kill(os.getppid(), 0)",
        "os.stat('/etc')",
    ],
)
def test_renderer_cannot_open_files_or_start_processes(attempt):
    told = told_by_the_renderer("try:", f"    {attempt}", "    print('done')", "except OSError: print('refused')")
    assert told.endswith("refused\n")


@pytest.mark.skipif(os.geteuid() != 0, reason=f"{LOUD}a renderer as nobody: only root can become another user")
def test_renderer_started_by_root_runs_as_nobody():
    told = child(
        "runpy.run_path(RENDERER)['_become_nobody']()", "print(os.getresuid(), os.getresgid(), os.getgroups())"
    )
    assert told == "(65534, 65534, 65534) (65534, 65534, 65534) []\n"


@pytest.mark.skipif(sys.platform != "linux", reason="prctl is Linux")
@pytest.mark.parametrize("user", ["", "os.geteuid = lambda: 1000"])  # as root, and as any other user
def test_renderer_memory_is_not_readable(user):
    become = "runpy.run_path(RENDERER)['_become_nobody']()"
    assert child(user, become, f"print(ctypes.CDLL(None).prctl({PR_GET_DUMPABLE}))") == "0\n"


@pytest.mark.skipif(sys.platform != "linux", reason="prctl is Linux")
def test_renderer_cannot_read_parent_memory():
    _draw("text/plain", b"words")
    assert ctypes.CDLL(None).prctl(PR_GET_DUMPABLE) == 0
