"""The child process that draws a view copy. Standard input: the file; standard output: framed pages.

Run by ``copies`` with Python's isolated mode. It shuts every door before it looks at the first byte: after
``RLIMIT_NOFILE`` is nought, no file, pipe or socket can be opened.
"""

import io
import resource
import struct
import sys

import pypdfium2
from PIL import Image, ImageOps

LONGEST_SIDE = 1600  # pixels
MOST_PIXELS = 60_000_000
MEMORY = 1536 * 1024 * 1024  # bytes
CPU_SECONDS = 20
LONGEST_TEXT = 200_000  # bytes


def main(kind: str, most_pages: int) -> None:
    """Read, lock the doors, draw."""
    data = sys.stdin.buffer.read()
    Image.init()
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    for page in _draw(kind, data, most_pages):
        sys.stdout.buffer.write(struct.pack(">I", len(page)) + page)


def _draw(kind: str, data: bytes, most_pages: int):
    if kind == "text/plain":
        yield data[:LONGEST_TEXT]
    elif kind == "application/pdf":
        document = pypdfium2.PdfDocument(data)
        for number in range(min(len(document), most_pages)):
            yield _webp(document[number].render(scale=1.5).to_pil())
    else:
        picture = Image.open(io.BytesIO(data), formats=[kind.removeprefix("image/").upper()])
        yield _webp(ImageOps.exif_transpose(picture))


def _webp(picture: Image.Image) -> bytes:
    # A new picture from the pixels alone: EXIF, GPS, XMP, ICC and hidden frames stay behind.
    clean = picture.convert("RGB")
    clean.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    fresh = Image.new("RGB", clean.size)
    fresh.paste(clean)
    out = io.BytesIO()
    fresh.save(out, "WEBP", quality=80)
    return out.getvalue()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
