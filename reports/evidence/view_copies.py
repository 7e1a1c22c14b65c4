"""View copies, made at the desk: rendered again without metadata, so that no byte of the original is displayed.

The decoders run in a child process that receives the file's bytes on standard input. It can open no file or socket
and cannot read the memory of this process, which contains the keys; its memory and time are limited. The sealed
original is kept as evidence.
"""

import struct
import subprocess
import sys
from pathlib import Path

from django.db import transaction

from safetycenter import own_memory

from ..crypto.vault.keyring import Keyring
from ..crypto.vault.stream import open_stream, seal_all
from ..models.evidence import Evidence
from . import store
from .files import original_bytes

RENDERER = Path(__file__).with_name("sandbox_renderer.py")
TIMEOUT_SECONDS = 30
MAX_PAGES = 20
TOO_MANY_PAGES = 3  # exit code of the child process


class CannotRenderError(Exception):
    """Raised when a file could not be rendered: damaged, too large, or not of the declared type."""


class TooManyPagesError(Exception):
    """Raised when a PDF to send has more than MAX_PAGES pages."""


def make(item: Evidence, keyring: Keyring) -> None:
    """Create the sealed view copy of ``item`` if there is none yet.

    Raises CannotRenderError, ErasedError or UnreadableError.
    """
    if item.copies:
        return
    pages = _draw(item.kind, original_bytes(item, keyring))
    key = keyring.key(item.key_name)
    for number, page in enumerate(pages, start=1):
        store.write_copy(item.id, number, seal_all(key, page, f"{item.key_name}:{number}"))
    with transaction.atomic():
        # The case may have been locked during rendering: then no copy is kept (safety rule K7).
        kept = Evidence.objects.filter(pk=item.pk, case__suspected_material_at=None).update(copies=len(pages))
    if not kept:
        store.delete_copies(item.id)
        raise CannotRenderError(item.kind)
    item.copies = len(pages)


def redrawn(kind: str, data: bytes) -> bytes:
    """Return a picture or PDF drawn again, to send to a reporter. Raises CannotRenderError or TooManyPagesError."""
    return _run(kind, data, "send")[0]


def page(item: Evidence, number: int, keyring: Keyring) -> bytes:
    """Return one page of the view copy: WebP, or UTF-8 text for a text file."""
    pieces = store.pieces(item.id, number)
    return b"".join(open_stream(keyring.key(item.key_name), pieces, f"{item.key_name}:{number}"))


def _draw(kind: str, data: bytes) -> list[bytes]:
    return _run(kind, data, "view")


def _run(kind: str, data: bytes, purpose: str) -> list[bytes]:
    own_memory.close()
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(RENDERER), kind, str(MAX_PAGES), purpose],
            input=data,
            capture_output=True,
            timeout=TIMEOUT_SECONDS,
            env={"PATH": ""},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise CannotRenderError(kind) from error
    if done.returncode == TOO_MANY_PAGES:
        raise TooManyPagesError(kind)
    if done.returncode:
        raise CannotRenderError(kind)
    return _unframe(done.stdout)


def _unframe(stream: bytes) -> list[bytes]:
    pages, at = [], 0
    while at < len(stream):
        (length,) = struct.unpack_from(">I", stream, at)
        pages.append(stream[at + 4 : at + 4 + length])
        at += 4 + length
    return pages
