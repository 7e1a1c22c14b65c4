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
import time
from collections.abc import Iterator

import pypdfium2
from PIL import Image, ImageOps

MAX_SIDE = 1600  # pixels
MAX_PIXELS = 60_000_000
MEMORY = 1536 * 1024 * 1024  # bytes
CPU_SECONDS = 20
MAX_TEXT_LENGTH = 200_000  # bytes
NOBODY = 65534
TOO_MANY_PAGES = 3  # exit code; ``view_copies`` knows it
PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 4, 22, 38  # <linux/prctl.h>
# A filter of system calls, as in <linux/seccomp.h> and <linux/filter.h>: load a word, compare it, return.
SECCOMP_MODE_FILTER = 2
LOAD, JUMP_IF, RETURN = 0x20, 0x15, 0x06
NUMBER, ARCHITECTURE = 0, 4  # where both are in what the filter reads
X86_64 = 0xC000003E
ALLOW, REFUSE = 0x7FFF0000, 0x00050001  # the second gives the caller EPERM
DRAWING = {  # what drawing needs, by its number in <asm/unistd_64.h>
    "read": 0,
    "write": 1,
    "close": 3,
    "fstat": 5,
    "lseek": 8,
    "mmap": 9,
    "mprotect": 10,
    "munmap": 11,
    "brk": 12,
    "rt_sigaction": 13,
    "rt_sigprocmask": 14,
    "rt_sigreturn": 15,
    "sched_yield": 24,
    "mremap": 25,
    "madvise": 28,
    "getpid": 39,
    "exit": 60,
    "gettid": 186,
    "futex": 202,
    "clock_gettime": 228,
    "exit_group": 231,
    "getrandom": 318,
}


def main(kind: str, max_pages: int, purpose: str) -> None:
    """Drop privileges, read, and draw: pages of a view copy, or with ``purpose`` "send" one file for the reporter."""
    Image.init()  # loads its plugins from disk
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    _become_nobody()
    _set_limits()
    _allow_drawing_only()
    draw = _draw_to_send if purpose == "send" else _draw
    for page in draw(kind, sys.stdin.buffer.read(), max_pages):
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


def _allow_drawing_only() -> None:
    """Let the kernel refuse every call but those that drawing needs, above all those that reach another process.

    The limits alone refuse what needs a new descriptor or process; the memory of a sibling of the same user needs
    neither. Only the numbers of x86-64 are known here: on other machines the limits and ``own_memory`` have to do.
    """
    if os.uname().machine != "x86_64":
        return
    steps = [(LOAD, 0, 0, ARCHITECTURE), (JUMP_IF, 1, 0, X86_64), (RETURN, 0, 0, REFUSE), (LOAD, 0, 0, NUMBER)]
    steps += [(JUMP_IF, len(DRAWING) - at, 0, number) for at, number in enumerate(DRAWING.values())]
    steps += [(RETURN, 0, 0, REFUSE), (RETURN, 0, 0, ALLOW)]
    program = b"".join(struct.pack("=HBBI", *step) for step in steps)
    code = ctypes.create_string_buffer(program, len(program))
    filter_of_calls = struct.pack("@HP", len(steps), ctypes.addressof(code))
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    if prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, filter_of_calls, 0, 0):
        sys.exit(os.strerror(ctypes.get_errno()))


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


def _draw_to_send(kind: str, data: bytes, max_pages: int) -> Iterator:
    out, first = io.BytesIO(), time.gmtime(0)
    if kind == "application/pdf":
        document = pypdfium2.PdfDocument(data)
        if len(document) > max_pages:
            sys.exit(TOO_MANY_PAGES)
        pages = [_fresh(document[number].render(scale=2).to_pil()) for number in range(len(document))]
        more = {"append_images": pages[1:], "creationDate": first, "modDate": first}
        pages[0].save(out, "PDF", save_all=True, resolution=144, quality=80, **more)
    else:
        name = kind.removeprefix("image/").upper()
        picture = ImageOps.exif_transpose(Image.open(io.BytesIO(data), formats=[name]))
        _fresh(picture).save(out, name, **{"quality": 85} if name == "JPEG" else {"optimize": True})
    yield out.getvalue()


def _webp(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    _fresh(picture).save(out, "WEBP", quality=80)
    return out.getvalue()


def _fresh(picture: Image.Image) -> Image.Image:
    # A new picture from the pixels only: EXIF, GPS, XMP, ICC and hidden frames are left out.
    # What was erased to transparent has still its colours underneath: it becomes white, as it is seen.
    clean = picture.convert("RGBA")
    clean.thumbnail((MAX_SIDE, MAX_SIDE))
    fresh = Image.new("RGB", clean.size, "white")
    fresh.paste(clean, mask=clean.getchannel("A"))
    return fresh


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
