"""The child process that renders a view copy. Standard input: the file; standard output: framed pages.

Run by ``view_copies`` with Python's isolated mode. It drops all privileges before it reads the first byte: it runs as
nobody, no other process can read its memory, and it can open no file, pipe or socket and start no process.
"""

import ctypes
import io
import os
import resource
import struct
import sys
from collections.abc import Iterator

import pypdfium2
from PIL import Image, ImageOps

MAX_SIDE = 1600  # pixels
MAX_PIXELS = 60_000_000
MEMORY = 1536 * 1024 * 1024  # bytes
CPU_SECONDS = 20
MAX_TEXT_LENGTH = 200_000  # bytes
NOBODY = 65534
PR_SET_DUMPABLE = 4  # <linux/prctl.h>


def main(kind: str, max_pages: int) -> None:
    """Drop privileges, read, render."""
    Image.init()  # loads its plugins from disk
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    _become_nobody()
    _set_limits()
    for page in _draw(kind, sys.stdin.buffer.read(), max_pages):
        sys.stdout.buffer.write(struct.pack(">I", len(page)) + page)


def _become_nobody() -> None:
    if os.geteuid() == 0:  # as another user, process_vm_readv on the parent is refused
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    if prctl := getattr(ctypes.CDLL(None), "prctl", None):  # Linux; after setuid, which resets it
        prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def _set_limits() -> None:
    for limit, value in {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: CPU_SECONDS,
        resource.RLIMIT_NPROC: 0,  # does not apply to root, but this process is nobody by now
        resource.RLIMIT_NOFILE: 0,
    }.items():
        resource.setrlimit(limit, (value, value))


def _draw(kind: str, data: bytes, max_pages: int) -> Iterator:
    if kind == "text/plain":
        yield data[:MAX_TEXT_LENGTH]
    elif kind == "application/pdf":
        document = pypdfium2.PdfDocument(data)
        for number in range(min(len(document), max_pages)):
            yield _webp(document[number].render(scale=1.5).to_pil())
    else:
        picture = Image.open(io.BytesIO(data), formats=[kind.removeprefix("image/").upper()])
        yield _webp(ImageOps.exif_transpose(picture))


def _webp(picture: Image.Image) -> bytes:
    # A new picture from the pixels only: EXIF, GPS, XMP, ICC and hidden frames are left out.
    clean = picture.convert("RGB")
    clean.thumbnail((MAX_SIDE, MAX_SIDE))
    fresh = Image.new("RGB", clean.size)
    fresh.paste(clean)
    out = io.BytesIO()
    fresh.save(out, "WEBP", quality=80)
    return out.getvalue()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
